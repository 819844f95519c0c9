"""What all branches share: rule rows, products, people of the desk, models, the book's kind."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from db.tables.columns import (
    METADATA,
    PLAIN_TEXT,
    Key,
    Words,
    at_least,
    day,
    instant,
    key,
    number,
    text,
    truth,
    word,
    word_check,
)
from db.vocabulary.operations import ModelRole, RuleState
from db.vocabulary.people import Role, UserState

# Rows are closed, never edited; periods of one code and segment never overlap.
rule_values = Table(
    "rule_values",
    METADATA,
    key("row_id", primary=True),
    text("code"),
    text("segment"),
    text("value"),  # JSON: a whole number, true, false, text or null
    text("unit"),
    text("compare", optional=True),
    day("effective_from"),
    day("effective_to", optional=True),
    text("description"),
    text("source"),
    text("confirm", optional=True),
    text("used_by"),
    text("proposed_by"),
    text("approved_by", optional=True),
    CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="two_persons"),
    CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="period"),
    UniqueConstraint("code", "segment", "effective_from", name="uq_rule_values_key"),
)

products = Table(
    "products",
    METADATA,
    key("row_id", primary=True),
    text("product_code"),
    text("definition"),  # JSON, as products-and-rules.md describes it
    day("effective_from"),
    day("effective_to", optional=True),
    text("source"),
    text("proposed_by"),
    text("approved_by", optional=True),
    CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="two_persons"),
    CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="period"),
    UniqueConstraint("product_code", "effective_from", name="uq_products_key"),
)

# A change of a rule or a product that one person proposes and another decides.
rule_proposals = Table(
    "rule_proposals",
    METADATA,
    key("proposal_id", primary=True),
    text("code", optional=True),
    text("segment", optional=True),
    text("product_code", optional=True),
    text("value"),  # JSON: the value of a rule, or the changed fields of a product
    day("effective_from"),
    day("effective_to", optional=True),
    text("source"),
    text("reason"),
    word("state", RuleState),
    text("proposed_by"),
    instant("proposed_at"),
    text("decided_by", optional=True),
    instant("decided_at", optional=True),
    text("note"),
    number("version"),
    word_check("state", RuleState),
    CheckConstraint(
        "(code IS NOT NULL AND segment IS NOT NULL AND product_code IS NULL)"
        " OR (code IS NULL AND segment IS NULL AND product_code IS NOT NULL)",
        name="one_subject",
    ),
    CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="two_persons"),
    CheckConstraint("state = 'Proposed' OR decided_by IS NOT NULL", name="decided_by_somebody"),
    CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="period"),
    Index("ix_rule_proposals_state", "state", "proposed_at"),
)

users = Table(
    "users",
    METADATA,
    key("user_id", primary=True),
    text("staff_id"),
    text("staff_key"),  # the staff id casefolded: sign-in does not mind capitals
    text("full_name"),
    word("state", UserState),
    number("branch_id"),
    text("password_hash", optional=True),
    number("failed_tries"),
    instant("locked_until", optional=True),
    instant("last_sign_in_at", optional=True),
    word_check("state", UserState),
    at_least("failed_tries", 0),
    Index("uq_users_staff_key", "staff_key", unique=True),
)

user_branches = Table(
    "user_branches",
    METADATA,
    Column("branch_id", Integer, primary_key=True, autoincrement=False),
    Column("user_id", Key(), ForeignKey("users.user_id"), primary_key=True),
    Column("role", Words(Role), primary_key=True),
    word_check("role", Role),
    Index("ix_user_branches_user", "user_id"),
)

models = Table(
    "models",
    METADATA,
    Column("model_id", PLAIN_TEXT, primary_key=True),
    text("sha256"),
    word("role", ModelRole),
    day("trained_to"),
    instant("registered_at"),
    text("card"),
    word_check("role", ModelRole),
)

# One row: what kind of book this is.
book = Table(
    "book",
    METADATA,
    Column("book_id", Integer, primary_key=True, autoincrement=False),
    truth("sandbox"),
    day("as_of", optional=True),
    CheckConstraint("book_id = 1", name="one_row"),
)
