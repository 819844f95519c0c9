"""Papers attached to applications: the file sealed, what it is and who checked it."""

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Table

from db.tables.columns import (
    METADATA,
    at_least,
    branch,
    instant,
    key,
    number,
    parent,
    text,
    word,
    word_check,
)
from db.vocabulary.loan_life import DocumentKind

attachments = Table(
    "attachments",
    METADATA,
    branch(),
    key("attachment_id", primary=True),
    # Both empty while the application is still being typed: it has no id before its commit.
    key("customer_id", optional=True),
    key("application_id", optional=True),
    word("kind", DocumentKind),
    # A file's name may hold a person's, so it is sealed like the content.
    Column("file_name_sealed", LargeBinary, nullable=False),
    Column("content_sealed", LargeBinary, nullable=False),
    text("media_type"),
    number("size_bytes"),
    text("sha256"),
    key("attached_by"),
    instant("attached_at"),
    key("checked_by", optional=True),
    instant("checked_at", optional=True),
    word_check("kind", DocumentKind),
    at_least("size_bytes", 1),
    CheckConstraint("(checked_by IS NULL) = (checked_at IS NULL)", name="checked_by_somebody"),
    parent("customer_id", "customers"),
    parent("application_id", "applications"),
    Index("ix_attachments_application", "branch_id", "application_id", "attached_at"),
    Index("ix_attachments_customer", "branch_id", "customer_id", "attached_at"),
)
