"""A penal charge of no day-end needs the closing that it belongs to, on PostgreSQL.

SQLite has the services alone; its file of this revision is empty.
"""

from alembic import op

from db.migrations import frozen_ddl

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Write the guard on PostgreSQL."""
    frozen_ddl.create(op.get_bind(), revision)


def downgrade() -> None:
    """Take it away."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP TRIGGER guard_closing_penal ON charges")
        connection.exec_driver_sql("DROP FUNCTION guard_closing_penal()")
