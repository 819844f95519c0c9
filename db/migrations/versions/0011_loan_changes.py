"""Schedules, closings, prepayments, write-offs and recoveries are guarded on PostgreSQL.

SQLite has the services alone; its file of this revision is empty.
"""

from alembic import op

from db.guards import loan_changes
from db.migrations import frozen_ddl

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Write the guards on PostgreSQL."""
    frozen_ddl.create(op.get_bind(), revision)


def downgrade() -> None:
    """Take them away."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    for name, table in loan_changes.TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")
        connection.exec_driver_sql(f"DROP FUNCTION {name}()")
