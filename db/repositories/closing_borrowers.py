"""Of which borrowers a loan may move at a day-end, so that the others are not looked at.

Source: data-and-sync.md 4 (only what moved). One reading of the loans' own rows finds them; the
day-end of a month's last day and of a new rule looks at every loan.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    MetaData,
    Select,
    Table,
    and_,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.schema import CreateTable, DropTable

from db.records.day_end import ClosingTerms
from db.repositories import closing_sql as sql
from db.repositories.own_loans import NPA_CLASSES
from db.repositories.session import Session
from db.tables.columns import Key, Words
from db.tables.loans import loans
from db.vocabulary.loan_life import AssetClass

# It lives as long as the day-end.
_BORROWERS = Table(
    "closing_borrowers",
    MetaData(),
    Column("customer_id", Key(), primary_key=True),
    prefixes=["TEMPORARY"],
)


class ClosingBorrowers:
    """The borrowers of one day-end."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def start(self) -> None:
        """Make room for them."""
        self._session.connection.execute(CreateTable(_BORROWERS))

    def end(self) -> None:
        """Take them away."""
        self._session.connection.execute(DropTable(_BORROWERS))

    def among(
        self, branch_id: int, terms: ClosingTerms, since: date | None
    ) -> ColumnElement[bool] | None:
        """That a loan's borrower is one of whom a loan may move; None where all are looked at."""
        if since is None:
            return None
        found = may_move(branch_id, terms, since).distinct()
        self._session.change(insert(_BORROWERS).from_select(["customer_id"], found))
        return loans.c.customer_id.in_(select(_BORROWERS.c.customer_id))


def may_move(branch_id: int, terms: ClosingTerms, since: date) -> Select[Any]:
    """The borrowers of whom any loan may enter another class, bucket or NPA date at the day-end.

    Since the day-end of `since` what moves is told by a loan's own row: arrears that crossed a
    limit, were paid or began, an NPA that aged or owes nothing more, a loss, a new loan. No money
    of later days may be in the books, and no rule may have changed.
    """
    asset_class, oldest = loans.c.asset_class, sql.oldest_due(terms.day, None)
    word = Words(AssetClass)
    is_npa = asset_class.in_(NPA_CLASSES)
    by_days = sql.by_date(oldest, terms.classes, AssetClass.STANDARD)
    by_age = sql.by_date(loans.c.npa_since, terms.ages, AssetClass.SUB_STANDARD)
    lost = literal(AssetClass.LOSS, word)
    return select(loans.c.customer_id).where(
        loans.c.branch_id == branch_id,
        sql.counts(terms.day),
        or_(
            loans.c.dpd_bucket != sql.bucket_of(terms, None),
            and_(~is_npa, asset_class != by_days),
            and_(is_npa, or_(oldest.is_(None), loans.c.npa_since.is_(None))),
            and_(is_npa, asset_class != by_age, asset_class != lost),
            and_(asset_class != lost, sql.is_loss(branch_id, terms.day)),
            loans.c.disbursement_date > since,
        ),
    )
