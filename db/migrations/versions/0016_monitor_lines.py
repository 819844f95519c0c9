"""Indexes for what the monitor lists of one month: prepayments, and receipts taken back."""

from alembic import op

from db.migrations import frozen_ddl

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    frozen_ddl.create(op.get_bind(), revision)


def downgrade() -> None:
    """Take them away."""
    for index in ("repayments_early", "loan_acts_taken_back"):
        op.get_bind().exec_driver_sql(f"DROP INDEX ix_{index}")
