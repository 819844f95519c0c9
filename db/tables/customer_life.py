"""Notes on customers and corrections of their facts; both are kept for ever.

Texts and values are sealed in the program: they hold names, dates and numbers of people.
"""

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Table

from db.tables.columns import (
    METADATA,
    at_least,
    branch,
    instant,
    key,
    number,
    parent,
    sealed,
    text,
    truth,
    word,
    word_check,
)
from db.vocabulary.operations import RuleState
from db.vocabulary.people import FactSource

customer_notes = Table(
    "customer_notes",
    METADATA,
    branch(),
    key("note_id", primary=True),
    key("customer_id"),
    Column("text_sealed", LargeBinary, nullable=False),
    text("author_staff_id"),
    instant("written_at"),
    parent("customer_id", "customers"),
    Index("ix_customer_notes_customer", "branch_id", "customer_id", "written_at", "note_id"),
)

fact_corrections = Table(
    "fact_corrections",
    METADATA,
    branch(),
    key("correction_id", primary=True),
    key("customer_id"),
    text("fact"),
    sealed("old_sealed"),
    sealed("new_sealed"),
    word("source", FactSource),
    text("document"),
    text("reason"),
    truth("two_persons"),
    word("state", RuleState),
    text("proposed_by"),
    instant("proposed_at"),
    number("customer_version"),
    text("decided_by", optional=True),
    instant("decided_at", optional=True),
    text("note"),
    number("version"),
    word_check("source", FactSource),
    word_check("state", RuleState),
    CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_persons"),
    CheckConstraint(
        "state IN ('Proposed', 'Closed') OR decided_by IS NOT NULL OR NOT two_persons",
        name="decided_by_somebody",
    ),
    CheckConstraint(
        "state <> 'Closed' OR (two_persons AND decided_by IS NULL AND decided_at IS NOT NULL)",
        name="withdrawn_by_its_maker",
    ),
    at_least("version", 1),
    parent("customer_id", "customers"),
    Index("ix_fact_corrections_customer", "branch_id", "customer_id", "proposed_at"),
    Index("ix_fact_corrections_state", "branch_id", "state", "proposed_at"),
)
