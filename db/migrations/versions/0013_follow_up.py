"""Contacts, promises to pay and follow-ups put off, with PostgreSQL's guards of them."""

from alembic import op

from db.guards import follow_up
from db.migrations import frozen_ddl

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the guards."""
    frozen_ddl.create(op.get_bind(), revision)


def downgrade() -> None:
    """Drop the guards and the tables."""
    connection = op.get_bind()
    guarded = connection.dialect.name == "postgresql"
    if guarded:
        for table in follow_up.GUARDED:
            connection.exec_driver_sql(f"DROP TRIGGER guard_{table} ON {table}")
            connection.exec_driver_sql(f"DROP FUNCTION guard_{table}()")
    frozen_ddl.drop(connection, revision)
    if guarded:
        connection.exec_driver_sql("DROP FUNCTION contact_entry_is_open(timestamptz)")
