"""Imports of files, and how one is taken back."""

from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, Table, delete, exists, or_, select

from db.records.book import ImportBatch
from db.records.refusals import ImportInUse, NotFound
from db.repositories.session import Session
from db.tables.applications import (
    applications,
    assessments,
    closed_obligations,
    co_applicants,
    collateral,
    decisions,
    guarantors,
)
from db.tables.customer_life import customer_notes, fact_corrections
from db.tables.customers import consents, customers, employment, obligations, protected_attributes
from db.tables.desk import imports
from db.tables.loans import loans
from db.tables.name_search import name_words

_OF_APPLICATIONS = (collateral, guarantors, co_applicants, closed_obligations, assessments)
_OF_CUSTOMERS = (employment, obligations, consents, protected_attributes, name_words)


class Imports:
    """The imports of a branch."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, branch_id: int, batch: ImportBatch) -> None:
        """Write that a file was imported."""
        values = {name: getattr(batch, name) for name in ImportBatch.__slots__}
        self._session.write(imports, [{"branch_id": branch_id, **values}])

    def get(self, branch_id: int, import_id: UUID) -> ImportBatch:
        """Read one import.

        Raises:
            NotFound: there is no such import.
        """
        row = self._session.first(_of(branch_id).where(imports.c.import_id == import_id))
        if row is None:
            message = "There is no such import"
            raise NotFound(message)
        return _batch(row)

    def by_sha256(self, branch_id: int, file_sha256: str) -> ImportBatch | None:
        """Return the newest import of the same file, None when it is new."""
        query = _of(branch_id).where(imports.c.file_sha256 == file_sha256)
        row = self._session.first(query.order_by(imports.c.imported_at.desc()))
        return _batch(row) if row else None

    def list(self, branch_id: int) -> tuple[ImportBatch, ...]:
        """Return all imports of the branch, newest first."""
        newest = (imports.c.imported_at.desc(), imports.c.import_id)
        return tuple(_batch(row) for row in self._session.rows(_of(branch_id).order_by(*newest)))

    def undo(self, branch_id: int, import_id: UUID) -> int:
        """Remove what an import wrote, and the import; return the customers and applications.

        Raises:
            ImportInUse: a loan, a decision, a note, a correction or a later application depends
                on it.
        """
        if self._session.first(_dependants(branch_id, import_id)) is not None:
            raise ImportInUse
        removed = 0
        for table, key, children in (
            (applications, "application_id", _OF_APPLICATIONS),
            (customers, "customer_id", _OF_CUSTOMERS),
        ):
            own = (table.c.branch_id == branch_id, table.c.import_id == import_id)
            for child in children:
                ids = select(table.c[key]).where(*own)
                self._session.change(
                    delete(child).where(child.c.branch_id == branch_id, child.c[key].in_(ids))
                )
            removed += self._session.change(delete(table).where(*own))
        self._session.change(
            delete(imports).where(
                imports.c.branch_id == branch_id, imports.c.import_id == import_id
            )
        )
        return removed


def _of(branch_id: int) -> "Select[tuple[object, ...]]":
    return select(imports).where(imports.c.branch_id == branch_id)


def _batch(row: RowMapping) -> ImportBatch:
    return ImportBatch(**{name: row[name] for name in ImportBatch.__slots__})


def _dependants(branch_id: int, import_id: UUID) -> "Select[tuple[int]]":
    """One row if anything not of this import hangs on its rows."""
    theirs = applications.alias("later")

    def among(column: ColumnElement[UUID], table: Table, key: str) -> ColumnElement[bool]:
        imported = select(table.c[key]).where(
            table.c.branch_id == branch_id, table.c.import_id == import_id
        )
        return column.in_(imported)

    later = theirs.c.import_id.is_(None) | (theirs.c.import_id != import_id)
    found = or_(
        exists().where(
            loans.c.branch_id == branch_id,
            among(loans.c.customer_id, customers, "customer_id")
            | among(loans.c.application_id, applications, "application_id"),
        ),
        exists().where(
            decisions.c.branch_id == branch_id,
            among(decisions.c.application_id, applications, "application_id"),
        ),
        *(
            exists().where(
                table.c.branch_id == branch_id, among(table.c.customer_id, customers, "customer_id")
            )
            for table in (customer_notes, fact_corrections)
        ),
        exists().where(
            theirs.c.branch_id == branch_id,
            later,
            among(theirs.c.customer_id, customers, "customer_id"),
        ),
    )
    return select(imports.c.branch_id).where(
        imports.c.branch_id == branch_id, imports.c.import_id == import_id, found
    )
