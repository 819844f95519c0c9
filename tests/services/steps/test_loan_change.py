"""What an act keeps can be read back, and a change says what it moves."""

from dataclasses import replace
from datetime import date

from app.services.steps.loan_change import (
    LoanChange,
    change_from,
    look_from,
    look_of,
    moved,
    with_left,
)
from db.vocabulary.lending import MoratoriumTreatment, PrepaymentKeep
from db.vocabulary.loan_account import ChargeKind, LoanAct
from db.vocabulary.loan_life import PaymentMethod
from tests.services.running_loans import LoanPlanned, owed_sample

TODAY = date(2026, 11, 23)


def test_terms_and_looks_travel_as_text(rulebook) -> None:
    change = LoanChange(
        LoanAct.PART_PREPAYMENT, TODAY, 1, PrepaymentKeep.EMI, 2, 3,
        MoratoriumTreatment.SERVICED, ChargeKind.GST, PaymentMethod.UPI, "r", "p",
    )  # fmt: skip
    assert change_from(change.text) == change
    look = look_of(owed_sample(LoanPlanned(), TODAY, TODAY, rulebook))
    assert look_from(look.text) == look
    assert (look.instalments_left, look.outstanding_paise) == (48, 83_595_523)


def test_a_look_without_instalments_has_no_end(rulebook) -> None:
    look = look_of(owed_sample(LoanPlanned(), TODAY, TODAY, rulebook))
    closed = with_left(look, ())
    assert (closed.instalments_left, closed.last_due_on, closed.interest_left_paise) == (0, None, 0)
    assert closed.schedule_version == look.schedule_version + 1
    assert moved(look, replace(look, rate_ppm=1, emi_paise=2)) == ("rate_ppm", "emi_paise")
    assert moved(look, look) == ()
