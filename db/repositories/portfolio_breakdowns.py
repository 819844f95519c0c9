"""The portfolio cut by class, purpose, security, size and method."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.types import BigInteger

from db.records.portfolio import ClassSum, KeySum
from db.repositories.own_loans import OPEN_STATUSES
from db.repositories.portfolio_scope import latest_entries, money, of_branch
from db.repositories.session import Session
from db.tables.applications import collateral
from db.tables.loans import loans, repayments
from db.vocabulary.lending import CollateralType, LoanPurpose
from db.vocabulary.loan_life import AssetClass

OPEN: ColumnElement[bool] = loans.c.status.in_(OPEN_STATUSES)
NO_SECURITY = "none"
_ONE = 1_000_000


def classes(session: Session, branch_id: int | None, as_of: date) -> tuple[ClassSum, ...]:
    """Sum open loans by asset class, in the order of the vocabulary."""
    latest = latest_entries(branch_id, as_of)
    own = and_(latest.c.branch_id == loans.c.branch_id, latest.c.loan_id == loans.c.loan_id)
    query = (
        select(
            loans.c.asset_class,
            func.count().label("loans"),
            money(loans.c.outstanding_paise).label("outstanding"),
            money(latest.c.provision_paise).label("provision"),
        )
        .select_from(loans.outerjoin(latest, own))
        .where(of_branch(loans, branch_id), OPEN)
        .group_by(loans.c.asset_class)
    )
    order = list(AssetClass)
    sums = [
        ClassSum(row["asset_class"], row["loans"], int(row["outstanding"]), int(row["provision"]))
        for row in session.rows(query)
    ]
    return tuple(sorted(sums, key=lambda one: order.index(one.asset_class)))


def by_purpose(session: Session, branch_id: int | None) -> tuple[KeySum, ...]:
    """Sum open loans by purpose."""
    query = select(
        loans.c.loan_purpose.label("key"),
        func.count().label("loans"),
        money(loans.c.outstanding_paise).label("amount"),
    ).where(of_branch(loans, branch_id), OPEN)
    return _sums(session, query.group_by(loans.c.loan_purpose))


def by_method(session: Session, branch_id: int | None, as_of: date) -> tuple[KeySum, ...]:
    """Sum receipts by method."""
    query = select(
        repayments.c.method.label("key"),
        func.count().label("loans"),
        money(repayments.c.amount_paise).label("amount"),
    ).where(of_branch(repayments, branch_id), repayments.c.value_date <= as_of)
    return _sums(session, query.group_by(repayments.c.method))


def collateral_by_kind(session: Session, branch_id: int | None) -> tuple[KeySum, ...]:
    """Sum the security of open loans by kind; a loan counts once in each kind it has."""
    query = (
        select(
            collateral.c.collateral_type.label("key"),
            func.count(loans.c.loan_id.distinct()).label("loans"),
            money(collateral.c.value_paise).label("amount"),
        )
        .select_from(loans.join(collateral, _secures()))
        .where(of_branch(loans, branch_id), OPEN)
    )
    return _sums(session, query.group_by(collateral.c.collateral_type))


def ltv_bands(
    session: Session, branch_id: int | None, edges_ppm: Sequence[int]
) -> tuple[KeySum, ...]:
    """Sum open loans by their outstanding over the accepted value of their security."""
    accepted = (
        select(func.sum(_accepted()))
        .where(_secures())
        .correlate(loans)
        .scalar_subquery()
        .label("accepted")
    )
    each = (
        select(loans.c.outstanding_paise.label("amount"), accepted)
        .where(of_branch(loans, branch_id), OPEN)
        .subquery()
    )
    # amount / accepted <= edge, without dividing: amount * 10^6 <= edge * accepted
    measure = cast(each.c.amount, BigInteger) * _ONE
    band = case(
        (func.coalesce(each.c.accepted, 0) == 0, literal(NO_SECURITY)),
        *((measure <= edge * each.c.accepted, literal(key)) for edge, key in _keys(edges_ppm)),
        else_=literal(_last_key(edges_ppm)),
    )
    return _banded(session, each, band, [NO_SECURITY, *_all_keys(edges_ppm)])


def ticket_sizes(
    session: Session, branch_id: int | None, edges_paise: Sequence[int]
) -> tuple[KeySum, ...]:
    """Sum all loans by what was lent."""
    each = (
        select(loans.c.principal_paise.label("amount"))
        .where(of_branch(loans, branch_id))
        .subquery()
    )
    band = case(
        *((each.c.amount <= edge, literal(key)) for edge, key in _keys(edges_paise)),
        else_=literal(_last_key(edges_paise)),
    )
    return _banded(session, each, band, _all_keys(edges_paise))


def rows_of(kind: str, key: str) -> tuple[ColumnElement[bool], ColumnElement[int]]:
    """Return condition and amount of a loan behind one line of a breakdown.

    Raises:
        ValueError: there is no such breakdown or line.
    """
    if kind == "purpose":
        return OPEN & (loans.c.loan_purpose == LoanPurpose(key)), loans.c.outstanding_paise
    if kind == "collateral":
        wanted = _secures() & (collateral.c.collateral_type == CollateralType(key))
        value = select(money(collateral.c.value_paise)).where(wanted).correlate(loans)
        return OPEN & exists().where(wanted).correlate(loans), value.scalar_subquery()
    message = f"there is no figure {kind!r}"
    raise ValueError(message)


def _secures() -> ColumnElement[bool]:
    return and_(
        collateral.c.branch_id == loans.c.branch_id,
        collateral.c.application_id == loans.c.application_id,
    )


def _accepted() -> ColumnElement[int]:
    """Value times accepted share, in whole paise."""
    return collateral.c.value_paise * collateral.c.accepted_share_ppm // _ONE


def _keys(edges: Sequence[int]) -> list[tuple[int, str]]:
    return [(upper, f"{lower}-{upper}") for lower, upper in pairwise([0, *edges])]


def _last_key(edges: Sequence[int]) -> str:
    return f"{edges[-1] if edges else 0}-"


def _all_keys(edges: Sequence[int]) -> list[str]:
    return [*(key for _, key in _keys(edges)), _last_key(edges)]


def _banded(
    session: Session, each: Subquery, band: ColumnElement[Any], order: Sequence[str]
) -> tuple[KeySum, ...]:
    """Sum by band, every band named, empty ones too."""
    keyed = select(band.label("key"), each.c.amount).subquery()
    query = select(
        keyed.c.key, func.count().label("loans"), money(keyed.c.amount).label("amount")
    ).group_by(keyed.c.key)
    found = {row["key"]: _key_sum(row) for row in session.rows(query)}
    return tuple(found.get(key, KeySum(key, 0, 0)) for key in order)


def _sums(session: Session, query: "Select[Any]") -> tuple[KeySum, ...]:
    sums = [_key_sum(row) for row in session.rows(query)]
    return tuple(sorted(sums, key=lambda one: (-one.amount_paise, one.key)))


def _key_sum(row: RowMapping) -> KeySum:
    return KeySum(str(row["key"]), row["loans"], int(row["amount"]))
