"""Changes of rules and products: proposals, and on PostgreSQL the guards of dated rows."""

from alembic import op

from db.migrations import frozen_ddl

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_GUARDED = ("rule_proposals", "products", "rule_values")


def upgrade() -> None:
    """Create the table and the guards."""
    frozen_ddl.create(op.get_bind(), revision)


def downgrade() -> None:
    """Drop the guards and the table."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for table in _GUARDED:
            connection.exec_driver_sql(f"DROP TRIGGER guard_{table} ON {table}")
            connection.exec_driver_sql(f"DROP FUNCTION guard_{table}()")
    frozen_ddl.drop(connection, revision)
