"""What our own books say of a customer: open loans, late payments, any NPA.

Source: machine-learning.md 3, features 18, 19 and the refusal for an NPA in force. Late = paid, or
still unpaid, more than 30 days after the due date, among dues of the last 24 months.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from db.records.loans import OwnLoans
from db.records.months import months_before
from db.repositories.session import MOST_IDS, Session, among
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
        query = select(
            loans.c.customer_id, loans.c.loan_id, loans.c.status, loans.c.asset_class
        ).where(loans.c.branch_id == branch_id, among(loans.c.customer_id, ids))
        owners: dict[UUID, UUID] = {}
        for row in session.rows(query):
            owners[row["loan_id"]] = row["customer_id"]
            if row["status"] in OPEN_STATUSES:
                active[row["customer_id"]] += 1
                if row["asset_class"] in NPA_CLASSES:
                    npa.add(row["customer_id"])
        late.update(owners[loan_id] for loan_id in _late_dues(session, branch_id, owners, today))
    return {one: OwnLoans(active[one], late[one], one in npa) for one in customer_ids}


def _late_dues(
    session: Session, branch_id: int, loan_ids: Iterable[UUID], today: date
) -> Iterator[UUID]:
    """The loan of every late due.

    Days are compared here: the engines differ in date sums, and a limit on the due date would make
    SQLite read the dues of the whole branch instead of these loans'.
    """
    first, last = months_before(today, WINDOW_MONTHS), today - LATE_AFTER
    wanted = list(loan_ids)
    for start in range(0, len(wanted), MOST_IDS):
        query = select(instalments.c.loan_id, instalments.c.due_date, instalments.c.paid_on).where(
            instalments.c.branch_id == branch_id,
            among(instalments.c.loan_id, wanted[start : start + MOST_IDS]),
            or_(
                instalments.c.paid_on.is_(None),
                instalments.c.paid_on > instalments.c.due_date,
            ),
        )
        for row in session.rows(query):
            due, paid = row["due_date"], min(row["paid_on"] or today, today)
            if first < due < last and paid - due > LATE_AFTER:
                yield row["loan_id"]
