"""An index of the reversals: who asks whether a receipt was taken back reads no other receipt.

A loan has dozens of receipts; the repayment tab of the bank asked for all of them of each loan that
had paid early.
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.get_bind().exec_driver_sql(
        "CREATE INDEX ix_repayments_reversal ON repayments (branch_id, loan_id, reverses_id) "
        "WHERE reverses_id IS NOT NULL"
    )


def downgrade() -> None:
    """Take it away."""
    op.get_bind().exec_driver_sql("DROP INDEX ix_repayments_reversal")
