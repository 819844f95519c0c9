"""What was said to borrowers who pay late: contacts, promises to pay, and follow-ups put off.

An entry may be corrected for some minutes and is then only added to (screens.md S70). Whether a
promise was kept is never stored: it follows from the ledger. Notes are sealed, as all words about
people are. `stored_at` is the database's own clock on PostgreSQL, which closes the entry.
"""

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Table

from db.tables.columns import (
    METADATA,
    at_least,
    branch,
    day,
    instant,
    key,
    number,
    paise,
    parent,
    word,
    word_check,
)
from db.vocabulary.operations import CallOutcome, ContactChannel
from db.vocabulary.reasons import ContactOverrideReason, SnoozeReason

contacts = Table(
    "contacts",
    METADATA,
    branch(),
    key("contact_id", primary=True),
    key("loan_id"),
    key("customer_id"),
    word("channel", ContactChannel),
    word("outcome", CallOutcome, optional=True),
    Column("note_sealed", LargeBinary, nullable=False),
    word("override_reason", ContactOverrideReason, optional=True),
    key("actor_id"),
    instant("made_at"),
    instant("stored_at"),
    instant("edited_at", optional=True),
    number("version"),
    word_check("channel", ContactChannel),
    word_check("outcome", CallOutcome),
    word_check("override_reason", ContactOverrideReason),
    CheckConstraint(
        "(outcome IS NULL) = (channel IN ('Message', 'Letter'))", name="spoken_has_an_outcome"
    ),
    at_least("version", 1),
    parent("loan_id", "loans"),
    parent("customer_id", "customers"),
    Index("ix_contacts_loan", "branch_id", "loan_id", "made_at", "outcome"),
    Index("ix_contacts_customer", "branch_id", "customer_id", "made_at", "channel"),
    Index("ix_contacts_made", "branch_id", "made_at", "loan_id", "outcome"),
)

promises = Table(
    "promises",
    METADATA,
    branch(),
    key("promise_id", primary=True),
    key("contact_id"),
    key("loan_id"),
    paise("amount_paise"),
    day("promised_on"),
    day("due_on"),
    instant("made_at"),
    instant("stored_at"),
    instant("dropped_at", optional=True),
    at_least("amount_paise", 1),
    CheckConstraint("due_on >= promised_on", name="due_after_it_was_made"),
    parent("contact_id", "contacts"),
    parent("loan_id", "loans"),
    Index("uq_promises_contact", "branch_id", "contact_id", unique=True),
    Index("ix_promises_loan", "branch_id", "loan_id", "due_on"),
    Index("ix_promises_due", "branch_id", "due_on", "loan_id"),
)

snoozes = Table(
    "snoozes",
    METADATA,
    branch(),
    key("snooze_id", primary=True),
    key("loan_id"),
    day("until_on"),
    word("reason", SnoozeReason),
    Column("note_sealed", LargeBinary, nullable=False),
    key("actor_id"),
    instant("made_at"),
    instant("stored_at"),
    word_check("reason", SnoozeReason),
    parent("loan_id", "loans"),
    Index("ix_snoozes_loan", "branch_id", "loan_id", "made_at"),
    Index("ix_snoozes_until", "branch_id", "until_on", "loan_id"),
)
