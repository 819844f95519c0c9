"""Count anew what is kept of single loans in the branches that have moved, before it is shown.

Source: data-and-sync.md 3, screens.md S80. Readers count those branches themselves; who looks again
finds them counted. A few branches at a time, so that no act waits long for a cell.
"""

from typing import TYPE_CHECKING

from app.services.steps.monitor_scope import MonitorScope, look_up
from app.services.steps.open_account import row_maker
from app.services.steps.settle_alerts import roll_up_bank
from app.services.steps.summary_terms import summary_terms

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

TOGETHER = 10


def count_positions(scope: MonitorScope, desk: "Desk") -> int:
    """Count the branches of the scope; return how many were.

    Raises:
        Refused: the person may not see the monitor, or the day cannot be chosen.
    """
    rulebook = desk.rulebook()
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        if not view.cut.present or view.cut.officer_id is not None:
            return 0
        waiting = sorted(book.monitor.positions.waiting(view.cut, (view.as_of, view.as_of)))
    if not waiting:
        return 0
    terms = summary_terms(view.as_of, rulebook)
    counted = 0
    for start in range(0, len(waiting), TOGETHER):
        with desk.open_book() as book:
            counted += book.summaries.positions.count_free(waiting[start : start + TOGETHER], terms)
            book.commit()
    if counted and scope.whole_bank:
        with desk.open_book() as book:
            roll_up_bank(book, view.as_of, rulebook, row_maker(desk))
            book.commit()
    return counted
