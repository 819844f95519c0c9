"""What the person who takes a payment sees of a loan."""

from datetime import date, timedelta

import pytest

from app.services.post_repayment import PostRepayment, post_repayment
from app.services.read_payments import MOST_PAYMENTS, PaymentState, read_payments
from app.services.reverse_repayment import (
    DecideReversal,
    ProposeReversal,
    confirm_reversal,
    propose_reversal,
)
from app.services.steps.ids import new_id
from app.services.steps.receipt_effect import Parts
from app.services.steps.refusal import Refused
from db.records.refusals import NotFound
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan
from tests.services.test_post_repayment import EMI, PLANNED, upi


@pytest.fixture
def checker(someone):
    return someone("meera", Role.SUPERVISOR)


@pytest.fixture
def loan(desk, checker, submitted):
    return running_loan(desk, checker, submitted.application_id, PLANNED)


def test_what_is_due_is_offered_first(desk, loan) -> None:
    seen = read_payments(loan.reference, desk)
    assert (seen.loan_id, seen.full_name) == (loan.loan_id, "Asha Kulkarni")
    assert seen.due_paise == seen.asked_paise == 3 * EMI
    assert not seen.cash_offered  # so much cash asks who brings it
    assert (seen.next_due_date, seen.next_due_paise) == (date(2026, 12, 5), EMI)
    post_repayment(PostRepayment(new_id(desk), loan.loan_id, upi(3 * EMI + 100)), desk)
    paid = read_payments(loan.loan_id, desk)
    assert (paid.due_paise, paid.advance_paise) == (0, 100)
    assert paid.asked_paise == EMI - 100
    assert paid.cash_offered


def test_payments_say_what_became_of_them(desk, checker, loan) -> None:
    done = post_repayment(PostRepayment(new_id(desk), loan.loan_id, upi(EMI)), desk)
    (first, *older) = read_payments(loan.loan_id, desk).payments
    assert first.repayment_id == done.repayment_id
    assert (first.state, first.split) == (PaymentState.STANDS, done.effect.split)
    assert [each.value_date for each in older] == sorted(
        (each.value_date for each in older), reverse=True
    )
    propose_reversal(ProposeReversal(new_id(desk), done.repayment_id, "REV-OTHER", "Typed"), desk)
    waits = read_payments(loan.loan_id, desk).payments[0]
    assert waits.state is PaymentState.WAITS
    assert waits.waiting is not None
    assert (waits.waiting.maker_name, waits.waiting.note) == ("Ravi.Reddy", "Typed")
    confirm_reversal(DecideReversal(new_id(checker), done.repayment_id), checker)
    gone = read_payments(loan.loan_id, desk).payments[0]
    assert (gone.state, gone.waiting, gone.split) == (
        PaymentState.REVERSED,
        None,
        Parts(0, 0, 0, 0),
    )


def test_only_the_last_payments_are_listed(desk, checker, submitted) -> None:
    planned = LoanPlanned(disbursed_on=date(2024, 11, 5), paid=20)
    loan = running_loan(desk, checker, submitted.application_id, planned, 1043)
    assert len(read_payments(loan.loan_id, desk).payments) == MOST_PAYMENTS


def test_a_closed_loan_says_so(desk, checker, submitted) -> None:
    loan = running_loan(desk, checker, submitted.application_id, LoanPlanned(paid=59))
    desk.clock.day += timedelta(days=365 * 5)
    left = read_payments(loan.loan_id, desk)
    assert left.closed_words == ""
    post_repayment(PostRepayment(new_id(desk), loan.loan_id, upi(left.next_due_paise)), desk)
    late = read_payments(loan.loan_id, desk)
    assert (late.closed_words, late.asked_paise) == ("", late.due_paise)  # its penal charge
    post_repayment(PostRepayment(new_id(desk), loan.loan_id, upi(late.due_paise)), desk)
    seen = read_payments(loan.loan_id, desk)
    assert "is closed since" in seen.closed_words
    assert (seen.due_paise, seen.next_due_paise, seen.asked_paise) == (0, 0, 0)


def test_who_may_not_read_sees_nothing(desk, someone, loan) -> None:
    with pytest.raises(Refused):
        read_payments(loan.loan_id, someone("p.admin", Role.ADMIN))
    with pytest.raises(NotFound):
        read_payments("L-9999", desk)
