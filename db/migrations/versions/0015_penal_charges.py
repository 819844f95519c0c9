"""Penal charges and day-ends are guarded on PostgreSQL; indexes for the day-end.

They find what falls due, what was paid late and, in a book that has never closed a day, the last
class entry.
"""

from alembic import op

from db.guards import penal_charges
from db.migrations import frozen_ddl

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes and, on PostgreSQL, the guards."""
    frozen_ddl.create(op.get_bind(), revision)


def downgrade() -> None:
    """Take both away."""
    connection = op.get_bind()
    for index in ("loans_next_due_date", "instalments_paid_late", "npa_tracking_date"):
        connection.exec_driver_sql(f"DROP INDEX ix_{index}")
    if connection.dialect.name != "postgresql":
        return
    for name, table in penal_charges.TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")
        connection.exec_driver_sql(f"DROP FUNCTION {name}()")
