"""What a repository works with: one open connection and the book's keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Executable, Row, RowMapping, Table, insert

from db.repositories.cell_moves import CellMoves
from db.security.key_store import BookKeys

# More bound values than this in one IN list would pass SQLite's own limit.
MOST_IDS = 500


def among(column: Column[Any], values: Sequence[object]) -> ColumnElement[bool]:
    """The condition that a column has one of these values, at most `MOST_IDS` of them.

    One record is by far the most frequent wish, and SQLAlchemy writes a list anew at every call:
    a tenth of the time of reading an application.
    """
    return column == values[0] if len(values) == 1 else column.in_(values)


@dataclass(frozen=True, slots=True)
class Session:
    """One connection inside its transaction, the keys of the book, and what the act has moved."""

    connection: Connection
    keys: BookKeys = field(repr=False)
    moves: CellMoves = field(default_factory=CellMoves, repr=False)

    def rows(self, query: Executable) -> Sequence[RowMapping]:
        """Run a query and return its rows by column name."""
        return self.connection.execute(query).mappings().all()

    def first(self, query: Executable) -> RowMapping | None:
        """Run a query and return its first row, None without one."""
        return self.connection.execute(query).mappings().first()

    def one(self, query: Executable) -> Row[Any]:
        """Run a query that always answers one row."""
        return self.connection.execute(query).one()

    def write(self, table: Table, values: Sequence[Mapping[str, object]]) -> None:
        """Insert rows in one go; nothing happens without rows."""
        if len(values) == 1:  # the way of many costs more than the row itself
            self.connection.execute(insert(table), values[0])
        elif values:
            self.connection.execute(insert(table), list(values))

    def change(self, statement: Executable) -> int:
        """Run an update or delete; return how many rows it met."""
        return self.connection.execute(statement).rowcount
