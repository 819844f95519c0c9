"""Letters of a branch: the PDF and its values sealed at rest, each tied to its own row."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, func, select, update

from db.records.documents import DocumentRecord
from db.records.refusals import NotFound, VersionConflict
from db.repositories.session import Session
from db.security.sealed_fields import Place, seal_bytes, unseal_bytes
from db.tables.documents import documents
from db.vocabulary.loan_life import LetterKind, LetterStatus

_NAMES = tuple(
    column.name
    for column in documents.c
    if column.name not in {"branch_id", "pdf_sealed", "values_sealed"}
)
_COLUMNS = tuple(documents.c[name] for name in _NAMES)
# Letters that tell the customer what was decided.
_BINDING = (LetterKind.KFS, LetterKind.SANCTION, LetterKind.REJECTION)
_NO_LETTER = "There is no such letter in this branch"


class Documents:
    """The letters that were made."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, branch_id: int, document: DocumentRecord, pdf: bytes, values: str) -> None:
        """Write a letter with its content and what it was made from."""
        keys, made = self._session.keys, document.document_id
        row: dict[str, Any] = {name: getattr(document, name) for name in _NAMES}
        row["branch_id"] = branch_id
        row["pdf_sealed"] = seal_bytes(keys, _place("pdf_sealed", made), pdf)
        row["values_sealed"] = seal_bytes(keys, _place("values_sealed", made), values.encode())
        self._session.write(documents, [row])

    def get(self, branch_id: int, document_id: UUID) -> DocumentRecord:
        """Read one letter without its content.

        Raises:
            NotFound: the branch has no such letter.
        """
        row = self._session.first(
            select(*_COLUMNS).where(
                documents.c.branch_id == branch_id, documents.c.document_id == document_id
            )
        )
        if row is None:
            raise NotFound(_NO_LETTER)
        return _document_of(row)

    def of_application(self, branch_id: int, application_id: UUID) -> tuple[DocumentRecord, ...]:
        """Read the letters of an application, newest first."""
        query = select(*_COLUMNS).where(
            documents.c.branch_id == branch_id, documents.c.application_id == application_id
        )
        newest = (documents.c.made_at.desc(), documents.c.document_id.desc())
        return tuple(map(_document_of, self._session.rows(query.order_by(*newest))))

    def content(self, branch_id: int, document_id: UUID) -> tuple[bytes, str]:
        """Open the PDF of a letter and the values it was made from.

        Raises:
            NotFound: the branch has no such letter.
            KeyMissing, SealBroken: it does not open.
        """
        row = self._session.first(
            select(documents.c.pdf_sealed, documents.c.values_sealed).where(
                documents.c.branch_id == branch_id, documents.c.document_id == document_id
            )
        )
        if row is None:
            raise NotFound(_NO_LETTER)
        keys = self._session.keys
        values = unseal_bytes(keys, _place("values_sealed", document_id), row["values_sealed"])
        pdf = unseal_bytes(keys, _place("pdf_sealed", document_id), row["pdf_sealed"])
        return pdf, values.decode()

    def letter_stands(self, branch_id: int, application_id: UUID) -> bool:
        """Whether the customer holds a letter about the decision that is not void."""
        query = select(func.count()).where(
            documents.c.branch_id == branch_id,
            documents.c.application_id == application_id,
            documents.c.status != LetterStatus.VOID,
            documents.c.kind.in_(_BINDING),
        )
        return bool(self._session.one(query)[0])

    def accept(self, branch_id: int, document: DocumentRecord, on: date) -> int:
        """Note the day a statement was accepted; return the new version.

        Raises:
            VersionConflict: somebody changed it meanwhile.
        """
        return self._changed(branch_id, document, status=LetterStatus.ACCEPTED, accepted_on=on)

    def void(self, branch_id: int, document: DocumentRecord, reason: str) -> int:
        """Make a letter void with its copies; return the new version.

        Raises:
            VersionConflict: somebody changed it meanwhile.
        """
        version = self._changed(branch_id, document, status=LetterStatus.VOID, void_reason=reason)
        self._session.change(
            update(documents)
            .where(documents.c.branch_id == branch_id, documents.c.copy_of == document.document_id)
            .values(version=documents.c.version + 1, status=LetterStatus.VOID, void_reason=reason)
        )
        return version

    def _changed(self, branch_id: int, document: DocumentRecord, **values: object) -> int:
        met = self._session.change(
            update(documents)
            .where(
                documents.c.branch_id == branch_id,
                documents.c.document_id == document.document_id,
                documents.c.version == document.version,
            )
            .values(version=document.version + 1, **values)
        )
        if not met:
            raise VersionConflict
        return document.version + 1


def _place(column: str, document_id: UUID) -> Place:
    return Place("documents", column, document_id)


def _document_of(row: RowMapping) -> DocumentRecord:
    return DocumentRecord(**{name: row[name] for name in _NAMES})
