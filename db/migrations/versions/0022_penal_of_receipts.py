"""The receipt that pays a loan off late brings a penal charge too, on PostgreSQL.

Until here only a closing that two people posted did. SQLite has the services alone; its file of
this revision is empty.
"""

from alembic import op
from sqlalchemy import Connection

from db.migrations import frozen_ddl

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_GUARDED_FIRST = "0019"


def _write(connection: Connection, guarded: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP TRIGGER guard_closing_penal ON charges")
        connection.exec_driver_sql("DROP FUNCTION guard_closing_penal()")
    frozen_ddl.create(connection, guarded)


def upgrade() -> None:
    """Write the guard anew on PostgreSQL."""
    _write(op.get_bind(), revision)


def downgrade() -> None:
    """Put the one of before back."""
    _write(op.get_bind(), _GUARDED_FIRST)
