"""The loans that one statement of a day-end moves: as they were, and as they shall be."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Integer,
    MetaData,
    Select,
    Table,
    and_,
    case,
    func,
    literal,
    select,
)

from db.records.day_end import ClosingTerms
from db.repositories.own_loans import NPA_CLASSES
from db.repositories.portfolio_cells import EVER_DEFAULTED
from db.tables.columns import Key, Words
from db.tables.loans import loans
from db.vocabulary.loan_account import DpdBucket
from db.vocabulary.loan_life import AssetClass, LoanStatus

# It lives as long as the transaction.
MOVES = Table(
    "closing_moves",
    MetaData(),
    Column("loan_id", Key(), primary_key=True),
    Column("was_class", Words(AssetClass)),
    Column("was_bucket", Words(DpdBucket)),
    Column("was_overdue", BigInteger),
    Column("was_provision", BigInteger),
    Column("was_defaulted", Integer),
    Column("asset_class", Words(AssetClass)),
    Column("dpd_bucket", Words(DpdBucket)),
    Column("npa_since", Date),
    Column("oldest", Date),
    Column("overdue", BigInteger),
    Column("next_due", Date),
    Column("provision", BigInteger),
    prefixes=["TEMPORARY"],
)
WAS_NAMES = ("was_class", "was_bucket", "was_overdue", "was_provision", "was_defaulted")
MOVED_NAMES = ("loan_id", *WAS_NAMES, "asset_class", "dpd_bucket", "npa_since", "oldest")
WAS = (
    loans.c.loan_id,
    loans.c.asset_class,
    loans.c.dpd_bucket,
    loans.c.overdue_paise,
    loans.c.provision_paise,
    EVER_DEFAULTED,
)


def turned_defaulted(branch_id: int) -> Select[Any]:
    """How many loans of each product the last move turned Defaulted."""
    return (
        select(loans.c.product_code, func.count().label("loans"))
        .join(MOVES, MOVES.c.loan_id == loans.c.loan_id)
        .where(
            loans.c.branch_id == branch_id,
            loans.c.defaulted_on.is_not(None),
            MOVES.c.was_defaulted == 0,
        )
        .group_by(loans.c.product_code)
    )


def moved(terms: ClosingTerms) -> dict[Any, Any]:
    """What a move writes into the loan's row."""
    turned = and_(
        loans.c.defaulted_on.is_(None),
        MOVES.c.asset_class.in_(NPA_CLASSES),
        loans.c.disbursement_date >= terms.defaulted_from,
    )
    active = loans.c.status == LoanStatus.ACTIVE
    defaulted = literal(LoanStatus.DEFAULTED, Words(LoanStatus))
    return {
        loans.c.asset_class: MOVES.c.asset_class,
        loans.c.dpd_bucket: MOVES.c.dpd_bucket,
        loans.c.npa_since: MOVES.c.npa_since,
        loans.c.defaulted_on: case((turned, literal(terms.day, Date)), else_=loans.c.defaulted_on),
        loans.c.status: case((and_(turned, active), defaulted), else_=loans.c.status),
    }
