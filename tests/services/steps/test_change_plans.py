"""Every kind of change has one plan."""

from app.services.steps.change_plans import PLANS, WITHOUT_REASON
from app.services.steps.loan_change import CHANGES


def test_every_change_of_a_loan_has_its_plan() -> None:
    assert set(PLANS) == CHANGES
    assert WITHOUT_REASON < CHANGES
