"""Where the branch stands with its day-ends: the last closed day, and what still waits.

Source: screens.md S66. A desk without an outbox posts every receipt at once, so what can wait is
what one person proposed and nobody has decided.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.rules.permissions import Act
from app.services.steps.day_work import WaitingAct, waiting_acts
from app.services.steps.permission import permit

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class ClosingState:
    """The last closed day, None where there is none, and what waits up to today."""

    today: date
    last_closed: date | None
    waiting: tuple[WaitingAct, ...]


def read_closing(desk: "Desk") -> ClosingState:
    """Read where the branch stands.

    Raises:
        Refused: the person may not close days.
    """
    branch_id, today = permit(desk, Act.CLOSE_DAY).branch_id, desk.clock.today()
    with desk.read_book() as book:
        return ClosingState(
            today, book.day_ends.last_closed(branch_id), waiting_acts(book, branch_id, today)
        )
