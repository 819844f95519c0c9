"""List and count loans with what is derived for the day: days past due.

Source: commands.md (`loans`), data-and-sync.md 2 (keyset paging, one count a filter change).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.days_past_due import days_past_due
from app.rules.permissions import Act
from app.services.steps.book_person import viewer_of
from app.services.steps.permission import permit
from db.records.lists import LoanFilter, LoanRow, Page

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class FindLoans:
    """One page of the loans that fit a filter."""

    filter: LoanFilter
    limit: int = 50
    after: str | None = None


@dataclass(frozen=True, slots=True)
class LoansFound:
    """A page with the days past due of each loan at that day-end; never stored."""

    page: Page[LoanRow]
    as_of: date
    days_past_due: Mapping[UUID, int]


@dataclass(frozen=True, slots=True)
class LoansCounted:
    """How many loans fit; the keys let a list jump to any page."""

    total: int
    keys: tuple[str, ...]


def find_loans(request: FindLoans, desk: "Desk") -> LoansFound:
    """Read one page.

    Raises:
        Refused: nobody has signed in, or the person may not read loans.
    """
    permit(desk, Act.READ_LOANS)
    viewer, rulebook = viewer_of(desk), desk.rulebook()
    with desk.read_book() as book:
        page = book.loans.find(viewer, request.filter, request.limit, request.after)
    today = viewer.today
    days = {
        each.loan_id: days_past_due(each.oldest_unpaid_due, today, rulebook) for each in page.rows
    }
    return LoansFound(page, today, days)


def count_loans(wanted: LoanFilter, desk: "Desk") -> LoansCounted:
    """Count the loans that fit.

    Raises:
        Refused: nobody has signed in, or the person may not read loans.
    """
    permit(desk, Act.READ_LOANS)
    viewer = viewer_of(desk)
    with desk.read_book() as book:
        total = book.loans.count(viewer, wanted)
        keys = book.loans.keys_every(viewer, wanted)
    return LoansCounted(total, keys)
