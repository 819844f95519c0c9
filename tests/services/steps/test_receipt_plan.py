"""A planned row is what the posting then writes, however the balance stands on the way."""

from datetime import date, timedelta

import pytest

from app.rules.loan_account import Split
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import RowMaker, read_ledger
from app.services.steps.receipt_plan import (
    ReceiptEntry,
    plan_receipt,
    plan_reversal,
)
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_account import RepaymentKind
from db.vocabulary.loan_life import PaymentMethod
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan

PLANNED = LoanPlanned(disbursed_on=date(2025, 11, 5), paid=12)


@pytest.fixture
def loan(desk, someone, submitted):
    return running_loan(desk, someone("meera", Role.SUPERVISOR), submitted.application_id, PLANNED)


def entry(amount: int, on: date) -> ReceiptEntry:
    return ReceiptEntry(amount, on, PaymentMethod.UPI, "431277881200", AppropriationOrder.FIFO_IPC)


@pytest.fixture
def make(desk) -> RowMaker:
    return RowMaker(lambda: new_id(desk), desk.person().user_id, desk.clock.now())


def test_a_receipt_with_nothing_due_is_an_advance(desk, loan, make) -> None:
    today = desk.clock.today()
    with desk.read_book() as book:
        plan = plan_receipt(read_ledger(book, loan), entry(5_000, today), today, make)
    assert plan.split == Split(0, 0, 0, 5_000)
    assert plan.row.balance_after_paise == plan.ledger.balance_paise == loan.outstanding_paise
    assert plan.moved == ()
    assert plan.before.advance_paise == 0
    assert plan.after.advance_paise == 5_000


def test_an_older_receipt_moves_the_later_ones(desk, loan, make) -> None:
    today = desk.clock.today()
    with desk.read_book() as book:
        on = today - timedelta(days=30)  # after the due of October, before that of November
        plan = plan_receipt(read_ledger(book, loan), entry(5_000, on), today, make)
    assert plan.split.excess_paise == 5_000  # it waits for 5 November, where it is used
    assert [use.due_on for use in plan.after.advance_uses] == [date(2026, 11, 5)]
    (moved,) = plan.moved
    assert moved.value_date == date(2026, 11, 5)


def test_a_reversal_is_the_receipt_with_its_sign_turned(desk, loan, make) -> None:
    with desk.read_book() as book:
        ledger = read_ledger(book, loan)
    undone, reversal_id = ledger.rows[-1], new_id(desk)
    plan = plan_reversal(ledger, undone, reversal_id, desk.clock.today(), make)
    assert plan.row.amount_paise == -undone.amount_paise
    assert plan.row.kind is RepaymentKind.REVERSAL
    assert (plan.row.reverses_id, plan.row.value_date) == (undone.repayment_id, undone.value_date)
    assert plan.split.total_paise == plan.row.amount_paise
    assert plan.row.balance_after_paise == ledger.balance_paise + undone.principal_paise
    assert plan.moved == ()
    assert plan.after.overdue_paise(desk.clock.today()) == undone.amount_paise
