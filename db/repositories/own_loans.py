"""What our own books say of a customer: open loans, late payments, any NPA.

Source: machine-learning.md 3, features 18, 19 and the refusal for an NPA in force. Late = paid, or
still unpaid, more than 30 days after the due date, among dues of the last 24 months.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select

from db.records.loans import OwnLoans
from db.repositories.month_ends import months_before
from db.repositories.session import MOST_IDS, Session
from db.tables.loans import instalments, loans
from db.vocabulary.loan_life import AssetClass, LoanStatus

LATE_AFTER = timedelta(days=30)
WINDOW_MONTHS = 24
NPA_CLASSES = (
    AssetClass.SUB_STANDARD,
    AssetClass.DOUBTFUL_1,
    AssetClass.DOUBTFUL_2,
    AssetClass.DOUBTFUL_3,
    AssetClass.LOSS,
)
OPEN_STATUSES = (LoanStatus.ACTIVE, LoanStatus.DEFAULTED)


def own_loans(
    session: Session, branch_id: int, customer_ids: Sequence[UUID], today: date
) -> dict[UUID, OwnLoans]:
    """Return a record for every id asked for; a customer without loans has zeros."""
    active: Counter[UUID] = Counter()
    late: Counter[UUID] = Counter()
    npa: set[UUID] = set()
    for start in range(0, len(customer_ids), MOST_IDS):
        ids = customer_ids[start : start + MOST_IDS]
        query = select(loans.c.customer_id, loans.c.status, loans.c.asset_class).where(
            loans.c.branch_id == branch_id, loans.c.customer_id.in_(ids)
        )
        for row in session.rows(query):
            if row["status"] in OPEN_STATUSES:
                active[row["customer_id"]] += 1
                if row["asset_class"] in NPA_CLASSES:
                    npa.add(row["customer_id"])
        late.update(_late_payers(session, branch_id, ids, today))
    return {one: OwnLoans(active[one], late[one], one in npa) for one in customer_ids}


def _late_payers(session: Session, branch_id: int, ids: Sequence[UUID], today: date) -> list[UUID]:
    """One id for every late due; days are compared here, as the engines differ in date sums."""
    own = and_(
        instalments.c.branch_id == loans.c.branch_id, instalments.c.loan_id == loans.c.loan_id
    )
    query = (
        select(loans.c.customer_id, instalments.c.due_date, instalments.c.paid_on)
        .join_from(loans, instalments, own)
        .where(
            loans.c.branch_id == branch_id,
            loans.c.customer_id.in_(ids),
            instalments.c.due_date > months_before(today, WINDOW_MONTHS),
            instalments.c.due_date < today - LATE_AFTER,
            or_(
                instalments.c.paid_on.is_(None),
                instalments.c.paid_on > instalments.c.due_date,
            ),
        )
    )
    return [
        row["customer_id"]
        for row in session.rows(query)
        if min(row["paid_on"] or today, today) - row["due_date"] > LATE_AFTER
    ]
