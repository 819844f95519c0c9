"""Papers attached to an application, without their content."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from db.vocabulary.loan_life import DocumentKind


@dataclass(frozen=True, slots=True)
class Attachment:
    """One paper as stored; `content` is read apart, since a list of papers needs none.

    Attributes:
        media_type: what the content was recognised as, such as application/pdf.
        sha256: hash of the content as it was attached.
        application_id: None while the application is still being typed.
        checked_by: who compared it with the original, None while nobody did.
        checked_by_name: that person's name.
    """

    attachment_id: UUID
    kind: DocumentKind
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    attached_by: UUID
    attached_at: datetime
    customer_id: UUID | None = None
    application_id: UUID | None = None
    checked_by: UUID | None = None
    checked_at: datetime | None = None
    checked_by_name: str = ""
