"""The answer of a step, and texts that are refused."""

from uuid import UUID

import pytest

from app.rules.maker_checker import Verdict
from app.services.steps.case_answer import LONGEST_TEXT, CaseAnswer, answered, check_texts
from app.services.steps.refusal import Refused
from db.vocabulary.decisions import Decision
from db.vocabulary.loan_life import ApplicationStatus


def test_an_answer_comes_back_typed() -> None:
    plain = {
        "application_id": str(UUID(int=1)),
        "status": "Proposed",
        "decision_id": str(UUID(int=2)),
        "version": 3,
    }
    wanted = CaseAnswer(UUID(int=1), ApplicationStatus.PROPOSED, UUID(int=2), 3)
    assert answered(plain) == wanted


@pytest.mark.parametrize("field", ["note", "conditions"])
def test_texts_are_short_and_printable(field: str) -> None:
    check_texts(Verdict(Decision.APPROVE, **{field: "x" * LONGEST_TEXT}))
    check_texts(Verdict(Decision.APPROVE, **{field: "दो\nपंक्तियाँ\t"}))
    for text in ("x" * (LONGEST_TEXT + 1), "bell \x07", "turned \u202e"):
        with pytest.raises(Refused) as caught:
            check_texts(Verdict(Decision.APPROVE, **{field: text}))
        assert list(caught.value.fields) == [field]
