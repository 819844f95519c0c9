"""Open loans cut by what they are for, who owes them, and what stands behind them.

Source: screens.md S80 (Concentration, Security), lending-rules.md 14.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)

from db.records.monitor import NO_SECURITY, BookCut, CapTerms, GroupSum, SecuritySum
from db.repositories.monitor_positions import is_npa, positions
from db.repositories.portfolio_scope import money, share_of
from db.repositories.session import Session
from db.tables.applications import collateral
from db.tables.customers import customers, employment
from db.vocabulary.lending import CollateralStatus, CollateralType
from db.vocabulary.operations import ConcentrationKey

_ONE = 1_000_000
_OWN_COLUMNS = {
    ConcentrationKey.PURPOSE: "loan_purpose",
    ConcentrationKey.PRODUCT: "product_code",
    ConcentrationKey.SEGMENT: "provision_segment",
    ConcentrationKey.OFFICER: "officer_id",
}


def band_keys(edges: Sequence[int]) -> list[str]:
    """The names of bands up to each edge, and above the last one."""
    inner = [f"{lower}-{upper}" for lower, upper in pairwise([0, *edges])]
    return [*inner, f"{edges[-1] if edges else 0}-"]


def _banded(measure: ColumnElement[Any], edges: Sequence[int]) -> ColumnElement[Any]:
    keys = band_keys(edges)
    steps = [(measure <= edge, literal(key)) for edge, key in zip(edges, keys, strict=False)]
    return case(*steps, else_=literal(keys[-1]))


def grouped(cut: BookCut, by: ConcentrationKey, edges: Sequence[int]) -> Select[Any]:
    """Every open loan with its key; `edges` in paise are those of ticket sizes."""
    each = positions(cut).subquery()
    source: Any = each
    if by in _OWN_COLUMNS:
        key: ColumnElement[Any] = each.c[_OWN_COLUMNS[by]]
    elif by is ConcentrationKey.TICKET:
        key = _banded(each.c.principal_paise, edges)
    else:
        table = employment if by is ConcentrationKey.EMPLOYER else customers
        own = and_(table.c.branch_id == each.c.branch_id, table.c.customer_id == each.c.customer_id)
        source = each.outerjoin(table, own)
        names = {
            ConcentrationKey.EMPLOYER: "employer_name",
            ConcentrationKey.CITY: "city",
            ConcentrationKey.STATE: "state",
        }
        key = table.c[names[by]]
    return select(
        each.c.branch_id,
        each.c.loan_id,
        each.c.number,
        each.c.product_code,
        each.c.asset_class,
        each.c.outstanding_paise.label("amount"),
        key.label("key"),
    ).select_from(source)


def secured(cut: BookCut) -> Select[Any]:
    """Every open loan with the accepted value of its security, None without any."""
    each = positions(cut).subquery()
    accepted = select(cast(func.sum(_accepted()), BigInteger)).where(_secures(each))
    return select(
        each.c.branch_id,
        each.c.loan_id,
        each.c.number,
        each.c.product_code,
        each.c.outstanding_paise.label("amount"),
        accepted.correlate(each).scalar_subquery().label("accepted"),
    )


def ltv_band(each: Subquery, edges_ppm: Sequence[int]) -> ColumnElement[Any]:
    """The band of a loan of `secured`: amount / accepted <= edge, without dividing."""
    measure = cast(each.c.amount, BigInteger) * _ONE
    keys = band_keys(edges_ppm)
    return case(
        (func.coalesce(each.c.accepted, 0) == 0, literal(NO_SECURITY)),
        *(
            (measure <= edge * each.c.accepted, literal(key))
            for edge, key in zip(edges_ppm, keys, strict=False)
        ),
        else_=literal(keys[-1]),
    )


def behind(cut: BookCut, kind: CollateralType | None) -> Select[Any]:
    """Every open loan that has security, of one kind or any, with its value."""
    each = positions(cut).subquery()
    wanted = _secures(each)
    if kind is not None:
        wanted = and_(wanted, collateral.c.collateral_type == kind)
    own = (each.c.branch_id, each.c.loan_id, each.c.number, each.c.product_code)
    return (
        select(
            *own,
            collateral.c.collateral_type.label("kind"),
            cast(func.sum(collateral.c.value_paise), BigInteger).label("amount"),
            cast(func.sum(_accepted()), BigInteger).label("accepted"),
        )
        .select_from(each.join(collateral, wanted))
        .group_by(*own, collateral.c.collateral_type)
    )


def stale(cut: BookCut, valued_from: Mapping[CollateralType, date]) -> Select[Any]:
    """Every open loan with security whose valuation is missing or older than its rule allows."""
    each = positions(cut).subquery()
    old = or_(
        collateral.c.valuation_date.is_(None),
        *(
            and_(collateral.c.collateral_type == kind, collateral.c.valuation_date < first)
            for kind, first in valued_from.items()
        ),
    )
    met = exists().where(_secures(each), old).correlate(each)
    own = (each.c.branch_id, each.c.loan_id, each.c.number, each.c.product_code)
    return select(*own, each.c.outstanding_paise.label("amount")).where(met)


class MonitorGroups:
    """The cuts of the open loans that are looked at."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def groups(
        self, cut: BookCut, by: ConcentrationKey, edges_paise: Sequence[int] = ()
    ) -> tuple[GroupSum, ...]:
        """Open loans by one key, largest first; an unknown key is empty."""
        each = grouped(cut, by, edges_paise).subquery()
        npa = is_npa(each.c.asset_class)
        query = select(
            each.c.key,
            func.count().label("loans"),
            money(each.c.amount).label("sum"),
            share_of(npa).label("npa_loans"),
            money(case((npa, each.c.amount), else_=0)).label("npa_sum"),
        ).group_by(each.c.key)
        sums = [
            GroupSum(
                str(row["key"] or ""), row["loans"], int(row["sum"]), int(row["npa_loans"]),
                int(row["npa_sum"]),
            )
            for row in self._session.rows(query)
        ]  # fmt: skip
        return tuple(sorted(_joined(sums), key=lambda one: (-one.amount_paise, one.key)))

    def security(self, cut: BookCut) -> tuple[SecuritySum, ...]:
        """Security by kind, largest first; a loan counts once in each kind it has."""
        each = behind(cut, None).subquery()
        query = select(
            each.c.kind,
            func.count().label("loans"),
            money(each.c.amount).label("value"),
            money(each.c.accepted).label("accepted"),
        ).group_by(each.c.kind)
        sums = [
            SecuritySum(str(row["kind"]), row["loans"], int(row["value"]), int(row["accepted"]))
            for row in self._session.rows(query)
        ]
        return tuple(sorted(sums, key=lambda one: (-one.value_paise, one.kind)))

    def ltv_bands(self, cut: BookCut, edges_ppm: Sequence[int]) -> dict[str, tuple[int, int]]:
        """Loans and outstanding of every band, empty ones too."""
        each = secured(cut).subquery()
        keyed = select(ltv_band(each, edges_ppm).label("key"), each.c.amount).subquery()
        query = select(
            keyed.c.key, func.count().label("loans"), money(keyed.c.amount).label("sum")
        ).group_by(keyed.c.key)
        found = {
            str(row["key"]): (row["loans"], int(row["sum"])) for row in self._session.rows(query)
        }
        return {key: found.get(key, (0, 0)) for key in (NO_SECURITY, *band_keys(edges_ppm))}

    def breaches(self, cut: BookCut, caps: Sequence[CapTerms]) -> tuple[int, int]:
        """Loans that owe more than these caps let their security carry, and what they owe."""
        return self._total(breaching(cut, caps))

    def old_valuations(
        self, cut: BookCut, valued_from: Mapping[CollateralType, date]
    ) -> tuple[int, int]:
        """Loans with a valuation that is missing or too old, and what they owe."""
        return self._total(stale(cut, valued_from))

    def _total(self, lines: Select[Any]) -> tuple[int, int]:
        each = lines.subquery()
        query = select(func.count().label("loans"), money(each.c.amount).label("sum"))
        (row,) = self._session.rows(query)
        return int(row["loans"]), int(row["sum"])


def breaching(cut: BookCut, caps: Sequence[CapTerms]) -> Select[Any]:
    """Open loans that owe more than these caps let their security carry, all of it together."""
    each = positions(cut).subquery()
    cap = _cap(each, caps)
    accepted = cast(_accepted(), BigInteger)
    own = (
        each.c.branch_id, each.c.loan_id, each.c.number, each.c.product_code,
        each.c.outstanding_paise,
    )  # fmt: skip
    held = and_(_secures(each), collateral.c.status != CollateralStatus.RELEASED)
    return (
        select(*own[:-1], own[-1].label("amount"))
        .select_from(each.join(collateral, held))
        .group_by(*own)
        .having(
            func.min(cap) >= 0,
            func.sum(case((cap > 0, accepted), else_=0)) > 0,
            cast(own[-1], BigInteger) * _ONE > func.sum(accepted * cast(cap, BigInteger)),
        )
    )


def _cap(each: Subquery, caps: Sequence[CapTerms]) -> ColumnElement[int]:
    """The cap of a security behind a loan: 0 where its product has none, -1 where no rule gives it.

    Steps of one product and kind come from the smallest loans to the largest.
    """
    steps = []
    for one in caps:
        parts = [
            each.c.product_code == one.product_code,
            collateral.c.collateral_type == one.kind,
            each.c.sanction_date >= one.sanctioned_from,
        ]
        if one.sanctioned_to is not None:
            parts.append(each.c.sanction_date <= one.sanctioned_to)
        if one.up_to_paise is not None:
            parts.append(each.c.principal_paise <= one.up_to_paise)
        steps.append((and_(*parts), literal(-1 if one.cap_ppm is None else one.cap_ppm)))
    return case(*steps, else_=0) if steps else literal(0)


def _joined(sums: Sequence[GroupSum]) -> list[GroupSum]:
    """Unknown keys are stored as nothing or as an empty text: one group."""
    found: dict[str, GroupSum] = {}
    for one in sums:
        known = found.get(one.key)
        if known is not None:
            one = GroupSum(  # noqa: PLW2901  # the two become one
                one.key,
                known.loans + one.loans,
                known.amount_paise + one.amount_paise,
                known.npa_loans + one.npa_loans,
                known.npa_paise + one.npa_paise,
            )
        found[one.key] = one
    return list(found.values())


def _secures(each: Subquery) -> ColumnElement[bool]:
    return and_(
        collateral.c.branch_id == each.c.branch_id,
        collateral.c.application_id == each.c.application_id,
    )


def _accepted() -> ColumnElement[int]:
    """Value times accepted share, in whole paise, half up as the rules have it."""
    return (collateral.c.value_paise * collateral.c.accepted_share_ppm + _ONE // 2) // _ONE
