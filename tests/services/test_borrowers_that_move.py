"""Which borrowers a day-end looks at: everyone of whom a loan moves, and nobody at rest."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.services.steps.closing_terms import closing_terms
from db.repositories.closing_borrowers import may_move
from db.tables.loans import loans
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan

DAY = date(2026, 11, 23)
SINCE = DAY - timedelta(days=1)
LATE_20 = DAY - timedelta(days=19)
AGED, YOUNG = date(2025, 11, 23), date(2026, 6, 1)
NPA = {"asset_class": AssetClass.SUB_STANDARD, "dpd_bucket": DpdBucket.OVER_90}
AT_REST = (
    {},
    {"oldest_unpaid_due": LATE_20, "dpd_bucket": DpdBucket.TO_30, "asset_class": AssetClass.SMA_0},
    {**NPA, "oldest_unpaid_due": date(2026, 3, 5), "npa_since": YOUNG},
    {"oldest_unpaid_due": DAY + timedelta(days=1)},  # of a day that has not come
)
MOVING = (
    {"oldest_unpaid_due": LATE_20},  # arrears began
    {"dpd_bucket": DpdBucket.TO_30, "asset_class": AssetClass.SMA_0},  # and were paid
    {"dpd_bucket": DpdBucket.NONE, "asset_class": AssetClass.SMA_0},
    {
        "oldest_unpaid_due": DAY - timedelta(days=30),  # the 31st day
        "dpd_bucket": DpdBucket.TO_30,
        "asset_class": AssetClass.SMA_0,
    },
    {**NPA, "oldest_unpaid_due": date(2025, 8, 5), "npa_since": AGED},  # a year an NPA
    {"asset_class": AssetClass.SUB_STANDARD, "npa_since": YOUNG},  # owes nothing more
    {**NPA, "oldest_unpaid_due": date(2026, 3, 5)},
    {"disbursement_date": DAY},
)


@pytest.fixture
def lent(desk, someone, submitted):
    checker = someone("meera", Role.SUPERVISOR)
    return desk, running_loan(desk, checker, submitted.application_id, LoanPlanned(paid=12))


def looked_at(desk, loan, fields) -> bool:
    """Whether the day-end looks at the borrower of a loan that stands so; nothing is kept."""
    terms = closing_terms(DAY, desk.rulebook())
    with desk.open_book() as book:
        stands = replace(loan, **fields)
        book.accounts.update(stands)
        found = book._connection.execute(may_move(loan.branch_id, terms, SINCE)).scalars().all()
        whose = select(loans.c.customer_id).where(loans.c.loan_id == loan.loan_id)
        assert set(found) <= {book._connection.execute(whose).scalar_one()}
        return bool(found)


@pytest.mark.parametrize("fields", AT_REST)
def test_a_loan_at_rest_is_not_looked_at(lent, fields) -> None:
    assert not looked_at(*lent, fields)


@pytest.mark.parametrize("fields", MOVING)
def test_a_loan_that_moves_is_looked_at(lent, fields) -> None:
    assert looked_at(*lent, fields)
