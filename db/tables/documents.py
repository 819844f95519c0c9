"""Letters the desk made: the PDF and what it was made from, sealed; never edited."""

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Table
from sqlalchemy import text as sql

from db.tables.columns import (
    METADATA,
    at_least,
    branch,
    day,
    instant,
    key,
    number,
    parent,
    text,
    word,
    word_check,
)
from db.vocabulary.loan_life import Language, LetterKind, LetterStatus

_STANDING = sql("copy_of IS NULL AND status <> 'Void'")

documents = Table(
    "documents",
    METADATA,
    branch(),
    key("document_id", primary=True),
    key("application_id"),
    # The step it speaks of: a decision, or for the file note the newest step.
    key("step_id"),
    word("kind", LetterKind),
    word("language", Language),
    text("number"),
    word("status", LetterStatus),
    key("copy_of", optional=True),
    number("copy_number"),
    key("made_by"),
    instant("made_at"),
    day("valid_until", optional=True),
    day("accepted_on", optional=True),
    text("void_reason"),
    # Name and address stand in both.
    Column("pdf_sealed", LargeBinary, nullable=False),
    Column("values_sealed", LargeBinary, nullable=False),
    text("pdf_sha256"),
    text("values_sha256"),
    text("template_sha256"),
    text("engine"),
    number("pages"),
    number("version"),
    word_check("kind", LetterKind),
    word_check("language", Language),
    word_check("status", LetterStatus),
    at_least("copy_number", 0),
    at_least("pages", 1),
    CheckConstraint("(copy_of IS NULL) = (copy_number = 0)", name="copies_are_numbered"),
    CheckConstraint("status <> 'Void' OR void_reason <> ''", name="void_says_why"),
    # A void statement keeps the day on which it had been accepted.
    CheckConstraint(
        "(status = 'Accepted' AND accepted_on IS NOT NULL) "
        "OR (status <> 'Accepted' AND (accepted_on IS NULL OR status = 'Void'))",
        name="accepted_on_a_day",
    ),
    CheckConstraint("(kind = 'kfs') = (valid_until IS NOT NULL)", name="statements_end"),
    parent("application_id", "applications"),
    Index("ix_documents_application", "branch_id", "application_id", "made_at"),
    Index("uq_documents_number", "branch_id", "number", "copy_number", unique=True),
    # One original speaks of a decision in a language; the next is a copy of it.
    Index(
        "uq_documents_standing",
        "branch_id",
        "step_id",
        "kind",
        "language",
        unique=True,
        sqlite_where=_STANDING,
        postgresql_where=_STANDING,
    ),
)
