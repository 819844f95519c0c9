"""The borrower's other loans beside an account, and how late each of them is.

Source: screens.md S61 (the why card), lending-rules.md 9.1: each loan keeps its own days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.rules.days_past_due import days_past_due
from app.rules.rulebook import Rulebook
from db.records.lists import LoanRow


@dataclass(frozen=True, slots=True)
class OtherLoan:
    """Another loan of the borrower as it stands now; `days_late` at the last closed day-end."""

    row: LoanRow
    days_late: int


def other_loans(
    rows: Iterable[LoanRow], day_end: date, rulebook: Rulebook
) -> tuple[OtherLoan, ...]:
    """The other loans, the latest of them first."""
    found = [
        OtherLoan(row, days_past_due(row.oldest_unpaid_due, day_end, rulebook)) for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (-each.days_late, each.row.reference)))
