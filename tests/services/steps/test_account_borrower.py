"""The other loans of a borrower keep their own days; the latest comes first."""

from datetime import date, timedelta
from uuid import UUID

from app.services.steps.account_borrower import other_loans
from db.records.lists import LoanRow
from db.vocabulary.loan_life import AssetClass, LoanStatus

DAY = date(2026, 9, 30)


def row(number: int, oldest: date | None) -> LoanRow:
    return LoanRow(
        UUID(int=number), f"L-{number}", UUID(int=1), "Asha", UUID(int=2), 1, 1, 1, 1, 1, 12, DAY,
        None, oldest, LoanStatus.ACTIVE, AssetClass.SUB_STANDARD, "PERSONAL", "",
    )  # fmt: skip


def test_the_latest_comes_first_with_its_own_days(rulebook) -> None:
    ninety = DAY - timedelta(days=89)  # the due date's own day-end counts
    rows = (row(1, None), row(2, ninety), row(3, ninety - timedelta(days=1)))
    found = other_loans(rows, DAY, rulebook)
    assert [(each.row.reference, each.days_late) for each in found] == [
        ("L-3", 91), ("L-2", 90), ("L-1", 0),
    ]  # fmt: skip
