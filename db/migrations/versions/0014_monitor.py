"""Summaries for the portfolio monitor, its alerts, and PostgreSQL's notice of every act."""

from alembic import op

from db.guards import monitor
from db.migrations import frozen_ddl

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ADDED = (("provision_paise", "BIGINT"), ("defaulted_loans", "INTEGER"), ("rolled", "INTEGER"))
_KEYS = (
    "loan_purpose",
    "product_code",
    "provision_segment",
    "asset_class",
    "dpd_bucket",
    "officer_id",
)
_SAME = " AND ".join(f"l.{name} = portfolio_cells.{name}" for name in ("branch_id", *_KEYS))
_SUM = (
    "coalesce((SELECT sum(WHAT) FROM loans l JOIN customers c ON c.branch_id = l.branch_id "
    "AND c.customer_id = l.customer_id WHERE l.status IN ('Active', 'Defaulted') "
    f"AND {_SAME} AND coalesce(c.state, '') = portfolio_cells.state), 0)"
)
_DEFAULTED = "CASE WHEN l.defaulted_on IS NULL THEN 0 ELSE 1 END"
_FILL = (
    f"UPDATE portfolio_cells SET provision_paise = {_SUM.replace('WHAT', 'l.provision_paise')}, "
    f"defaulted_loans = {_SUM.replace('WHAT', _DEFAULTED)}"
)


def upgrade() -> None:
    """Add the columns and tables and, on PostgreSQL, the guards; the next day-end counts them."""
    connection = op.get_bind()
    for column, kind in _ADDED:
        connection.exec_driver_sql(
            f"ALTER TABLE portfolio_cells ADD COLUMN {column} {kind} DEFAULT '0' NOT NULL"
        )
    frozen_ddl.create(connection, revision)
    connection.exec_driver_sql(_FILL)


def downgrade() -> None:
    """Drop the guards, the tables and the columns."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for trigger, table in monitor.TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger} ON {table}")
            connection.exec_driver_sql(f"DROP FUNCTION {trigger}()")
    frozen_ddl.drop(connection, revision)
    connection.exec_driver_sql("DROP INDEX ix_portfolio_cells_stale")
    for column, _kind in reversed(_ADDED):
        connection.exec_driver_sql(f"ALTER TABLE portfolio_cells DROP COLUMN {column}")
