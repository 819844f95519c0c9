"""Summaries of the book for the portfolio monitor, and its alerts.

Every summary stands at branch grain and equals a count of the books at any moment (data-and-sync.md
3). Rows of branch 0 are the bank: they are added up from the branches' rows, never from the books.
`rolled` is 1 once the bank's rows hold what a branch's row says.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Index, Integer, Table
from sqlalchemy import text as sql_text

from db.records.monitor import WHOLE_BANK
from db.tables.columns import (
    METADATA,
    PLAIN_TEXT,
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
    started,
    text,
    word,
    word_check,
)
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass, ProvisionSegment
from db.vocabulary.operations import Alert, AlertLevel

BANK = WHOLE_BANK
"""The branch whose rows are sums over all branches."""


def _part(name: str) -> Column[str]:
    return Column(name, PLAIN_TEXT, primary_key=True)


def _day_part(name: str) -> Column[date]:
    return Column(name, Date, primary_key=True)


def _word_part(name: str, words: type[StrEnum]) -> Column[StrEnum]:
    return Column(name, Words(words), primary_key=True)


def _rolled() -> Column[int]:
    return started("rolled", Integer, "0")


def _stale(table: str, *columns: str) -> Index:
    """The rows that the bank does not hold yet, found without reading the others."""
    waits = sql_text("rolled = 0")
    return Index(
        f"ix_{table}_stale", "branch_id", *columns, postgresql_where=waits, sqlite_where=waits
    )


# Dues by due date, of days (grain D) and of months (M), and receipts by month of their value date;
# dues stand in rows without a method. What asks for nothing is no due.
repayment_cells = Table(
    "repayment_cells",
    METADATA,
    branch(),
    _part("grain"),
    _day_part("starts_on"),
    _part("product_code"),
    _part("method"),
    number("dues"),
    paise("due_paise"),
    number("on_time"),
    number("late"),
    number("unpaid"),
    paise("paid_paise"),
    number("receipts"),
    paise("received_paise"),
    paise("interest_paise"),
    paise("principal_paise"),
    paise("fees_paise"),
    paise("prepaid_paise"),
    _rolled(),
    CheckConstraint("grain IN ('D', 'M')", name="grain_word"),
    _stale("repayment_cells", "grain", "starts_on"),
)

# Months of decisions, of money paid out, and of loans that turned Defaulted.
month_cells = Table(
    "month_cells",
    METADATA,
    branch(),
    _day_part("month"),
    _part("product_code"),
    number("decided"),
    number("approved"),
    paise("disbursed_paise"),
    number("defaulted"),
    _rolled(),
    _stale("month_cells"),
)

# Loans by month of disbursement; `bad` ones became so in that month on book. What was paid out
# stands at month 0.
vintage_cells = Table(
    "vintage_cells",
    METADATA,
    branch(),
    _day_part("cohort"),
    _part("product_code"),
    Column("months_on_book", Integer, primary_key=True, autoincrement=False),
    number("loans"),
    paise("principal_paise"),
    number("bad_loans"),
    paise("bad_paise"),
    _rolled(),
    _stale("vintage_cells"),
)

# The first day-end at which a loan was so late that its cohort counts it.
first_bads = Table(
    "first_bads",
    METADATA,
    branch(),
    key("loan_id", primary=True),
    day("first_bad_on"),
    number("months_on_book"),
    parent("loan_id", "loans"),
)

# Figures of open loans that no cell of the portfolio knows, under the words by which the monitor
# names them: security by kind, bands of owed over its accepted value, breaches, old valuations,
# moves from class to class since the last month end, sizes. Counted anew, never moved.
position_cells = Table(
    "position_cells",
    METADATA,
    branch(),
    _part("product_code"),
    _part("figure"),
    _part("part"),
    _part("other_part"),
    number("loans"),
    paise("amount_paise"),
    _rolled(),
    _stale("position_cells"),
)

# As of which day-end the position cells of a branch were counted; empty where they do not hold.
# They hold while `counted` is 1 in every cell of the branch.
counted_positions = Table(
    "counted_positions", METADATA, branch(), day("business_date", optional=True)
)

# The cells of a branch at a month's last day.
month_end_cells = Table(
    "month_end_cells",
    METADATA,
    branch(),
    _day_part("month_end"),
    _word_part("loan_purpose", LoanPurpose),
    _part("product_code"),
    _word_part("provision_segment", ProvisionSegment),
    _word_part("asset_class", AssetClass),
    _word_part("dpd_bucket", DpdBucket),
    Column("officer_id", Key(), primary_key=True),
    _part("state"),
    number("loans"),
    paise("principal_paise"),
    paise("outstanding_paise"),
    paise("overdue_paise"),
    paise("provision_paise"),
    number("defaulted_loans"),
    _rolled(),
    _stale("month_end_cells", "month_end"),
)

# The same, coarse enough for lines of many months; counted from the snapshots of single loans.
month_end_sums = Table(
    "month_end_sums",
    METADATA,
    branch(),
    _day_part("month_end"),
    _part("product_code"),
    _word_part("asset_class", AssetClass),
    _word_part("dpd_bucket", DpdBucket),
    number("loans"),
    paise("outstanding_paise"),
    paise("overdue_paise"),
    paise("provision_paise"),
    number("defaulted_loans"),
    _rolled(),
    _stale("month_end_sums", "month_end"),
)

# Where the loans of one month end stood at the next: a bucket, Closed or Written-off.
roll_cells = Table(
    "roll_cells",
    METADATA,
    branch(),
    _day_part("month_end"),
    _part("product_code"),
    _word_part("dpd_bucket", DpdBucket),
    _part("outcome"),
    number("loans"),
    paise("opening_paise"),
    _rolled(),
    _stale("roll_cells", "month_end"),
)

# Branch 0 for alerts of the whole bank. At most one of a kind stands uncleared.
alerts = Table(
    "alerts",
    METADATA,
    branch(),
    key("alert_id", primary=True),
    word("rule", Alert),
    word("level", AlertLevel),
    number("value_ppm"),
    number("limit_ppm"),
    day("since"),
    instant("raised_at"),
    day("cleared_on", optional=True),
    key("acknowledged_by", optional=True),
    instant("acknowledged_at", optional=True),
    text("note"),
    day("snoozed_until", optional=True),
    number("version"),
    word_check("rule", Alert),
    word_check("level", AlertLevel),
    at_least("version", 1),
    CheckConstraint(
        "(acknowledged_by IS NULL) = (acknowledged_at IS NULL)", name="acknowledged_by_someone"
    ),
    Index(
        "uq_alerts_standing",
        "branch_id",
        "rule",
        unique=True,
        postgresql_where=sql_text("cleared_on IS NULL"),
        sqlite_where=sql_text("cleared_on IS NULL"),
    ),
    Index("ix_alerts_raised", "branch_id", "raised_at"),
)

# What became of alerts; append-only.
alert_log = Table(
    "alert_log",
    METADATA,
    branch(),
    key("entry_id", primary=True),
    key("alert_id"),
    text("entry"),
    word("level", AlertLevel),
    Column("value_ppm", BigInteger, nullable=False),
    text("note"),
    day("business_date"),
    day("snoozed_until", optional=True),
    key("actor_id", optional=True),
    instant("recorded_at"),
    word_check("level", AlertLevel),
    CheckConstraint(
        "entry IN ('Raised', 'Moved', 'Acknowledged', 'Snoozed', 'Cleared')", name="entry_word"
    ),
    parent("alert_id", "alerts"),
    Index("ix_alert_log_alert", "branch_id", "alert_id", "recorded_at"),
    Index("ix_alert_log_recorded", "branch_id", "recorded_at"),
)

NO_OFFICER = UUID(int=0)
"""Stands in the bank's cells, which are added up over officers."""
