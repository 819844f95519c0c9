"""A customer's timeline by pages: every source is asked for one page, the newest are kept."""

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, RowMapping, Subquery, false, select

from db.records.customer_life import TimelineEvent, TimelineKind
from db.records.lists import Page
from db.records.refusals import BadCursor
from db.repositories.session import Session
from db.repositories.timeline_source import Source, Whose, instant_of
from db.repositories.timeline_sources import SOURCES

Place = tuple[datetime, int, Any]
_PARTS = 3


class CustomerTimeline:
    """What happened to a customer, newest first, from the audit chain and the records."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(
        self,
        own: tuple[int, UUID],
        kinds: frozenset[TimelineKind],
        limit: int,
        after: str | None = None,
    ) -> Page[TimelineEvent]:
        """Read one page in as many statements as kinds of records, whatever its depth.

        Args:
            own: branch and customer.
            kinds: which events.
            limit: events a page.
            after: `next` of the page before, None for the newest.

        Raises:
            BadCursor: `after` is no place of a timeline.
            KeyMissing, SealBroken: a note does not open.
        """
        place = None if after is None else _read(after)
        whose = Whose(*own, kinds)
        found: list[tuple[Place, Source, RowMapping]] = []
        for source in SOURCES:
            if source.kinds & kinds:
                found += [
                    ((instant_of(row["event_at"]), source.rank, row["event_id"]), source, row)
                    for row in self._rows(source, whose, limit, place)
                ]
        found.sort(key=lambda each: each[0], reverse=True)
        shown = found[:limit]
        events = tuple(source.event(self._session, row) for _place, source, row in shown)
        return Page(events, _written(shown[-1][0]) if len(found) > limit else None)

    def _rows(
        self, source: Source, whose: Whose, limit: int, place: Place | None
    ) -> list[RowMapping]:
        every = source.query(whose).subquery()
        newest = select(every).order_by(every.c.event_at.desc(), every.c.event_id.desc())
        if place is not None:
            newest = newest.where(_older(every, source.rank, place))
        return list(self._session.rows(newest.limit(limit + 1)))


def _older(every: Subquery, rank: int, place: Place) -> ColumnElement[bool]:
    """Events of a source that come after a place, going back in time."""
    at, last_rank, last_id = place
    column = every.c.event_at
    same_rank = every.c.event_id < last_id if rank == last_rank else false()
    same: ColumnElement[bool] = column.is_not(None) if rank < last_rank else same_rank
    if not isinstance(column.type, Date):
        return (column < at) | ((column == at) & same)
    day, midnight = at.date(), instant_of(at.date())
    if at > midnight:
        return column <= day
    return (column < day) | ((column == day) & same)


def _written(place: Place) -> str:
    at, rank, row_id = place
    text = row_id.hex if isinstance(row_id, UUID) else row_id
    parts = [at.astimezone(UTC).isoformat(), rank, text]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode("ascii")


def _read(cursor: str) -> Place:
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        if len(parts) != _PARTS:
            raise BadCursor
        at, rank, row_id = datetime.fromisoformat(parts[0]), int(parts[1]), parts[2]
        return at, rank, UUID(row_id) if isinstance(row_id, str) else int(row_id)
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise BadCursor from error
