"""What a source of timeline events is: whose events, in which order, read how."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select

from db.records.customer_life import TimelineEvent, TimelineKind
from db.repositories.session import Session


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose timeline, and which kinds of events of it."""

    branch_id: int
    customer_id: UUID
    kinds: frozenset[TimelineKind]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of record.

    Attributes:
        rank: order of events of one moment; a higher rank happened later.
    """

    rank: int
    kinds: frozenset[TimelineKind]
    query: "Callable[[Whose], Select[Any]]"
    event: Callable[[Session, RowMapping], TimelineEvent]


def instant_of(value: datetime | date) -> datetime:
    """When an event happened; a bare day counts from its midnight UTC, morning in the bank."""
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time(), UTC)
