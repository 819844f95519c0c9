"""Rule rows, products and the kind of the book: what all branches share."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Table, inspect, or_, select, text, update

from db.records.book import Book
from db.records.refusals import RuleOverlap
from db.repositories.session import Session
from db.tables import shipped_rows
from db.tables.reference import book, products, rule_values
from db.tables.shipped_rows import ShippedData

_BOOK_ID = 1
_REVISION = text("SELECT version_num FROM alembic_version")


class Reference:
    """The rule book's rows as data; app.rules gives them meaning."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def book(self) -> Book:
        """Return what kind of book this is, with its schema revision."""
        row = self._session.first(select(book))
        known = inspect(self._session.connection).has_table("alembic_version")
        schema = self._session.first(_REVISION) if known else None
        return Book(
            sandbox=bool(row and row["sandbox"]),
            as_of=row["as_of"] if row else None,
            schema=schema["version_num"] if schema else "",
        )

    def set_book(self, *, sandbox: bool, as_of: date | None) -> None:
        """Say what kind of book this is; a sandbox's day stands still at `as_of`."""
        values = {"sandbox": sandbox, "as_of": as_of}
        if not self._session.change(update(book).values(values)):
            self._session.write(book, [{"book_id": _BOOK_ID, **values}])

    def rule_rows_json(self) -> dict[str, Any]:
        """Return all rule rows in the shape of the shipped file, each with `row_id`."""
        order = (rule_values.c.code, rule_values.c.segment, rule_values.c.effective_from)
        return shipped_rows.rule_rows_json(self._session.rows(select(rule_values).order_by(*order)))

    def products_json(self) -> dict[str, Any]:
        """Return all products in the shape of the shipped file, each with `row_id`."""
        order = (products.c.effective_from, products.c.row_id)
        return shipped_rows.products_json(self._session.rows(select(products).order_by(*order)))

    def install_shipped(self, shipped: ShippedData) -> int:
        """Write shipped rows whose key the book does not know; return how many.

        Known rows stay as they are: later edits of the files never touch a book.
        """
        return self._install(rule_values, shipped_rows.rule_values_of(shipped)) + self._install(
            products, shipped_rows.product_values_of(shipped)
        )

    def _install(self, table: Table, rows: Sequence[dict[str, object]]) -> int:
        known: set[UUID] = {row["row_id"] for row in self._session.rows(select(table.c.row_id))}
        missing = [row for row in rows if row["row_id"] not in known]
        self._session.write(table, missing)
        return len(missing)

    def add_rule_row(self, row: Mapping[str, Any], proposed_by: str = "") -> None:
        """Write one more row of a rule.

        Raises:
            RuleOverlap: a row of that code and segment holds on one of its days.
        """
        values = shipped_rows.rule_value(row, proposed_by)
        table = rule_values.c
        overlap = select(table.row_id).where(
            table.code == values["code"],
            table.segment == values["segment"],
            or_(table.effective_to.is_(None), table.effective_to >= values["effective_from"]),
        )
        if values["effective_to"] is not None:
            overlap = overlap.where(table.effective_from <= values["effective_to"])
        if self._session.first(overlap.limit(1)) is not None:
            raise RuleOverlap
        self._session.write(rule_values, [values])

    def close_rule_row(self, row_id: UUID, effective_to: date) -> None:
        """End a row that is still open; a closed row is never edited."""
        self._session.change(
            update(rule_values)
            .where(rule_values.c.row_id == row_id, rule_values.c.effective_to.is_(None))
            .values(effective_to=effective_to)
        )
