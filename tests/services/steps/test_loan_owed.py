"""What is owed follows from the account: overdue parts are apart from what is not due yet."""

from datetime import date

import pytest

from app.services.steps.loan_owed import loan_of, read_owed
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.loan_life import LoanStatus
from tests.services.sample_desks import small_sandbox

DAY = date(2026, 9, 30)


@pytest.fixture
def loans(request):
    """Every loan of a small sandbox with a book that is open."""
    desk = small_sandbox(request)[0]
    with desk.read_book() as book:
        found = [
            loan_of(book, desk.person().branch_id, f"L-{number}")
            for number in range(1001, 1001 + 40)
        ]
        yield desk, book, found


def test_the_parts_add_up_to_the_principal_of_the_book(loans) -> None:
    desk, book, found = loans
    today, seen = desk.clock.today(), 0
    for loan in found:
        if loan.status not in (LoanStatus.ACTIVE, LoanStatus.DEFAULTED):
            continue
        owed = read_owed(book, loan, today, today, desk.rulebook())
        unpaid = sum(
            row.principal_paise - row.paid_principal_paise
            for row in owed.ledger.schedule
            if row.due_date <= today
        )
        assert owed.balance_paise + unpaid == loan.outstanding_paise
        assert owed.balance_paise == sum(row.principal_paise for row in owed.left)
        assert owed.overdue_paise == loan.overdue_paise
        assert owed.settled_to <= today
        seen += 1
    assert seen > 10


def test_a_loan_that_is_over_is_refused_with_what_to_do(loans) -> None:
    desk, book, found = loans
    closed = next(loan for loan in found if loan.status is LoanStatus.CLOSED)
    with pytest.raises(Refused) as refusal:
        read_owed(book, closed, DAY, DAY, desk.rulebook())
    assert refusal.value.kind is RefusalKind.CONFLICT


def test_a_day_before_the_payment_of_the_loan_is_refused(loans) -> None:
    desk, book, found = loans
    running = next(loan for loan in found if loan.status is LoanStatus.ACTIVE)
    with pytest.raises(Refused) as refusal:
        read_owed(book, running, date(2001, 1, 1), DAY, desk.rulebook())
    assert set(refusal.value.fields) == {"value_date"}
