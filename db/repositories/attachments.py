"""Papers of a branch: name and content sealed at rest, each tied to its own row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, delete, select, update

from db.records.attachments import Attachment
from db.records.refusals import NotFound
from db.repositories.session import MOST_IDS, Session
from db.security.sealed_fields import Place, seal, seal_bytes, unseal, unseal_bytes
from db.tables.attachments import attachments
from db.tables.reference import users

_SAME_NAMES = (
    "attachment_id",
    "kind",
    "media_type",
    "size_bytes",
    "sha256",
    "attached_by",
    "attached_at",
    "customer_id",
    "application_id",
    "checked_by",
    "checked_at",
)
_COLUMNS = tuple(attachments.c[name] for name in (*_SAME_NAMES, "file_name_sealed"))
_NO_PAPER = "There is no such paper in this branch"


class Attachments:
    """The attached papers of the book."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, branch_id: int, attachment: Attachment, content: bytes) -> None:
        """Write a paper with its content."""
        keys, made = self._session.keys, attachment.attachment_id
        values: dict[str, Any] = {name: getattr(attachment, name) for name in _SAME_NAMES}
        values["branch_id"] = branch_id
        values["file_name_sealed"] = seal(keys, _name_place(made), attachment.file_name)
        values["content_sealed"] = seal_bytes(keys, _content_place(made), content)
        self._session.write(attachments, [values])

    def get(self, branch_id: int, attachment_id: UUID) -> Attachment:
        """Read one paper without its content.

        Raises:
            NotFound: the branch has no such paper.
        """
        found = self.get_many(branch_id, [attachment_id])
        if not found:
            raise NotFound(_NO_PAPER)
        return found[0]

    def get_many(self, branch_id: int, ids: Sequence[UUID]) -> tuple[Attachment, ...]:
        """Read papers in the order they were attached; ids not found are left out."""
        if not ids:
            return ()
        return self._read(branch_id, attachments.c.attachment_id.in_(ids[:MOST_IDS]))

    def of_application(self, branch_id: int, application_id: UUID) -> tuple[Attachment, ...]:
        """Read the papers of an application in the order they were attached."""
        return self._read(branch_id, attachments.c.application_id == application_id)

    def content(self, branch_id: int, attachment_id: UUID) -> bytes:
        """Open the content of one paper.

        Raises:
            NotFound: the branch has no such paper.
            KeyMissing, SealBroken: it does not open.
        """
        row = self._session.first(
            select(attachments.c.content_sealed).where(*_is(branch_id, attachment_id))
        )
        if row is None:
            raise NotFound(_NO_PAPER)
        return unseal_bytes(
            self._session.keys, _content_place(attachment_id), row["content_sealed"]
        )

    def set_checked(
        self, branch_id: int, attachment_id: UUID, by: UUID | None, at: datetime | None
    ) -> None:
        """Note who compared a paper with its original, or that nobody did."""
        self._session.change(
            update(attachments)
            .where(*_is(branch_id, attachment_id))
            .values(checked_by=by, checked_at=at)
        )

    def give(
        self, branch_id: int, ids: Sequence[UUID], customer_id: UUID, application_id: UUID
    ) -> int:
        """Hand papers that belong to nothing yet to an application; return how many there were."""
        if not ids:
            return 0
        return self._session.change(
            update(attachments)
            .where(
                attachments.c.branch_id == branch_id,
                attachments.c.attachment_id.in_(ids),
                attachments.c.application_id.is_(None),
            )
            .values(customer_id=customer_id, application_id=application_id)
        )

    def delete_loose(self, branch_id: int, attachment_id: UUID) -> int:
        """Remove a paper that belongs to no application; return how many were removed."""
        return self._session.change(
            delete(attachments).where(
                *_is(branch_id, attachment_id), attachments.c.application_id.is_(None)
            )
        )

    def _read(self, branch_id: int, wanted: ColumnElement[bool]) -> tuple[Attachment, ...]:
        query = (
            select(*_COLUMNS, users.c.full_name.label("checked_by_name"))
            .join_from(
                attachments, users, users.c.user_id == attachments.c.checked_by, isouter=True
            )
            .where(attachments.c.branch_id == branch_id, wanted)
            .order_by(attachments.c.attached_at, attachments.c.attachment_id)
        )
        return tuple(self._attachment(row) for row in self._session.rows(query))

    def _attachment(self, row: RowMapping) -> Attachment:
        place = _name_place(row["attachment_id"])
        return Attachment(
            file_name=unseal(self._session.keys, place, row["file_name_sealed"]) or "",
            checked_by_name=row["checked_by_name"] or "",
            **{name: row[name] for name in _SAME_NAMES},
        )


def _is(branch_id: int, attachment_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        attachments.c.branch_id == branch_id,
        attachments.c.attachment_id == attachment_id,
    )


def _name_place(attachment_id: UUID) -> Place:
    return Place("attachments", "file_name_sealed", attachment_id)


def _content_place(attachment_id: UUID) -> Place:
    return Place("attachments", "content_sealed", attachment_id)
