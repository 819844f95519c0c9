"""Notes on customers and corrections of their facts, with PostgreSQL's guards of both."""

from alembic import op

from db.migrations import frozen_ddl

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_GUARDED = ("customer_notes", "fact_corrections")


def upgrade() -> None:
    """Create the tables and the guards."""
    frozen_ddl.create(op.get_bind(), revision)


def downgrade() -> None:
    """Drop the guards and the tables."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for table in _GUARDED:
            connection.exec_driver_sql(f"DROP TRIGGER guard_{table} ON {table}")
            connection.exec_driver_sql(f"DROP FUNCTION guard_{table}()")
    frozen_ddl.drop(connection, revision)
