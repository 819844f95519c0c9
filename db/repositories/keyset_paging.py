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

from sqlalchemy import ColumnElement, RowMapping, Select, func, literal, select, tuple_

from db.records.refusals import BadCursor
from db.repositories.session import Session
from db.tables.columns import Key

SORT_VALUE = "sort_value"
SORT_ID = "sort_id"
_CURSOR_PARTS = 5


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

    def beyond(self, cursor: str) -> ColumnElement[bool]:
        """Rows after a cursor.

        Raises:
            BadCursor: it is not one of this order.
        """
        value, row_id = _read_cursor(self, cursor)
        here = tuple_(self.value, self.row_id)
        there = tuple_(literal(value, self.value.type), literal(row_id, Key()))
        return here < there if self.descending else here > there


def page_of(
    session: Session, query: "Select[Any]", ordering: Ordering, limit: int, after: str | None
) -> tuple[list[RowMapping], str | None]:
    """Run a list query for one page; return its rows and the cursor of the next page."""
    if after is not None:
        query = query.where(ordering.beyond(after))
    ordered = query.add_columns(*ordering.columns()).order_by(*ordering.order_by())
    rows = list(session.rows(ordered.limit(limit + 1)))
    if len(rows) <= limit:
        return rows, None
    rows = rows[:limit]
    return rows, _cursor(ordering, rows[-1]) if rows else None


def keys_every(
    session: Session, query: "Select[Any]", ordering: Ordering, step: int
) -> tuple[str, ...]:
    """Return the cursors that start every `step`-th row, so that a jump needs no OFFSET."""
    place = func.row_number().over(order_by=ordering.order_by()).label("place")
    numbered = query.with_only_columns(*ordering.columns(), place).subquery()
    keys = select(numbered).where(numbered.c.place % step == 0).order_by(numbered.c.place)
    return tuple(_cursor(ordering, row) for row in session.rows(keys))


def count_of(session: Session, query: "Select[Any]") -> int:
    """Count the rows of a list query."""
    return int(session.one(query.with_only_columns(func.count(), maintain_column_froms=True))[0])


def _cursor(ordering: Ordering, row: RowMapping) -> str:
    value = row[SORT_VALUE]
    if isinstance(value, datetime):
        kind, written = "t", value.isoformat()
    elif isinstance(value, date):
        kind, written = "d", value.isoformat()
    else:
        kind, written = "v", value
    parts = [ordering.name, ordering.descending, kind, written, row[SORT_ID].hex]
    text = json.dumps(parts, separators=(",", ":"))
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
