"""The borrower's other loans beside an account: how late they are, and which of them pull it down.

Source: screens.md S61 (the why card), lending-rules.md 9.1: one NPA makes all loans of a borrower
NPA; each keeps its own days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.rules.asset_classification import turns_npa
from app.rules.days_past_due import days_past_due
from app.rules.rulebook import Rulebook
from db.records.lists import LoanRow


@dataclass(frozen=True, slots=True)
class OtherLoan:
    """Another loan of the borrower as it stands now.

    Attributes:
        days_late: at the last closed day-end.
        pulls: its own days make an NPA, and with it every loan of the borrower.
    """

    row: LoanRow
    days_late: int
    pulls: bool


def other_loans(
    rows: Iterable[LoanRow], day_end: date, rulebook: Rulebook
) -> tuple[OtherLoan, ...]:
    """The other loans, the latest of them first."""
    found = [_other(row, day_end, rulebook) for row in rows]
    return tuple(sorted(found, key=lambda each: (-each.days_late, each.row.reference)))


def _other(row: LoanRow, day_end: date, rulebook: Rulebook) -> OtherLoan:
    days = days_past_due(row.oldest_unpaid_due, day_end, rulebook)
    borrower_wide = rulebook.flag("npa_borrower_wise", day_end)
    return OtherLoan(row, days, borrower_wide and turns_npa(days, rulebook, day_end))
