"""Steps between maker and checker, and who may sanction more than the branch."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table

from db.tables.columns import (
    METADATA,
    Key,
    Words,
    at_least,
    branch,
    instant,
    key,
    number,
    paise,
    parent,
    text,
    word,
    word_check,
)
from db.vocabulary.decisions import CaseStep, Decision, Recommendation
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import SanctionAuthority

# Append-only, and the only place where a decision comes about: PostgreSQL guards it.
case_steps = Table(
    "case_steps",
    METADATA,
    branch(),
    key("step_id", primary=True),
    key("application_id"),
    number("number"),
    word("step", CaseStep),
    key("actor_id"),
    instant("at"),
    word("from_status", ApplicationStatus),
    word("to_status", ApplicationStatus),
    word("decision", Decision, optional=True),
    paise("amount_paise", optional=True),
    number("tenure_months", optional=True),
    number("rate_ppm", optional=True),
    text("conditions"),
    text("reasons"),
    text("override_reason"),
    text("note"),
    word("forward_to", SanctionAuthority, optional=True),
    key("assessment_id", optional=True),
    word("recommendation", Recommendation, optional=True),
    word_check("step", CaseStep),
    word_check("from_status", ApplicationStatus),
    word_check("to_status", ApplicationStatus),
    word_check("decision", Decision),
    word_check("forward_to", SanctionAuthority),
    word_check("recommendation", Recommendation),
    at_least("number", 1),
    CheckConstraint(
        "(step IN ('propose', 'decide', 'decide_automatically')) = (decision IS NOT NULL)",
        name="decision_of_its_step",
    ),
    CheckConstraint(
        "(step = 'forward') = (forward_to IS NOT NULL)", name="forward_names_authority"
    ),
    parent("application_id", "applications"),
    # Two checkers at once write the same number: one wins, the other is told.
    Index("uq_case_steps_number", "branch_id", "application_id", "number", unique=True),
)

user_authorities = Table(
    "user_authorities",
    METADATA,
    Column("branch_id", Integer, primary_key=True, autoincrement=False),
    Column("user_id", Key(), ForeignKey("users.user_id"), primary_key=True),
    Column("authority", Words(SanctionAuthority), nullable=False),
    word_check("authority", SanctionAuthority),
)
