"""A back-dated entry adds rows that make ledger and replay agree; history stands."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.services.steps.account_posting import post_to_account
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import RowMaker, read_ledger, replay_ledger, settled_rows
from db.records.loans import LoanBatch, Repayment
from db.tables.loans import loans
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_account import RepaymentKind
from db.vocabulary.loan_life import LoanStatus, PaymentMethod
from tests.services.sample_desks import own_sandbox

AT = datetime(2026, 9, 30, 10, tzinfo=UTC)


@pytest.fixture
def desk(request, tmp_path):
    return own_sandbox(request, tmp_path)


def loans_of(book, desk):
    branch = desk.person().branch_id

    ids = [row[0] for row in book._connection.execute(select(loans.c.loan_id))]
    return [book.loans.get(branch, loan_id) for loan_id in ids]


def receipt(desk, ledger, on, amount) -> Repayment:
    """A receipt that has not been split yet: all of it waits, the posting moves it."""
    return Repayment(
        new_id(desk), ledger.loan.loan_id, on, AT, amount, 0, 0, 0, amount,
        ledger.balance_paise, PaymentMethod.UPI, "UPI1", AppropriationOrder.FIFO_IPC,
    )  # fmt: skip


def test_a_back_dated_receipt_moves_what_came_after_it_by_added_rows(desk) -> None:
    today = desk.clock.today()
    with desk.open_book() as book:  # rolled back
        loan = next(
            each
            for each in loans_of(book, desk)
            if each.status is LoanStatus.ACTIVE
            and not each.overdue_paise
            and each.tenure_months > 6
        )
        before = read_ledger(book, loan)
        paid = before.receipts()
        on = paid[-1].value_date - timedelta(days=20)
        make = RowMaker(lambda: new_id(desk), desk.person().user_id, AT)
        late = receipt(desk, before, on, 500_00)
        after, state = post_to_account(book, loan, today, make, LoanBatch(repayments=(late,)))
        ledger = read_ledger(book, after)
        assert ledger.rows[: len(before.rows)] == before.rows  # history stands
        kinds = {row.kind for row in ledger.rows[len(before.rows) :]}
        assert kinds >= {RepaymentKind.RECEIPT, RepaymentKind.ADVANCE_USED}
        for row in ledger.receipts():
            assert ledger.net_split(row.repayment_id) == state.splits[str(row.repayment_id)]
        assert after.outstanding_paise == ledger.balance_paise
        assert after.advance_paise == 500_00
        assert settled_rows(ledger, replay_ledger(ledger, today)) == ()
        assert book.cells.all(loan.branch_id) == book.cells.counted(loan.branch_id)
