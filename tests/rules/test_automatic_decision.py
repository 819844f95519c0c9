"""When the bank's automatic policy may decide, and everything that sends a case to a person."""

from dataclasses import replace

import pytest

from app.rules.automatic_decision import AutomaticCase, automatic_approval_on, needs_a_person
from app.rules.case_standing import Terms
from app.rules.maker_checker import Judged, Verdict
from app.rules.rulebook import Rulebook
from db.vocabulary.decisions import Band, Decision, PolicyState, Recommendation, RiskLevel
from tests.rules.case_samples import DAY, WORKED, lines_of
from tests.rules.lending_vectors import RULEBOOK

LIMIT = 50_000_00


def with_policy(*, on: bool) -> Rulebook:
    rows = [
        replace(row, value=on) if row.code == "automatic_approval" else row for row in RULEBOOK.rows
    ]
    return Rulebook(rows, RULEBOOK.products)


ON = with_policy(on=True)
LINES = tuple(replace(line, state=PolicyState.PASS) for line in lines_of(WORKED).values())
ASKED = Terms(LIMIT, 24, 130_000)
SMALL = AutomaticCase(
    verdict=Verdict(Decision.APPROVE, ASKED, ("APP-POLICY",)),
    asked=ASKED,
    judged=Judged(Recommendation.APPROVE, LINES, DAY),
    band=Band.CLEAR,
    risk_level=RiskLevel.LOW,
)


def test_it_is_off_as_shipped() -> None:
    assert not automatic_approval_on(SMALL.judged, RULEBOOK)
    assert needs_a_person(SMALL, RULEBOOK) == ("The automatic policy is switched off",)
    assert needs_a_person(SMALL, Rulebook([])) == ("The automatic policy is switched off",)


def test_a_small_clear_verified_case_qualifies_up_to_the_limit() -> None:
    assert needs_a_person(SMALL, ON) == ()
    over = Terms(LIMIT + 1, 24, 130_000)
    bigger = replace(SMALL, asked=over, verdict=replace(SMALL.verdict, terms=over))
    assert needs_a_person(bigger, ON) == ("The amount is above ₹50,000",)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"verdict": Verdict(Decision.REJECT, ASKED)}, "not a plain approval"),
        ({"verdict": replace(SMALL.verdict, terms=replace(ASKED, tenure_months=23))}, "differ"),
        ({"verdict": replace(SMALL.verdict, conditions="Insurance")}, "conditions"),
        ({"band": Band.BORDERLINE}, "not clear"),
        ({"band": None, "risk_level": None}, "not clear"),
        ({"risk_level": RiskLevel.MEDIUM}, "not low"),
        ({"judged": replace(SMALL.judged, recommendation=Recommendation.REFER)}, "recommended"),
    ],
)
def test_everything_else_goes_to_a_person(changes: dict[str, object], says: str) -> None:
    assert any(says in words for words in needs_a_person(replace(SMALL, **changes), ON))


@pytest.mark.parametrize(
    "state", [PolicyState.NOTE, PolicyState.REFER, PolicyState.FAIL, PolicyState.UNVERIFIED]
)
def test_one_open_check_is_enough(state: PolicyState) -> None:
    lines = (replace(LINES[0], state=state), *LINES[1:])
    case = replace(SMALL, judged=replace(SMALL.judged, lines=lines))
    assert needs_a_person(case, ON) == ("A check is open, noted or not passed",)
