"""Where the branch stands with its day-ends: the last closed day, and what still waits.

Source: screens.md S66. A desk without an outbox posts every receipt at once, so what can wait is
what one person proposed and nobody has decided.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.rules.permissions import Act
from app.services.steps.day_work import WaitingAct, waiting_acts
from app.services.steps.permission import permit

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClosingState:
    """The last closed day, None where there is none, and what waits up to today.

    Attributes:
        looks_ahead: a dry run may look at days to come; so in a sandbox, whose clock stands still.
    """

    today: date
    last_closed: date | None
    waiting: tuple[WaitingAct, ...]
    looks_ahead: bool = False

    @property
    def all_closed(self) -> bool:
        """Whether today has been closed."""
        return self.last_closed is not None and self.last_closed >= self.today

    @property
    def offered(self) -> date:
        """The day to begin with: today, or the next one where it may be looked at."""
        return self.today + _ONE_DAY if self.all_closed and self.looks_ahead else self.today


def read_closing(desk: "Desk") -> ClosingState:
    """Read where the branch stands.

    Raises:
        Refused: the person may not close days.
    """
    branch_id, today = permit(desk, Act.CLOSE_DAY).branch_id, desk.clock.today()
    with desk.read_book() as book:
        return ClosingState(
            today=today,
            last_closed=book.day_ends.last_closed(branch_id),
            waiting=waiting_acts(book, branch_id, today),
            looks_ahead=desk.sandbox,
        )
