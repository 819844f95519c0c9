"""Which part of the book the portfolio monitor looks at, and on which day.

Source: screens.md S80, data-and-sync.md 3. As-of is the latest day-end or a month end that has been
kept. At the latest day-end class and bucket are that day-end's, money is as it stands now.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.closed_day import counted_to
from app.services.steps.permission import permit
from app.services.steps.refusal import Refused, bad_input
from db.records.monitor import BookCut
from db.records.months import month_end_before

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MonitorScope:
    """What a person asks the monitor to look at.

    Attributes:
        as_of: a month end; None for the latest day-end.
        whole_bank: every branch instead of one.
        branch_id: the branch; None for the person's own.
        product_code, officer_id: only loans of one product, or of one officer.
    """

    as_of: date | None = None
    whole_bank: bool = False
    branch_id: int | None = None
    product_code: str | None = None
    officer_id: UUID | None = None

    @property
    def narrowed(self) -> bool:
        """Whether it is less than a whole branch, or another day than the latest day-end."""
        return (self.as_of, self.product_code, self.officer_id) != (None, None, None)


@dataclass(frozen=True, slots=True)
class ScopeView:
    """A scope that has been looked up in the book.

    Attributes:
        cut: what the repositories are asked for.
        latest: the latest day-end.
        kept: the month ends that have been kept, newest first.
    """

    cut: BookCut
    latest: date
    kept: tuple[date, ...]

    @property
    def as_of(self) -> date:
        """The day looked at."""
        return self.cut.day

    @property
    def month_ends(self) -> tuple[date, ...]:
        """The kept month ends before the latest day-end."""
        return tuple(day for day in self.kept if day < self.latest)

    @property
    def months(self) -> tuple[tuple[date, date], ...]:
        """The whole months up to the day looked at by their two kept ends, newest first."""
        ends = ((month_end_before(day), day) for day in self.kept if day <= self.as_of)
        return tuple((opened, end) for opened, end in ends if opened in self.kept)

    @property
    def before(self) -> date | None:
        """The month end before the month looked at; None where it has not been kept."""
        last = month_end_before(self.as_of)
        return last if last in self.month_ends else None

    def cut_at(self, month_end: date) -> BookCut:
        """The same part of the book as a month end kept it."""
        return replace(self.cut, day=month_end, present=False)


def branch_of(scope: MonitorScope, desk: "Desk") -> int | None:
    """The branch that a scope means; None for the whole bank.

    Raises:
        Refused: nobody has signed in, or the person may not see the monitor.
    """
    own = permit(desk, Act.SEE_MONITOR).branch_id
    if scope.whole_bank:
        return None
    return own if scope.branch_id is None else scope.branch_id


def look_up(scope: MonitorScope, desk: "Desk", book: "UnitOfWork") -> ScopeView:
    """Find the day that a scope means.

    Raises:
        Refused: the person may not see the monitor, or the day is neither the latest day-end nor a
            month end that has been kept.
    """
    branch_id = branch_of(scope, desk)
    own = desk.person().branch_id
    latest = counted_to(book, own if branch_id is None else branch_id, desk.clock.today())
    kept = book.monitor.sums.month_ends(own if branch_id is None else branch_id)
    day = scope.as_of or latest
    if day != latest and day not in kept:
        raise _no_such_day(latest, kept)
    cut = BookCut(branch_id, day, day == latest, scope.product_code, scope.officer_id)
    return ScopeView(cut, latest, kept)


def _no_such_day(latest: date, month_ends: tuple[date, ...]) -> Refused:
    kept = f" or a month end from {month_ends[-1]:%d %b %Y} on" if month_ends else ""
    return bad_input(
        {"as_of": f"The book is closed up to {latest:%d %b %Y}: choose that day{kept}"}
    )
