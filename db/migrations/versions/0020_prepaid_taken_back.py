"""What a month brought early is less what was taken back of it, as its receipts are.

Until here a prepayment whose cheque came back stayed in the sum of the month's early payments.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_MONTHS = {
    "sqlite": "date(r.value_date, 'start of month')",
    "postgresql": "date_trunc('month', r.value_date)::date",
}
# Begins with the early payments, which have an index, and meets each one's reversal by its loan.
_TAKEN_BACK = (
    "SELECT r.branch_id, {month} AS month, l.product_code, r.method, sum(r.amount_paise) AS paise "
    "FROM repayments u "
    "JOIN repayments r ON r.branch_id = u.branch_id AND r.loan_id = u.loan_id "
    "AND r.reverses_id = u.repayment_id "
    "JOIN loans l ON l.branch_id = u.branch_id AND l.loan_id = u.loan_id "
    "WHERE u.kind IN ('Prepayment', 'Closure') GROUP BY 1, 2, 3, 4"
)
# The bank's rows follow at the first look.
_MOVE = (
    "UPDATE repayment_cells SET rolled = 0, prepaid_paise = prepaid_paise {sign} back.paise "
    "FROM ({back}) AS back WHERE repayment_cells.branch_id = back.branch_id "
    "AND repayment_cells.grain = 'M' AND repayment_cells.starts_on = back.month "
    "AND repayment_cells.product_code = back.product_code "
    "AND repayment_cells.method = back.method"
)


def _move(sign: str) -> None:
    connection = op.get_bind()
    back = _TAKEN_BACK.format(month=_MONTHS[connection.dialect.name])
    connection.exec_driver_sql(_MOVE.format(sign=sign, back=back))


def upgrade() -> None:
    """Take what came back out of the sums."""
    _move("+")


def downgrade() -> None:
    """Put it into them again."""
    _move("-")
