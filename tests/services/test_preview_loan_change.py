"""Both ways side by side, and why a way is blocked; nothing is written."""

from datetime import date

import pytest

from app.services.preview_loan_change import (
    PreviewLoanChange,
    look_at_loan_change,
    preview_loan_change,
)
from app.services.steps.refusal import Refused
from db.vocabulary.lending import EmiRounding, PrepaymentKeep
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.running_loans import LoanPlanned

DUE = date(2026, 11, 5)
# As vector V061: the interest of a month at the new rate is more than the instalment.
NEVER = LoanPlanned(500_000_000, 240, 40_000, DUE, 0, EmiRounding.RUPEE, "HOME_PURCHASE")


@pytest.fixture
def start(desk, someone, submitted):
    checker = someone("meera", Role.SUPERVISOR)
    return lambda planned: two_people(desk, checker, submitted.application_id, planned)


def test_both_ways_of_a_prepayment_are_those_of_the_vector(start) -> None:
    lent = start(LoanPlanned())
    before = lent.loan
    changes = tuple(
        lent.change(LoanAct.PART_PREPAYMENT, amount_paise=20_000_000, keep=keep, value_date=DUE)
        for keep in PrepaymentKeep
    )
    found = preview_loan_change(PreviewLoanChange("L-1042", changes), lent.maker)
    assert [each.plan.saved_paise for each in found] == [7_811_625, 4_117_834]
    assert [each.plan.after.instalments_left for each in found] == [35, 48]
    assert {each.plan.before.interest_left_paise for each in found} == {
        sum(row.interest_paise for row in lent.ledger.schedule[12:])
    }
    assert lent.loan == before


def test_a_term_that_would_never_end_is_blocked_and_the_other_way_is_shown(start) -> None:
    lent = start(NEVER)
    changes = tuple(
        lent.change(LoanAct.RATE_CHANGE, rate_ppm=105_000, keep=keep) for keep in PrepaymentKeep
    )
    kept, moved = preview_loan_change(PreviewLoanChange(lent.loan_id, changes), lent.maker)
    assert kept.plan is None
    assert "is not below the instalment" in kept.blocked
    assert dict(kept.fields).keys() == {"keep"}
    assert moved.plan.after.emi_paise > moved.plan.before.emi_paise


def test_who_may_not_look(start, someone) -> None:
    lent = start(LoanPlanned())
    with pytest.raises(Refused):
        preview_loan_change(PreviewLoanChange(lent.loan_id, ()), someone("it", Role.ADMIN))


def test_a_loan_is_looked_at_with_what_waits_on_it(start) -> None:
    lent = start(LoanPlanned())
    asked = PreviewLoanChange(lent.loan_id, (lent.change(LoanAct.RESCHEDULE, months=40),))
    seen = look_at_loan_change(asked, lent.maker)
    assert (seen.full_name, seen.waiting) == ("Asha Kulkarni", None)
    assert seen.look.instalments_left == 48
    assert seen.previews[0].plan.before == seen.look
    lent.propose(LoanAct.RESCHEDULE, months=40)
    assert look_at_loan_change(asked, lent.maker).waiting is LoanAct.RESCHEDULE


def test_a_loan_that_is_over_has_no_look_and_says_why(start) -> None:
    lent = start(LoanPlanned())
    lent.post(LoanAct.FORECLOSURE)
    asked = PreviewLoanChange(lent.loan_id, (lent.change(LoanAct.RESCHEDULE, months=40),))
    seen = look_at_loan_change(asked, lent.maker)
    assert seen.look is None
    assert "closed" in seen.previews[0].blocked
