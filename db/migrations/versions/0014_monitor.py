"""Summaries for the portfolio monitor, its alerts, and PostgreSQL's notice of every act."""

import calendar
from datetime import date, timedelta

from alembic import op
from sqlalchemy import Connection, text

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


# The summaries counted from the books: a file of this revision, run once for each branch and day.
_COUNTS, _ANY_BRANCH, _ANY_DAY = "0014_fill", "987654321", "1999-10-03"
_NEVER = date(2000, 1, 1)  # stands for the last closed day where none was
_WAIT = timedelta(days=89)  # a due is 90 days late at the day-end of the 89th day after it
_LAST = "(SELECT max(d.business_date) FROM {} d WHERE d.branch_id = b.branch_id)"
_CLOSED_DAYS = (
    f"SELECT b.branch_id, coalesce({_LAST.format('day_ends')}, {_LAST.format('npa_tracking')}) "
    "FROM (SELECT branch_id FROM loans UNION SELECT branch_id FROM decisions) AS b"
)
_BAD = text("INSERT INTO first_bads VALUES (:branch, :loan, :bad_on, :months)")


def upgrade() -> None:
    """Add the columns and tables with what an older book holds, and PostgreSQL's guards."""
    connection = op.get_bind()
    for column, kind in _ADDED:
        connection.exec_driver_sql(
            f"ALTER TABLE portfolio_cells ADD COLUMN {column} {kind} DEFAULT '0' NOT NULL"
        )
    frozen_ddl.create(connection, revision)
    connection.exec_driver_sql(_FILL)
    for branch_id, day in connection.exec_driver_sql(_CLOSED_DAYS).fetchall():
        _count(connection, branch_id, date.fromisoformat(str(day or _NEVER)))


def _count(connection: Connection, branch_id: int, day: date) -> None:
    """Count the summaries of one branch as of its last closed day."""
    last = (day - _WAIT).isoformat()
    bads, *cells = (
        each.rstrip(";").replace(_ANY_BRANCH, str(branch_id)).replace(_ANY_DAY, last)
        for each in frozen_ddl.statements(_COUNTS, connection.dialect.name)
    )
    found = [
        {
            "branch": branch_id,
            "loan": loan_id,
            "bad_on": (date.fromisoformat(str(due)) + _WAIT).isoformat(),
            "months": _months(
                date.fromisoformat(str(paid_out)), date.fromisoformat(str(due)) + _WAIT
            ),
        }
        for loan_id, paid_out, due in connection.exec_driver_sql(bads).fetchall()
    ]
    if found:
        connection.execute(_BAD, found)
    for statement in cells:
        connection.exec_driver_sql(statement)


def _months(start: date, end: date) -> int:
    """Whole months from one day to another."""
    months = (end.year - start.year) * 12 + end.month - start.month
    last = calendar.monthrange(end.year, end.month)[1]
    return months if min(start.day, last) <= end.day else months - 1


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
