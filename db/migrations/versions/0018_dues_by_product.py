"""The dues of each day are kept by product, as those of months are; receipts by month alone.

Nobody reads the receipts of a day, and a part of the book is looked at by product.
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_OLD = "DELETE FROM repayment_cells WHERE grain = 'D'"
_COLUMNS = (
    "INSERT INTO repayment_cells (branch_id, grain, starts_on, product_code, method, dues, "
    "due_paise, on_time, late, unpaid, paid_paise, receipts, received_paise, interest_paise, "
    "principal_paise, fees_paise, prepaid_paise) "
)
_DUES = (
    "count(*), sum(i.interest_paise + i.principal_paise), "
    "sum(CASE WHEN i.paid_on <= i.due_date THEN 1 ELSE 0 END), "
    "sum(CASE WHEN i.paid_on > i.due_date THEN 1 ELSE 0 END), "
    "sum(CASE WHEN i.paid_on IS NULL THEN 1 ELSE 0 END), "
    "sum(i.paid_interest_paise + i.paid_principal_paise), 0, 0, 0, 0, 0, 0 FROM instalments i "
)
_ASKED = "WHERE i.interest_paise + i.principal_paise > 0 "
_LOAN = "JOIN loans l ON l.branch_id = i.branch_id AND l.loan_id = i.loan_id "
_BY_PRODUCT = (
    f"{_COLUMNS}SELECT i.branch_id, 'D', i.due_date, l.product_code, '', {_DUES}{_LOAN}{_ASKED}"
    "GROUP BY i.branch_id, i.due_date, l.product_code"
)
_OF_ALL = (
    f"{_COLUMNS}SELECT i.branch_id, 'D', i.due_date, '', '', {_DUES}{_ASKED}"
    "GROUP BY i.branch_id, i.due_date"
)
_RECEIPTS = (
    f"{_COLUMNS}SELECT r.branch_id, 'D', r.value_date, '', r.method, 0, 0, 0, 0, 0, 0, "
    "sum(CASE WHEN r.amount_paise > 0 THEN 1 WHEN r.amount_paise < 0 THEN -1 ELSE 0 END), "
    "sum(r.amount_paise), sum(r.interest_paise), sum(r.principal_paise), sum(r.charges_paise), "
    "sum(CASE WHEN r.kind IN ('Prepayment', 'Closure') THEN r.amount_paise ELSE 0 END) "
    "FROM repayments r GROUP BY r.branch_id, r.value_date, r.method"
)


def upgrade() -> None:
    """Count the dues of every day anew; the bank's rows follow at the first look."""
    for statement in (_OLD, _BY_PRODUCT):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Count dues and receipts of all products together."""
    for statement in (_OLD, _OF_ALL, _RECEIPTS):
        op.get_bind().exec_driver_sql(statement)
