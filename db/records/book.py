"""The book itself: its kind and day, drafts, receipts of commands, audit, models, imports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from db.vocabulary.operations import ModelRole


@dataclass(frozen=True, slots=True)
class Book:
    """What kind of book this is. A sandbox's day stands still at `as_of`."""

    sandbox: bool
    as_of: date | None
    schema: str


VIEW = "view."  # how the form of a kept view begins; the name of its list follows


@dataclass(frozen=True, slots=True)
class Draft:
    """Unsent typing of one person in one form, sealed at rest."""

    draft_id: UUID
    user_id: UUID
    form: str
    record_id: UUID | None
    base_version: int
    title: str
    content: str = field(repr=False)
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CommandReceipt:
    """That a command was applied once, and what it answered (JSON of plain values)."""

    command_id: UUID
    kind: str
    payload_sha256: str
    answer: str
    actor_id: UUID
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AuditAct:
    """One act to be written down. `details` holds codes and ids, never personal data.

    The keys "from", "to", "reason" and "note" become the trail of a record.
    """

    act: str
    entity: str
    entity_id: UUID | None
    actor_staff_id: str
    at: datetime
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """Whether a branch's chain holds; `first_bad` names the first entry that does not."""

    entries: int
    first_bad: int | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of a branch's audit chain."""

    sequence: int
    act: str
    entity: str
    entity_id: UUID | None
    actor_staff_id: str
    at: datetime
    details: str
    entry_hash: str


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """A model known to this book."""

    model_id: str
    sha256: str
    role: ModelRole
    trained_to: date
    registered_at: datetime
    card: str


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import of a file: where it came from and what it wrote."""

    import_id: UUID
    file_name: str
    file_sha256: str
    kind: str
    rows: int
    written: int
    currency_note: str
    imported_at: datetime
