"""Letters the desk made; PostgreSQL guards them, and a decision whose letter stands."""

from alembic import op

from db.migrations import frozen_ddl

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and the guards."""
    frozen_ddl.create(op.get_bind(), revision)


def downgrade() -> None:
    """Drop the guards and the table."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP TRIGGER guard_documents ON documents")
        connection.exec_driver_sql("DROP FUNCTION guard_documents()")
        connection.exec_driver_sql("DROP TRIGGER guard_recalls ON case_steps")
        connection.exec_driver_sql("DROP FUNCTION guard_recalls()")
    frozen_ddl.drop(connection, revision)
