"""List, count and add up loans with what is derived for the day: days past due.

Source: screens.md S60, commands.md (`loans`), data-and-sync.md 2 (keyset paging, one count a filter
change). Days late are counted to the last closed day-end, which the answer names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.days_past_due import days_past_due
from app.rules.permissions import Act
from app.services.steps.book_person import viewer_of
from app.services.steps.closed_day import counted_to
from app.services.steps.permission import permit
from db.records.lists import LoanFilter, LoanRow, LoanTotals, Page
from db.vocabulary.people import Role

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
    """A page with the days past due of each loan at a day-end; never stored.

    Attributes:
        as_of: the last closed day-end, to which days are counted.
        product_names: by product code.
    """

    page: Page[LoanRow]
    as_of: date
    days_past_due: Mapping[UUID, int]
    product_names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LoansCounted:
    """How many loans fit and what they come to; the keys let a list jump to any page."""

    totals: LoanTotals
    keys: tuple[str, ...]
    as_of: date

    @property
    def total(self) -> int:
        """How many there are."""
        return self.totals.loans


@dataclass(frozen=True, slots=True)
class LoanChoices:
    """What the filters of the list offer: products by code, officers by id, each with its name."""

    products: Mapping[str, str]
    officers: Mapping[UUID, str]


def find_loans(request: FindLoans, desk: "Desk") -> LoansFound:
    """Read one page.

    Raises:
        Refused: nobody has signed in, or the person may not read loans.
    """
    permit(desk, Act.READ_LOANS)
    viewer, rulebook = viewer_of(desk), desk.rulebook()
    with desk.read_book() as book:
        page = book.loans.find(viewer, request.filter, request.limit, request.after)
        as_of = counted_to(book, viewer.branch_id, viewer.today)
    days = {
        each.loan_id: days_past_due(each.oldest_unpaid_due, as_of, rulebook) for each in page.rows
    }
    return LoansFound(page, as_of, days, rulebook.product_names())


def count_loans(wanted: LoanFilter, desk: "Desk") -> LoansCounted:
    """Count and add up the loans that fit.

    Raises:
        Refused: nobody has signed in, or the person may not read loans.
    """
    permit(desk, Act.READ_LOANS)
    viewer = viewer_of(desk)
    with desk.read_book() as book:
        return LoansCounted(
            book.loans.totals(viewer, wanted),
            book.loans.keys_every(viewer, wanted),
            counted_to(book, viewer.branch_id, viewer.today),
        )


def loan_choices(desk: "Desk") -> LoanChoices:
    """Read what the filters offer.

    Raises:
        Refused: nobody has signed in, or the person may not read loans.
    """
    branch_id = permit(desk, Act.READ_LOANS).branch_id
    products = desk.rulebook().product_names()
    with desk.read_book() as book:
        return LoanChoices(products, book.users.in_role(branch_id, Role.OFFICER))
