"""A loan begins with its payment, and what goes out is what two people agreed on: guards only.

SQLite has the services alone; its file of this revision is empty.
"""

from alembic import op

from db.migrations import frozen_ddl

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_GUARDED_FIRST = "0008"


def upgrade() -> None:
    """Write the guards on PostgreSQL."""
    frozen_ddl.create(op.get_bind(), revision)


def downgrade() -> None:
    """Take them away; payments are guarded as before."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    run = connection.exec_driver_sql
    run("DROP TRIGGER guard_loans_stay ON loans")
    run("DROP TRIGGER guard_loan_start ON loans")
    run("DROP FUNCTION guard_loan_start()")
    frozen_ddl.restore_functions(connection, _GUARDED_FIRST, ["guard_disbursements"])
