"""Bring the bank's summaries up to what the branches have moved, before the whole bank is shown.

Source: data-and-sync.md 3. Writes only where something moved, so that looking takes no lock.
"""

from typing import TYPE_CHECKING

from app.rules.permissions import Act
from app.services.steps.permission import permit

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


def refresh_bank(desk: "Desk") -> tuple[str, ...]:
    """Add up what has moved since the last time; return the summaries that had.

    Raises:
        Refused: the person may not see the monitor.
    """
    permit(desk, Act.SEE_MONITOR)
    with desk.read_book() as book:
        if not book.roll_up.is_stale():
            return ()
    with desk.open_book() as book:
        moved = book.roll_up.refresh()
        book.commit()
    return moved
