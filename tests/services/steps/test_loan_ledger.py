"""A stored account and its replay agree."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.services.steps.loan_ledger import read_ledger, replay_ledger, settled_rows
from db.tables.loans import loans
from db.vocabulary.loan_account import DpdBucket
from tests.services.sample_desks import small_sandbox

AT = datetime(2026, 9, 30, 10, tzinfo=UTC)


@pytest.fixture
def desk(request):
    return small_sandbox(request)[0]


def loans_of(book, desk):
    branch = desk.person().branch_id

    ids = [row[0] for row in book._connection.execute(select(loans.c.loan_id))]
    return [book.loans.get(branch, loan_id) for loan_id in ids]


def test_the_replay_of_every_sample_loan_is_what_is_stored(desk) -> None:
    today = desk.clock.today()
    with desk.open_book() as book:
        found = loans_of(book, desk)
        assert len(found) > 50
        for loan in found:
            ledger = read_ledger(book, loan)
            state = replay_ledger(ledger, today)
            assert settled_rows(ledger, state) == ()
            assert state.principal_left_paise == loan.outstanding_paise == ledger.balance_paise
            assert state.overdue_paise(today) == loan.overdue_paise
            assert state.oldest_unpaid_due(today) == loan.oldest_unpaid_due
            assert state.advance_paise == state.charges_due_paise == 0
        cells = book.cells.all(loan.branch_id)
        assert cells == book.cells.counted(loan.branch_id)
        late = sum(cell.loans for cell in cells if cell.dpd_bucket is not DpdBucket.NONE)
        assert late == sum(each.overdue_paise > 0 for each in found)
