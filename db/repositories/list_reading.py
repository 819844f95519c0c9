"""From a list's statement to its records with little in between.

A page is read often and by people who wait, so its statement is built once for each set of filters
(the values are bound), and its rows become records column by column, without SQLAlchemy's row
objects: a third of the time for a page of 50 applications.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Dialect, Select

from db.records.lists import Page
from db.repositories.keyset_paging import Ordering, cursor_of
from db.repositories.session import Session

RowT = TypeVar("RowT")
Convert = Callable[[Any], Any]
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class DriverRows:
    """Rows as the driver brings them, and its codes of the columns' types (SQLite has none)."""

    rows: Sequence[Any]
    codes: Sequence[object]


class RowReader(Generic[RowT]):
    """Makes named tuples of statements whose first columns stand in the order of the fields."""

    def __init__(self, record: type[RowT], also: Mapping[str, Convert] | None = None) -> None:
        """Take the record, and by field the conversions that the column's type does not make."""
        self._make: Callable[[Iterable[Any]], RowT] = record._make  # type: ignore[attr-defined]  # a NamedTuple
        self._fields: tuple[str, ...] = record._fields  # type: ignore[attr-defined]  # a NamedTuple
        self._also = dict(also or {})
        self._conversions: dict[str, list[tuple[int, Convert]]] = {}

    def read(self, session: Session, statement: "Select[Any]", values: Values) -> list[RowT]:
        """Run a statement and return all its records."""
        return self.records(session, statement, driver_rows(session, statement, values))

    def records(self, session: Session, statement: "Select[Any]", found: DriverRows) -> list[RowT]:
        """Make records of the driver's rows; columns beyond the fields are left out."""
        if not found.rows:
            return []
        whole: Iterator[Iterable[Any]] = zip(*found.rows, strict=True)
        columns = list(islice(whole, len(self._fields)))
        for place, convert in self._converted(session.connection.dialect, statement, found):
            columns[place] = map(convert, columns[place])
        return list(map(self._make, zip(*columns, strict=True)))

    def _converted(
        self, dialect: Dialect, statement: "Select[Any]", found: DriverRows
    ) -> list[tuple[int, Convert]]:
        """The columns that the driver does not bring as they should be; the same every time."""
        known = self._conversions.get(dialect.name)
        if known is None:
            columns = zip(self._fields, statement.selected_columns, found.codes, strict=False)
            readers = (
                self._also.get(name) or value_reader(dialect, column, code)
                for name, column, code in columns
            )
            known = [(place, one) for place, one in enumerate(readers) if one is not None]
            self._conversions[dialect.name] = known
        return known


def value_reader(dialect: Dialect, column: "ColumnElement[Any]", code: object) -> Convert | None:
    """Return how a column's type reads the driver's value; None where it takes it as it is."""
    return column.type.dialect_impl(dialect).result_processor(dialect, code)


def driver_rows(session: Session, statement: "Select[Any]", values: Values) -> DriverRows:
    """Run a statement and return the rows as the driver brings them."""
    result = session.connection.execute(statement, values)
    cursor = result.cursor
    if cursor is None:
        return DriverRows((), ())
    found = DriverRows(cursor.fetchall(), [column[1] for column in cursor.description or ()])
    result.close()
    return found


def read_page(
    session: Session,
    reader: RowReader[RowT],
    statement: "Select[Any]",
    ordering: Ordering,
    values: Values,
) -> Page[RowT]:
    """Run a page's statement, which asks for one row more than the page has.

    Args:
        session: the open book.
        reader: makes the records.
        statement: ends in `LIMIT :most`; its last columns are those of the ordering.
        ordering: the order of the page.
        values: what the statement binds, `most` among it.
    """
    found = driver_rows(session, statement, values)
    limit = int(str(values["most"])) - 1
    shown = found.rows[:limit]
    records = tuple(reader.records(session, statement, DriverRows(shown, found.codes)))
    if len(found.rows) <= limit or not records:
        return Page(records, None)
    place = []
    for column, value, code in zip(
        list(statement.selected_columns)[-2:], shown[-1][-2:], found.codes[-2:], strict=True
    ):
        convert = value_reader(session.connection.dialect, column, code)
        place.append(value if convert is None else convert(value))
    return Page(records, cursor_of(ordering, *place))
