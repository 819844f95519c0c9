"""The account of a loan: charges, acts of two people, versions of its schedule, cells, day-ends."""

import json

from alembic import op
from sqlalchemy import Connection

from db.migrations import frozen_ddl

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KINDS = (
    "'Receipt', 'Reversal', 'Reallocation', 'Advance Used', 'Prepayment', 'Closure', "
    "'Capitalisation', 'Recovery'"
)
_BUCKETS = "'0', '1-30', '31-60', '61-90', '90+'"
_SEGMENTS = (
    "'OTHER', 'HOUSING', 'SME_MICRO_SMALL', 'AGRI', 'CRE', 'CRE_RH', 'HOUSING_TEASER', "
    "'RESTRUCTURED'"
)
# (table, column, its type, its first value, the words it may hold)
_ADDED = (
    ("loans", "advance_paise", "BIGINT", "0", ""),
    ("loans", "charges_due_paise", "BIGINT", "0", ""),
    ("loans", "dpd_bucket", "WORD", "0", _BUCKETS),
    ("loans", "provision_segment", "WORD", "OTHER", _SEGMENTS),
    ("loans", "provision_paise", "BIGINT", "0", ""),
    ("loans", "restructured_on", "DATE", None, ""),
    ("loans", "written_off_paise", "BIGINT", None, ""),
    ("repayments", "kind", "WORD", "Receipt", _KINDS),
    ("repayments", "corrects_id", "KEY", None, ""),
    ("repayments", "actor_id", "KEY", None, ""),
    ("repayments", "payer", "WORD", None, ""),
    ("disbursements", "reverses_id", "KEY", None, ""),
    ("disbursements", "act_id", "KEY", None, ""),
    ("disbursements", "account", "WORD", None, ""),
)
_TYPES = {
    "sqlite": {"WORD": "TEXT", "KEY": "BLOB"},
    "postgresql": {"WORD": 'TEXT COLLATE "C"', "KEY": "UUID"},
}

# The newest entry of a branch's class history is its last day-end; bounds of data-and-sync.md 3.
_LAST = "(SELECT max(n.business_date) FROM npa_tracking n WHERE n.branch_id = loans.branch_id)"
_DAYS = (
    f"julianday({_LAST}) - julianday(oldest_unpaid_due) + 1",
    f"{_LAST} - oldest_unpaid_due + 1",
)
_BUCKET = (
    "UPDATE loans SET dpd_bucket = CASE WHEN DAYS <= 30 THEN '1-30' WHEN DAYS <= 60 THEN '31-60' "
    "WHEN DAYS <= 90 THEN '61-90' ELSE '90+' END "
    "WHERE oldest_unpaid_due IS NOT NULL AND DAYS >= 1"
)
_PROVISION = (
    "UPDATE loans SET provision_paise = coalesce((SELECT n.provision_paise FROM npa_tracking n "
    "WHERE n.branch_id = loans.branch_id AND n.loan_id = loans.loan_id "
    "ORDER BY n.business_date DESC, n.recorded_at DESC, n.entry_id DESC LIMIT 1), 0) "
    "WHERE status IN ('Active', 'Defaulted')"
)
_PLACE = (
    "l.branch_id, l.loan_purpose, l.product_code, l.provision_segment, l.asset_class, "
    "l.dpd_bucket, l.officer_id, coalesce(c.state, '')"
)
_CELLS = (
    f"INSERT INTO portfolio_cells SELECT {_PLACE}, count(*), sum(l.principal_paise), "
    "sum(l.outstanding_paise), sum(l.overdue_paise) FROM loans l JOIN customers c "
    "ON c.branch_id = l.branch_id AND c.customer_id = l.customer_id "
    f"WHERE l.status IN ('Active', 'Defaulted') GROUP BY {_PLACE}"
)
_GUARDS = (
    *(
        (f"guard_{table}", table, f"guard_{table}")
        for table in ("loan_acts", "repayments", "disbursements", "charges")
    ),
    ("guard_loan_balance", "loans", "guard_loan_balance"),
    ("guard_loan_class", "loans", "guard_loan_class"),
    ("guard_npa_tracking", "npa_tracking", "guard_only_added"),
)


def upgrade() -> None:
    """Add the columns, create the tables and, on PostgreSQL, the guards."""
    connection = op.get_bind()
    types = _TYPES[connection.dialect.name]
    for table, column, kind, first, words in _ADDED:
        starts = "" if first is None else f" DEFAULT '{first}' NOT NULL"
        check = f" CONSTRAINT ck_{table}_{column}_word CHECK ({column} IN ({words}))"
        connection.exec_driver_sql(
            f"ALTER TABLE {table} ADD COLUMN {column} {types.get(kind, kind)}{starts}"
            f"{check if words else ''}"
        )
    _fill(connection)
    frozen_ddl.create(connection, revision)
    connection.exec_driver_sql(_CELLS)


def _fill(connection: Connection) -> None:
    """Give the loans of an older book their segment, and what their last day-end knew."""
    products = connection.exec_driver_sql(
        "SELECT product_code, definition FROM products ORDER BY effective_from"
    )
    for product_code, definition in products.fetchall():
        segment = json.loads(definition)["provision_segment"]
        assert f"'{segment}'" in _SEGMENTS  # noqa: S101  # a word of ours, as the CHECK says too
        connection.exec_driver_sql(
            f"UPDATE loans SET provision_segment = '{segment}' "  # noqa: S608  # shipped words
            f"WHERE product_code = '{product_code}'"
        )
    is_postgresql = connection.dialect.name == "postgresql"
    connection.exec_driver_sql(_BUCKET.replace("DAYS", _DAYS[is_postgresql]))
    connection.exec_driver_sql(_PROVISION)


def downgrade() -> None:
    """Drop the guards, the tables and the columns."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for trigger, table, function in _GUARDS:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger} ON {table}")
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}() CASCADE")
    frozen_ddl.drop(connection, revision)
    for table, column, *_rest in reversed(_ADDED):
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
