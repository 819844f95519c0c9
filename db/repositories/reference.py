"""Rule rows, products and the kind of the book: what all branches share."""

from datetime import date
from typing import Any

from sqlalchemy import inspect, select, text, update

from db.records.book import Book
from db.repositories.session import Session
from db.tables import shipped_rows
from db.tables.reference import book, products, rule_values

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
