"""The account of a loan: charges, acts of two people, versions of its schedule, cells, day-ends."""

from alembic import op

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
    frozen_ddl.create(connection, revision)


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
