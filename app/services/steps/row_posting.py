"""One row more on a loan's ledger, with all that follows from it in the same transaction.

Lock order: loan, cells, audit head (data-and-sync.md 2). A value date on or before the last closed
day moves classes of that time, of all loans of the borrower: those are locked together then.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.account_posting import Settled, settle_account
from app.services.steps.loan_owed import loan_of
from app.services.steps.open_account import row_maker
from app.services.steps.reclassify import reclassify

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from app.services.steps.receipt_plan import PlannedRow
    from db.records.loans import Loan
    from db.unit_of_work import UnitOfWork

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BookDay:
    """The business date, and the last day whose classes stand; None before any was closed."""

    today: date
    last_closed: date | None

    @property
    def next_day_end(self) -> date:
        """The day-end that comes next: today's, or a later one where today is closed already."""
        if self.last_closed is None:
            return self.today
        return max(self.today, self.last_closed + _ONE_DAY)

    def moves_classes(self, value_date: date) -> bool:
        """Whether a row of that day changes what a closed day found."""
        return self.last_closed is not None and value_date <= self.last_closed


def book_day(book: "UnitOfWork", branch_id: int, desk: "Desk") -> BookDay:
    """Where the branch stands between its day-ends."""
    return BookDay(desk.clock.today(), book.day_ends.last_closed(branch_id))


def lock_account(
    book: "UnitOfWork", branch_id: int, loan: UUID | str, value_date: date, day: BookDay
) -> "Loan":
    """Lock a loan by its id or reference, and its borrower's others where classes may move.

    Raises:
        NotFound: the branch has no such loan.
    """
    if isinstance(loan, UUID) and not day.moves_classes(value_date):
        return book.accounts.lock(branch_id, loan)
    found = loan_of(book, branch_id, loan)
    if not day.moves_classes(value_date):
        return book.accounts.lock(branch_id, found.loan_id)
    theirs = book.accounts.lock_borrower(branch_id, found.customer_id)
    return next(each for each in theirs if each.loan_id == found.loan_id)


def post_row(
    book: "UnitOfWork",
    plan: "PlannedRow",
    day: BookDay,
    desk: "Desk",
    changed: "Loan | None" = None,
) -> Settled:
    """Add the planned row and settle instalments, corrections, loan, cells and classes.

    `changed` is the loan with changes of its terms applied, where there are any.
    """
    loan, make = plan.ledger.loan, row_maker(desk)
    book.accounts.add(loan.branch_id, plan.added)
    loans = (loan, changed or loan)
    settled = settle_account(book, loans, plan.ledger_after, day.today, make)
    if not day.moves_classes(plan.row.value_date):
        return settled
    reclassify(book, settled.loan, plan.row.value_date, desk.rulebook(), make)
    return replace(settled, loan=book.loans.get(loan.branch_id, loan.loan_id))
