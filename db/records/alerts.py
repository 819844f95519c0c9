"""Internal alerts of the portfolio: what stands, and the log of what became of each."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from db.vocabulary.operations import Alert, AlertLevel


class AlertEntry(StrEnum):
    """What became of an alert."""

    RAISED = "Raised"
    MOVED = "Moved"
    ACKNOWLEDGED = "Acknowledged"
    SNOOZED = "Snoozed"
    CLEARED = "Cleared"


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """One alert; value and limit in parts per million, as of its last level.

    Attributes:
        since: the day-end that raised it.
    """

    branch_id: int
    alert_id: UUID
    rule: Alert
    level: AlertLevel
    value_ppm: int
    limit_ppm: int
    since: date
    raised_at: datetime
    cleared_on: date | None = None
    acknowledged_by: UUID | None = None
    acknowledged_at: datetime | None = None
    note: str = ""
    snoozed_until: date | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class AlertLogEntry:
    """One line of the log; the actor is None where a day-end acted."""

    branch_id: int
    entry_id: UUID
    alert_id: UUID
    entry: AlertEntry
    level: AlertLevel
    value_ppm: int
    business_date: date
    recorded_at: datetime
    note: str = ""
    snoozed_until: date | None = None
    actor_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AlertLogRow:
    """A line of the log with the rule of its alert and the name of its actor."""

    entry: AlertLogEntry
    rule: Alert
    actor: str
