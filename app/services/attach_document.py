"""A paper is attached while an application is entered, compared with its original, or taken away.

Source: screens.md S31 (documents) and F10. The application has no id before its commit, so a paper
belongs to nothing at first; the commit hands it over. One that was handed over stays.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.attached_file import FIELD, read_attached_file
from app.services.steps.command import Answer, Command, Done, run_command
from app.services.steps.ids import new_id
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused
from db.records.attachments import Attachment
from db.vocabulary.loan_life import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

__all__ = [
    "FIELD",
    "AttachDocument",
    "Attachment",
    "CheckDocument",
    "attach_document",
    "check_document",
    "papers_of",
    "remove_document",
]


@dataclass(frozen=True, slots=True)
class AttachDocument:
    """Attach the file at `path` as a paper of that kind, once."""

    command_id: UUID
    path: Path = field(repr=False)
    kind: DocumentKind


@dataclass(frozen=True, slots=True)
class CheckDocument:
    """Say that a paper was compared with its original, or take that back."""

    command_id: UUID
    attachment_id: UUID
    checked: bool = True


def attach_document(request: AttachDocument, desk: "Desk") -> Attachment:
    """Read the file and store it sealed.

    Raises:
        Refused: the file may not be attached (BAD_INPUT with one sentence), or the person may
            not enter applications.
    """
    person = permit(desk, Act.ENTER_APPLICATION)
    file = read_attached_file(request.path, desk.attachment_limits)
    made = Attachment(
        attachment_id=new_id(desk),
        kind=request.kind,
        file_name=file.name,
        media_type=file.media_type,
        size_bytes=len(file.content),
        sha256=file.sha256,
        attached_by=person.user_id,
        attached_at=desk.clock.now(),
    )

    def act(book: "UnitOfWork") -> Done:
        book.attachments.add(person.branch_id, made, file.content)
        details = {"kind": str(request.kind), "sha256": file.sha256}
        answer: Answer = {"attachment_id": str(made.attachment_id)}
        return Done(answer, "attachment", made.attachment_id, details)

    payload = {"kind": str(request.kind), "sha256": file.sha256}
    answer = run_command(desk, Command(request.command_id, "attach_document", payload), act)
    return _read(UUID(str(answer["attachment_id"])), desk)


def check_document(request: CheckDocument, desk: "Desk") -> Attachment:
    """Note who compared a paper with its original, and when.

    Raises:
        Refused: the person may not enter applications.
        NotFound: the branch has no such paper.
    """
    person = permit(desk, Act.ENTER_APPLICATION)
    by = person.user_id if request.checked else None
    at = desk.clock.now() if request.checked else None

    def act(book: "UnitOfWork") -> Done:
        found = book.attachments.get(person.branch_id, request.attachment_id)
        book.attachments.set_checked(person.branch_id, found.attachment_id, by, at)
        details = {"kind": str(found.kind), "checked": request.checked}
        return Done({}, "attachment", found.attachment_id, details)

    payload = {"attachment_id": str(request.attachment_id), "checked": request.checked}
    run_command(desk, Command(request.command_id, "check_document", payload), act)
    return _read(request.attachment_id, desk)


def remove_document(command_id: UUID, attachment_id: UUID, desk: "Desk") -> None:
    """Take a paper away that belongs to no application yet; one that is gone is no fault.

    Raises:
        Refused: it belongs to an application by now.
    """
    person = permit(desk, Act.ENTER_APPLICATION)

    def act(book: "UnitOfWork") -> Done:
        if not book.attachments.delete_loose(person.branch_id, attachment_id):
            kept = book.attachments.get_many(person.branch_id, [attachment_id])
            if kept:
                sentence = "This paper belongs to an application: it stays on its file"
                raise Refused(RefusalKind.CONFLICT, sentence)
        return Done({}, "attachment", attachment_id)

    payload = {"attachment_id": str(attachment_id)}
    run_command(desk, Command(command_id, "remove_document", payload), act)


def papers_of(ids: "Sequence[UUID]", desk: "Desk") -> tuple[Attachment, ...]:
    """The papers of a draft as they are now; ids that are gone are left out."""
    person = permit(desk, Act.READ_APPLICATIONS)
    with desk.read_book() as book:
        return book.attachments.get_many(person.branch_id, ids)


def _read(attachment_id: UUID, desk: "Desk") -> Attachment:
    with desk.read_book() as book:
        return book.attachments.get(desk.person().branch_id, attachment_id)
