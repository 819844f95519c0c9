"""Bring the bank's summaries up to what the branches have moved, before the whole bank is shown.

Source: data-and-sync.md 3. Writes only where something moved, so that looking takes no lock. The
bank's own alerts follow its sums: no day-end of a single branch can tell them.
"""

from typing import TYPE_CHECKING

from app.rules.permissions import Act
from app.services.steps.closed_day import counted_to
from app.services.steps.open_account import row_maker
from app.services.steps.permission import permit
from app.services.steps.settle_alerts import roll_up_bank

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


def refresh_bank(desk: "Desk") -> tuple[str, ...]:
    """Add up what has moved since the last time; return the summaries that had.

    Raises:
        Refused: the person may not see the monitor.
    """
    branch_id = permit(desk, Act.SEE_MONITOR).branch_id
    rulebook = desk.rulebook()
    with desk.read_book() as book:
        if not book.roll_up.is_stale():
            return ()
    with desk.open_book() as book:
        day = counted_to(book, branch_id, desk.clock.today())
        moved = roll_up_bank(book, day, rulebook, row_maker(desk))
        book.commit()
    return moved
