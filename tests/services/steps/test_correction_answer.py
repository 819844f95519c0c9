from datetime import UTC, datetime
from uuid import UUID

from app.services.steps.correction_answer import CorrectionAnswer, answered, done
from db.records.customer_life import FactCorrection
from db.vocabulary.operations import RuleState
from db.vocabulary.people import FactSource


def test_the_answer_comes_back_from_its_stored_form_without_the_values():
    row = FactCorrection(
        UUID(int=1), UUID(int=2), "full_name", "Asha", "Usha", FactSource.TOLD, "", "why",
        True, RuleState.PROPOSED, "anita", datetime(2026, 11, 23, tzinfo=UTC), 4,
    )  # fmt: skip
    made = done(row, RuleState.APPROVED, 5)
    expected = CorrectionAnswer(UUID(int=1), UUID(int=2), RuleState.APPROVED, 5)
    assert answered(made.answer) == expected
    assert "Usha" not in repr((made.answer, made.details))
    assert (made.entity, made.entity_id) == ("customer", UUID(int=2))
