"""Pages by key: (sort value, id) instead of OFFSET, the same cost at any depth.

Source: data-and-sync.md 2. A cursor is text that names its sort, so one of another order is
refused instead of showing a wrong page.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, bindparam, func, select, tuple_

from db.records.refusals import BadCursor
from db.repositories.session import Session
from db.tables.columns import Key

SORT_VALUE = "sort_value"
SORT_ID = "sort_id"
_CURSOR_PARTS = 5
_COMPACT = json.JSONEncoder(separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Ordering:
    """One order of a list; the id breaks ties, so the order is total."""

    name: str
    value: ColumnElement[Any]
    row_id: ColumnElement[UUID]
    descending: bool

    def columns(self) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """What a query of this order has to bring along, to make cursors."""
        return self.value.label(SORT_VALUE), self.row_id.label(SORT_ID)

    def order_by(self) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """The ORDER BY of the list."""
        if self.descending:
            return self.value.desc(), self.row_id.desc()
        return self.value.asc(), self.row_id.asc()

    def beyond(self) -> ColumnElement[bool]:
        """Rows after the place that `place_values` binds."""
        here, there = tuple_(self.value, self.row_id), after_place(self.value)
        return here < there if self.descending else here > there

    def place_values(self, cursor: str) -> dict[str, object]:
        """Return what `beyond` binds for a cursor.

        Raises:
            BadCursor: it is not one of this order.
        """
        value, row_id = _read_cursor(self, cursor)
        return {"after_value": value, "after_id": row_id}


def after_place(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the pair that `place_values` binds, to compare a sort value and an id with."""
    return tuple_(bindparam("after_value", type_=value.type), bindparam("after_id", type_=Key()))


def page_of(
    session: Session, query: "Select[Any]", ordering: Ordering, limit: int, after: str | None
) -> tuple[list[RowMapping], str | None]:
    """Run a short list's query for one page; return its rows and the cursor of the next page.

    The long lists read theirs by `list_reading.read_page`.
    """
    values: dict[str, object] = {}
    if after is not None:
        query, values = query.where(ordering.beyond()), ordering.place_values(after)
    ordered = query.add_columns(*ordering.columns()).order_by(*ordering.order_by())
    found = session.connection.execute(ordered.limit(limit + 1), values)
    rows = list(found.mappings().all())
    if len(rows) <= limit or not limit:
        return rows[:limit], None
    last = rows[limit - 1]
    return rows[:limit], cursor_of(ordering, last[SORT_VALUE], last[SORT_ID])


def keys_every(
    session: Session, query: "Select[Any]", ordering: Ordering, step: int
) -> tuple[str, ...]:
    """Return the cursors that start every `step`-th row, so that a jump needs no OFFSET."""
    place = func.row_number().over(order_by=ordering.order_by()).label("place")
    numbered = query.with_only_columns(*ordering.columns(), place).subquery()
    keys = select(numbered).where(numbered.c.place % step == 0).order_by(numbered.c.place)
    return tuple(cursor_of(ordering, row[SORT_VALUE], row[SORT_ID]) for row in session.rows(keys))


def count_of(session: Session, query: "Select[Any]") -> int:
    """Count the rows of a list query."""
    return int(session.one(query.with_only_columns(func.count(), maintain_column_froms=True))[0])


def cursor_of(ordering: Ordering, value: object, row_id: UUID) -> str:
    """Return the cursor of a place: its sort value and id, and the order they belong to."""
    written: object
    if isinstance(value, datetime):
        kind, written = "t", value.isoformat()
    elif isinstance(value, date):
        kind, written = "d", value.isoformat()
    else:
        kind, written = "v", value
    parts = [ordering.name, ordering.descending, kind, written, row_id.hex]
    text = _COMPACT.encode(parts)
    return base64.urlsafe_b64encode(text.encode()).decode("ascii")


def _read_cursor(ordering: Ordering, cursor: str) -> tuple[object, UUID]:
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        if len(parts) != _CURSOR_PARTS or parts[:2] != [ordering.name, ordering.descending]:
            raise BadCursor
        kind, written, row_id = parts[2], parts[3], UUID(parts[4])
        if kind == "t":
            return datetime.fromisoformat(written), row_id
        return date.fromisoformat(written) if kind == "d" else written, row_id
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise BadCursor from error
