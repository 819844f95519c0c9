"""A day that a branch has closed, and what closing it did."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DayEnd:
    """One closed day; money in paise.

    Attributes:
        loans: open at the end of the day.
        moved: that changed class.
        provision_paise: required for all of them together.
        pending_receipts: not yet posted when the day was closed.
        details: canonical JSON of the day's figures.
    """

    business_date: date
    recorded_at: datetime
    actor_id: UUID
    loans: int
    moved: int
    provision_paise: int
    pending_receipts: int
    details: str
