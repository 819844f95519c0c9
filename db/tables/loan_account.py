"""What hangs on a loan's account beside its schedule and its receipts.

Charges stand in a ledger of their own (lending-rules.md 5.3), acts of two people wait in
`loan_acts`, a changed schedule keeps its older versions, and the branch's cells move in the
transaction of every posting (data-and-sync.md 3 and 4).
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table
from sqlalchemy import text as sql_text

from db.tables.columns import (
    METADATA,
    Key,
    Words,
    at_least,
    branch,
    day,
    instant,
    key,
    number,
    paise,
    parent,
    sealed,
    started,
    text,
    word,
    word_check,
)
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_account import ActState, ChargeEntry, ChargeKind, DpdBucket, LoanAct
from db.vocabulary.loan_life import AssetClass, ProvisionSegment

# Append-only. What has been paid of them stands in `repayments.charges_paise`.
charges = Table(
    "charges",
    METADATA,
    branch(),
    key("charge_id", primary=True),
    key("loan_id"),
    word("entry", ChargeEntry),
    word("kind", ChargeKind),
    day("value_date"),
    instant("recorded_at"),
    paise("amount_paise"),
    text("reason"),
    day("due_date", optional=True),
    key("reverses_id", optional=True),
    key("actor_id"),
    word_check("entry", ChargeEntry),
    word_check("kind", ChargeKind),
    at_least("amount_paise", 1),
    CheckConstraint("reason <> ''", name="charge_says_why"),
    CheckConstraint("(entry = 'Reversed') = (reverses_id IS NOT NULL)", name="reversal_names_one"),
    parent("loan_id", "loans"),
    Index("ix_charges_loan", "branch_id", "loan_id", "value_date"),
    Index("ix_charges_date", "branch_id", "value_date", "amount_paise"),
)

TAKEN_BACK = "act = 'RECEIPT_REVERSAL'"

# What one person proposes and another confirms; terms, before and after are canonical JSON.
loan_acts = Table(
    "loan_acts",
    METADATA,
    branch(),
    key("act_id", primary=True),
    word("act", LoanAct),
    key("application_id"),
    key("loan_id", optional=True),  # none yet while a first disbursement waits
    day("value_date"),
    word("state", ActState),
    text("terms"),
    text("before"),
    text("after"),
    text("reason"),
    text("note"),
    key("maker_id"),
    instant("made_at"),
    key("checker_id", optional=True),
    instant("decided_at", optional=True),
    number("base_version"),
    number("version"),
    sealed("account_sealed"),  # terms hold its mask
    word_check("act", LoanAct),
    word_check("state", ActState),
    at_least("version", 1),
    CheckConstraint("checker_id IS NULL OR checker_id <> maker_id", name="maker_is_not_checker"),
    CheckConstraint(
        "state NOT IN ('Posted', 'Declined') OR checker_id IS NOT NULL", name="decided_by_another"
    ),
    parent("application_id", "applications"),
    Index("ix_loan_acts_state", "branch_id", "state", "made_at"),
    Index("ix_loan_acts_loan", "branch_id", "loan_id", "made_at"),
    Index("ix_loan_acts_application", "branch_id", "application_id", "made_at"),
    Index(
        "ix_loan_acts_taken_back",
        "branch_id",
        "decided_at",
        postgresql_where=sql_text(TAKEN_BACK),
        sqlite_where=sql_text(TAKEN_BACK),
    ),
)

# A schedule as it was agreed: its terms and the rule rows it stands on. Version 1 is the contract.
schedules = Table(
    "schedules",
    METADATA,
    branch(),
    Column("loan_id", Key(), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    key("act_id", optional=True),
    day("from_date"),
    paise("emi_paise"),
    number("rate_ppm"),
    number("instalments"),
    text("rule_rows"),
    instant("recorded_at"),
    at_least("version", 1),
    parent("loan_id", "loans"),
)

# The instalments of a version that a later one replaced; those in force stand in `instalments`.
past_instalments = Table(
    "past_instalments",
    METADATA,
    branch(),
    Column("loan_id", Key(), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    day("due_date"),
    paise("opening_paise"),
    paise("interest_paise"),
    paise("principal_paise"),
    paise("closing_paise"),
    paise("paid_interest_paise"),
    paise("paid_principal_paise"),
    day("paid_on", optional=True),
    parent("loan_id", "loans"),
)

day_ends = Table(
    "day_ends",
    METADATA,
    branch(),
    Column("business_date", day("business_date").type, primary_key=True),
    instant("recorded_at"),
    key("actor_id"),
    number("loans"),
    number("moved"),
    paise("provision_paise"),
    number("pending_receipts"),
    text("details"),
    at_least("loans", 0),
)

# One row for every mix of dimensions in which the branch has a loan; bucket and class move at
# day-end only, money at once.
portfolio_cells = Table(
    "portfolio_cells",
    METADATA,
    branch(),
    Column("loan_purpose", Words(LoanPurpose), primary_key=True),
    Column("product_code", text("product_code").type, primary_key=True),
    Column("provision_segment", Words(ProvisionSegment), primary_key=True),
    Column("asset_class", Words(AssetClass), primary_key=True),
    Column("dpd_bucket", Words(DpdBucket), primary_key=True),
    Column("officer_id", Key(), primary_key=True),
    Column("state", text("state").type, primary_key=True),
    number("loans"),
    paise("principal_paise"),
    paise("outstanding_paise"),
    paise("overdue_paise"),
    # From revision 0014 on: the provision, loans that ever turned Defaulted, and whether the bank's
    # cells hold this one.
    started("provision_paise", BigInteger, "0"),
    started("defaulted_loans", Integer, "0"),
    started("rolled", Integer, "0"),
    # From revision 0017 on: whether the position cells were counted since this one moved.
    started("counted", Integer, "0"),
    at_least("loans", 0),
    at_least("outstanding_paise", 0),
    Index(
        "ix_portfolio_cells_uncounted",
        "branch_id",
        postgresql_where=sql_text("counted = 0"),
        sqlite_where=sql_text("counted = 0"),
    ),
    Index(
        "ix_portfolio_cells_stale",
        "branch_id",
        postgresql_where=sql_text("rolled = 0"),
        sqlite_where=sql_text("rolled = 0"),
    ),
)

month_end_snapshots = Table(
    "month_end_snapshots",
    METADATA,
    branch(),
    Column("month_end", day("month_end").type, primary_key=True),
    Column("loan_id", Key(), primary_key=True),
    word("asset_class", AssetClass),
    word("dpd_bucket", DpdBucket),
    paise("outstanding_paise"),
    paise("overdue_paise"),
    paise("provision_paise"),
    word_check("asset_class", AssetClass),
    word_check("dpd_bucket", DpdBucket),
    parent("loan_id", "loans"),
)
