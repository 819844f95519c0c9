"""A statement is read in a number of statements of the book that does not grow with its period."""

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from app.services.steps.loan_statement import StatementWanted, statement_of
from db.tables.loans import loans
from tests.services.sample_desks import small_sandbox


@pytest.fixture
def desk(request):
    return small_sandbox(request)[0]


def test_every_sample_loan_ends_with_what_its_row_says(desk) -> None:
    branch, today = desk.person().branch_id, desk.clock.today()
    counts = set()
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    with desk.read_book() as book:
        ids = [row[0] for row in book._connection.execute(select(loans.c.loan_id))]
        event.listen(Engine, "before_cursor_execute", note)
        try:
            for loan_id in ids:
                seen.clear()
                made = statement_of(book, branch, StatementWanted(loan_id), today)
                counts.add(len(seen))
                loan = made.loan
                assert made.outstanding_paise == loan.outstanding_paise
                assert made.overdue_paise == loan.overdue_paise
                due = made.lines.closing_paise - loan.outstanding_paise
                assert 0 <= due <= loan.overdue_paise  # interest that is due and unpaid
                assert (due > 0) <= (loan.overdue_paise > 0)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
    assert len(ids) > 50
    assert len(counts) == 1
