"""To which day-end days late are counted.

Source: screens.md S60 and S61: days late are derived as of the last closed day-end, never stored.
"""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork


def counted_to(book: "UnitOfWork", branch_id: int, today: date) -> date:
    """The last closed day-end of a branch; today where it has closed none, or on a later day."""
    return min(book.day_ends.last_closed(branch_id) or today, today)
