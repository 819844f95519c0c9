"""Letters as stored, without their content."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from db.vocabulary.loan_life import Language, LetterKind, LetterStatus


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One letter; append-only but for its status.

    Attributes:
        step_id: the decision it speaks of; for a file note the newest step.
        number: the letter's own number; a copy has that of its original.
        copy_of: the original; None for an original, whose `copy_number` is 0.
        valid_until: last day on which a Key Facts Statement can be accepted.
        values_sha256: hash of what it was made from.
    """

    document_id: UUID
    application_id: UUID
    step_id: UUID
    kind: LetterKind
    language: Language
    number: str
    status: LetterStatus
    made_by: UUID
    made_at: datetime
    pdf_sha256: str
    values_sha256: str
    template_sha256: str
    engine: str
    pages: int
    copy_of: UUID | None = None
    copy_number: int = 0
    valid_until: date | None = None
    accepted_on: date | None = None
    void_reason: str = ""
    version: int = 1
