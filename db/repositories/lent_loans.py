"""Which loans were lent at all."""

from sqlalchemy import and_, func, not_, select

from db.tables.loans import disbursements, loans
from db.vocabulary.loan_life import LoanStatus

_PAID_OUT = (
    select(func.sum(disbursements.c.amount_paise))
    .where(
        disbursements.c.branch_id == loans.c.branch_id,
        disbursements.c.loan_id == loans.c.loan_id,
    )
    .correlate(loans)
    .scalar_subquery()
)
# A loan whose payments out were taken back was never lent: its row stays, closed on the day of the
# first of them. Payments are added up last, for the few loans that ended on the day they began.
WAS_LENT = not_(
    and_(
        loans.c.status == LoanStatus.CLOSED,
        loans.c.closed_on == loans.c.disbursement_date,
        func.coalesce(_PAID_OUT, 1) == 0,
    )
)
