"""Close the day of a branch, with the days missed before it, each in a transaction of its own.

Source: screens.md S66, data-and-sync.md 4, lending-rules.md 9.1 (3). Safe to repeat: a closed day
is not closed again. A dry run does the same work and keeps nothing. A stop acts between two days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.rules.permissions import Act
from app.services.steps.day_work import ClosedDay, Movement, close_one_day, together
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import RowMaker
from app.services.steps.penal_month import PenalSum
from app.services.steps.permission import permit
from app.services.steps.progress import Cancelled, Progress, StoppedError, never, silent
from app.services.steps.refusal import bad_input
from db.records.day_end import DayEnd

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CloseDay:
    """The last day to close; `dry_run` shows what would move and keeps nothing."""

    day: date
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class DaysClosed:
    """What was closed; money in paise.

    Attributes:
        days: closed by this act, oldest first; none where the day had been closed before.
        last_closed: before this act.
        stored: the day's own row where it had been closed before and has one.
    """

    day: date
    dry_run: bool
    days: tuple[ClosedDay, ...]
    last_closed: date | None
    stored: DayEnd | None = None

    @property
    def movements(self) -> tuple[Movement, ...]:
        """The class moves of all these days together."""
        return together(self.days)

    @property
    def penal(self) -> PenalSum:
        """The penal charges of the months that ended in these days."""
        sums = [each.penal for each in self.days if each.penal is not None]
        return PenalSum(sum(each.loans for each in sums), sum(each.paise for each in sums))

    @property
    def loans(self) -> int:
        """Open loans at the end of the last day."""
        if self.days:
            return self.days[-1].loans
        return 0 if self.stored is None else self.stored.loans

    @property
    def provision_paise(self) -> int:
        """Provision required at the end of the last day."""
        if self.days:
            return self.days[-1].provision_paise
        return 0 if self.stored is None else self.stored.provision_paise


def close_day(
    request: CloseDay,
    desk: "Desk",
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> DaysClosed:
    """Close every day up to the one asked for.

    Raises:
        Refused: not permitted, or the day has not come (`fields` names it).
        NoRuleInForceError: a rule is missing on one of the days; earlier days stay closed.
        StoppedError: `cancelled` answered true between two days; closed days are kept.
    """
    person = permit(desk, Act.CLOSE_DAY)
    desk.rulebook()  # read before the book is held
    # The clock of a sandbox stands still: there a dry run may look at the days to come.
    looks_ahead = request.dry_run and desk.sandbox
    if request.day > desk.clock.today() and not looks_ahead:
        raise bad_input({"date": "Choose a day that has come: today is the last one"})
    with desk.read_book() as book:
        last = book.day_ends.last_closed(person.branch_id)
        stored = book.day_ends.get(person.branch_id, request.day)
        oldest = book.day_ends.first_day(person.branch_id)
    first = oldest or request.day if last is None else last + _ONE_DAY
    days = [first + n * _ONE_DAY for n in range((request.day - first).days + 1)]
    closed = _closed(days, request.dry_run, desk, (progress, cancelled))
    return DaysClosed(request.day, request.dry_run, closed, last, stored)


def _closed(
    days: list[date],
    dry_run: bool,  # noqa: FBT001  # one private caller
    desk: "Desk",
    watch: tuple[Progress, Cancelled],
) -> tuple[ClosedDay, ...]:
    """Each day in a transaction of its own; a dry run in one that is given up."""
    person, closed, done = desk.person(), list[ClosedDay](), 0
    make = RowMaker(lambda: new_id(desk), person.user_id, desk.clock.now())
    for in_one in [days] if dry_run else [[day] for day in days]:
        with desk.open_book() as book:
            for day in in_one:
                if watch[1]():
                    raise StoppedError(done, len(days), kept=not dry_run)
                if book.day_ends.get(person.branch_id, day) is None:  # by another desk
                    closed.append(close_one_day(book, day, desk.rulebook(), make, person))
                done += 1
                if dry_run:
                    watch[0](done, len(days))
            if not dry_run:
                book.commit()
                watch[0](done, len(days))
    return tuple(closed)
