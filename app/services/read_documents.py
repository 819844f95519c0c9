"""Letters are listed, looked at and opened, and made again to see that they are the same.

Source: screens.md S44. Opening a letter shows a name and an address, so it is written down. The
stored file never changes; one that is void shows so wherever it is looked at or printed.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.file_formats.pdf_out import PREVIEW_PPI
from app.rules.permissions import Act
from app.services.steps.letter_render import pictured, rendered
from app.services.steps.letter_words import letter_words
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused
from db.records.book import AuditAct
from db.records.documents import DocumentRecord
from db.vocabulary.loan_life import LetterStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A letter with its content."""

    document: DocumentRecord
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Remade:
    """Whether an original made again from its stored values is the stored file, byte by byte."""

    same: bool
    sha256: str


def list_documents(application_id: UUID, desk: "Desk") -> tuple[DocumentRecord, ...]:
    """Return the letters of an application, newest first.

    Raises:
        Refused: the person may not read applications.
    """
    branch_id = permit(desk, Act.READ_APPLICATIONS).branch_id
    with desk.read_book() as book:
        return book.documents.of_application(branch_id, application_id)


def open_document(document_id: UUID, desk: "Desk") -> OpenedDocument:
    """Open a letter to print or save it; this is written into the audit chain.

    Raises:
        Refused: the person may not read applications, or the stored file was changed.
        NotFound: the branch has no such letter.
    """
    person = permit(desk, Act.READ_APPLICATIONS)
    with desk.open_book() as book:
        document = book.documents.get(person.branch_id, document_id)
        pdf, _ = book.documents.content(person.branch_id, document_id)
        if hashlib.sha256(pdf).hexdigest() != document.pdf_sha256:
            raise Refused(RefusalKind.INTEGRITY, "This letter is not the one that was issued")
        book.audit.append(
            person.branch_id,
            AuditAct(
                "open_document",
                "application",
                document.application_id,
                person.staff_id,
                desk.clock.now(),
                {"kind": document.kind.value, "number": document.number},
            ),
        )
        book.commit()
    return OpenedDocument(document, pdf)


def preview_pages(document_id: UUID, desk: "Desk", ppi: float = PREVIEW_PPI) -> tuple[bytes, ...]:
    """The pages of a letter as PNG pictures; a void one is marked so.

    Args:
        document_id: the letter.
        desk: who looks at it.
        ppi: dots an inch; print takes more of them.

    Raises:
        Refused: the person may not read applications, or the template is damaged.
        NotFound: the branch has no such letter.
    """
    document, values = _stored(document_id, desk)
    if document.status is LetterStatus.VOID:
        values["watermark"] = letter_words(document.language).say("void")
    return pictured(document.kind, values, ppi)


def make_again(document_id: UUID, desk: "Desk") -> Remade:
    """Render the stored values once more and compare with the stored file.

    Raises:
        Refused: the person may not read applications, or the template is damaged.
        NotFound: the branch has no such letter.
    """
    document, values = _stored(document_id, desk)
    letter = rendered(document.kind, values)
    return Remade(letter.sha256 == document.pdf_sha256, letter.sha256)


def _stored(document_id: UUID, desk: "Desk") -> tuple[DocumentRecord, dict[str, Any]]:
    """A letter and the values it was made from."""
    branch_id = permit(desk, Act.READ_APPLICATIONS).branch_id
    with desk.read_book() as book:
        document = book.documents.get(branch_id, document_id)
        _, text = book.documents.content(branch_id, document_id)
    return document, json.loads(text)
