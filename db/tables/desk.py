"""What the desk keeps of itself: drafts, imports, command receipts and the audit chain."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from db.tables.columns import (
    METADATA,
    at_least,
    branch,
    instant,
    key,
    number,
    text,
)

drafts = Table(
    "drafts",
    METADATA,
    branch(),
    key("draft_id", primary=True),
    key("user_id"),
    text("form"),
    key("record_id", optional=True),
    number("base_version"),
    # A title may hold a name, so it is sealed like the content.
    Column("title_sealed", LargeBinary, nullable=False),
    Column("content_sealed", LargeBinary, nullable=False),
    instant("updated_at"),
    Index("ix_drafts_user", "branch_id", "user_id", "updated_at"),
)

imports = Table(
    "imports",
    METADATA,
    branch(),
    key("import_id", primary=True),
    text("file_name"),
    text("file_sha256"),
    text("kind"),
    number("rows"),
    number("written"),
    text("currency_note"),
    instant("imported_at"),
    Index("ix_imports_file", "branch_id", "file_sha256"),
)

command_receipts = Table(
    "command_receipts",
    METADATA,
    branch(),
    key("command_id", primary=True),
    text("kind"),
    text("payload_sha256"),
    text("answer"),
    key("actor_id"),
    instant("recorded_at"),
)

audit_entries = Table(
    "audit_entries",
    METADATA,
    branch(),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    text("act"),
    text("entity"),
    key("entity_id", optional=True),
    text("actor_staff_id"),
    instant("at"),
    text("details"),
    text("previous_hash"),
    text("entry_hash"),
    at_least("sequence", 1),
    Index("ix_audit_entries_entity", "branch_id", "entity_id", "sequence"),
)

# The lock and the end of each branch's chain; also the lock under which references are numbered.
audit_heads = Table(
    "audit_heads",
    METADATA,
    branch(),
    number("sequence"),
    text("entry_hash"),
    at_least("sequence", 0),
)
