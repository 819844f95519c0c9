"""A last instalment that is paid late is charged for its days, as any other is; once."""

from datetime import date, timedelta

import pytest

from app.rules.day_count import daily_interest
from app.services.post_repayment import (
    PostRepayment,
    ReceiptFacts,
    RepaymentPosted,
    post_repayment,
    preview_repayment,
)
from app.services.steps.ids import new_id
from app.services.steps.penal_month import PenalSum
from db.vocabulary.loan_account import RepaymentKind
from db.vocabulary.loan_life import LoanStatus, PaymentMethod
from db.vocabulary.people import Role
from tests.services.monitor_books import undo
from tests.services.running_loans import LoanPlanned
from tests.services.steps.test_closing_penal import APRIL_END, MAY_END, Lent
from tests.services.test_post_repayment import consistent

LATE = date(2026, 4, 20)


class Last(Lent):
    """A loan whose last instalment fell due on 5 April, at a branch that has closed March."""

    @property
    def due_paise(self) -> int:
        row = self.two.ledger.schedule[-1]
        return row.interest_paise + row.principal_paise

    def days(self, *overdue: int) -> int:
        rulebook, loan = self.checker.rulebook(), self.loan
        rate = rulebook.product(loan.product_code, loan.sanction_date).penal.rate_ppm
        return daily_interest(self.due_paise * sum(overdue), rate, 1, rulebook, loan.sanction_date)

    def pay(self, on: date, paise: int, desk=None) -> RepaymentPosted:
        """Pay as an officer does, and find posted what was shown."""
        self.clock.day = max(on, self.clock.day)
        facts = ReceiptFacts(paise, PaymentMethod.CASH, on, form_60=True)
        desk = desk or self.two.maker
        shown = preview_repayment(self.loan.reference, facts, desk)
        done = post_repayment(PostRepayment(new_id(desk), self.loan.reference, facts), desk)
        assert (done.effect, done.warnings) == (shown.effect, shown.warnings)
        consistent(self.checker, self.loan)
        return done


@pytest.fixture
def last(desk, someone, submitted):
    checker = someone("meera", Role.SUPERVISOR)
    planned = LoanPlanned(paid=4, months=5, product_code="HOME_RENOVATION")
    return Last(desk, checker, submitted.application_id, planned)


def test_the_charge_comes_with_the_receipt_and_is_paid_before_the_loan_is_closed(last) -> None:
    charge = last.days(15)  # the day-ends of 5 to 19 April
    done = last.pay(LATE, last.due_paise)
    assert done.effect.charges_due_paise == last.loan.charges_due_paise == charge
    assert "penal charges" in done.warnings[-1]
    assert (last.loan.status, last.loan.outstanding_paise) == (LoanStatus.ACTIVE, 0)
    done = last.pay(LATE + timedelta(days=3), charge)
    assert (done.effect.split.charges_paise, done.warnings) == (charge, ())
    last.is_over(LATE + timedelta(days=3))
    assert last.close(APRIL_END) == last.close(MAY_END) == PenalSum(0, 0)
    assert last.standing() == [charge]


def test_what_is_brought_with_it_closes_the_loan_at_once(last) -> None:
    last.pay(LATE, last.due_paise + last.days(15))
    last.is_over(LATE)
    assert last.close(APRIL_END) == PenalSum(0, 0)
    assert last.standing() == [last.days(15)]


def test_a_charge_that_is_not_paid_is_not_levied_again_by_its_month(last) -> None:
    last.pay(LATE, last.due_paise)
    assert last.close(APRIL_END) == PenalSum(0, 0)
    assert last.standing() == [last.days(15)]
    assert last.loan.charges_due_paise == last.days(15)


def test_a_month_end_that_was_missed_is_charged_too(last) -> None:
    on = date(2026, 5, 10)
    last.pay(on, last.due_paise + last.days(26) + last.days(9))
    last.is_over(on)
    assert last.standing() == [last.days(26), last.days(9)]
    assert last.close(MAY_END) == PenalSum(0, 0)


def test_on_its_due_date_it_brings_nothing(last) -> None:
    assert last.pay(date(2026, 4, 5), last.due_paise).warnings == ()
    last.is_over(date(2026, 4, 5))
    assert last.standing() == []


def test_a_receipt_that_leaves_something_due_brings_nothing(last) -> None:
    assert last.pay(LATE, last.due_paise - 1).warnings == ()
    assert last.standing() == []
    assert last.close(APRIL_END).loans == 1


@pytest.mark.parametrize("closed_first", [False, True])
def test_a_cheque_that_comes_back_leaves_whole_months(last, closed_first) -> None:
    last.pay(LATE, last.due_paise + last.days(15))
    if closed_first:
        last.close(APRIL_END)
    row = last.two.ledger.receipts()[-1]
    assert row.kind is RepaymentKind.RECEIPT
    last.clock.day += timedelta(days=2)
    undo(last.two, row.repayment_id, "REV-BOUNCE")
    last.close(MAY_END)
    assert last.standing() == [last.days(26), last.days(31)]
    assert last.loan.charges_due_paise == sum(last.standing())
    consistent(last.checker, last.loan)


def test_paid_for_a_day_before_the_month_that_was_charged(last, someone) -> None:
    assert last.close(APRIL_END) == PenalSum(1, last.days(26))
    last.clock.day = date(2026, 5, 2)
    on = date(2026, 4, 28)
    last.pay(on, last.due_paise + last.days(23), someone("bela", Role.SUPERVISOR))
    assert last.standing() == [last.days(23)]
    last.is_over(on)
