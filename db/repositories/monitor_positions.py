"""The open loans of one day, from the loans as they stand or as a month end kept them.

Everything the monitor counts of open loans is counted over these rows, so that a figure and the
lines behind it cannot differ.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, select, true

from db.records.monitor import BookCut
from db.repositories.closing_sql import IS_OPEN, of_loan
from db.repositories.lent_loans import WAS_LENT
from db.repositories.own_loans import NPA_CLASSES
from db.repositories.portfolio_scope import of_branch
from db.tables.loan_account import month_end_snapshots as kept
from db.tables.loans import loans
from db.vocabulary.loan_account import DpdBucket

Flag = ColumnElement[bool]
LATE_BUCKETS = {
    30: (DpdBucket.TO_60, DpdBucket.TO_90, DpdBucket.OVER_90),
    60: (DpdBucket.TO_90, DpdBucket.OVER_90),
    90: (DpdBucket.OVER_90,),
}
_STANDING = (
    "asset_class",
    "dpd_bucket",
    "outstanding_paise",
    "overdue_paise",
    "provision_paise",
)
_ORIGIN = (
    "branch_id",
    "loan_id",
    "number",
    "application_id",
    "customer_id",
    "product_code",
    "loan_purpose",
    "provision_segment",
    "officer_id",
    "principal_paise",
    "sanction_date",
    "disbursement_date",
    "defaulted_on",
)


def of_cut(cut: BookCut, table: Table = loans) -> Flag:
    """The rows of the branch, product and officer looked at: of loans, or of applications."""
    parts = [of_branch(table, cut.branch_id)]
    if cut.product_code is not None:
        parts.append(table.c.product_code == cut.product_code)
    if cut.officer_id is not None:
        parts.append(table.c.officer_id == cut.officer_id)
    return and_(true(), *parts)


def positions(cut: BookCut) -> Select[Any]:
    """Every open loan of the day with where it stood and what it is."""
    origin = [loans.c[name] for name in _ORIGIN]
    if cut.present:
        return select(*origin, *(loans.c[name] for name in _STANDING)).where(of_cut(cut), IS_OPEN)
    standing = [kept.c[name] for name in _STANDING]
    return (
        select(*origin, *standing)
        .join(kept, of_loan(kept))
        .where(of_cut(cut), of_branch(kept, cut.branch_id), kept.c.month_end == cut.day)
    )


def is_npa(asset_class: ColumnElement[Any]) -> Flag:
    """Whether a class is one of an NPA."""
    return asset_class.in_(NPA_CLASSES)


def is_active(defaulted_on: ColumnElement[Any], cut: BookCut) -> Flag:
    """Whether an open loan had not turned Defaulted by the day."""
    return defaulted_on.is_(None) if cut.present else ~_by(defaulted_on, cut)


def _by(when: ColumnElement[Any], cut: BookCut) -> Flag:
    return and_(when.is_not(None), when <= cut.day)


def lent_by(cut: BookCut) -> Flag:
    """Loans lent by the day, open or not."""
    return and_(of_cut(cut), WAS_LENT, until(loans.c.disbursement_date, cut))


def defaulted_by(cut: BookCut) -> Flag:
    """Loans that had ever turned Defaulted by the day."""
    ever = loans.c.defaulted_on.is_not(None)
    return ever if cut.present else _by(loans.c.defaulted_on, cut)


def until(column: ColumnElement[Any], cut: BookCut) -> Flag:
    """Rows dated up to the day; at present every one that has been booked."""
    return true() if cut.present else column <= cut.day
