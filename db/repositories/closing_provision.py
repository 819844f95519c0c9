"""The provision of a loan at a day-end, as the rules give it.

Source: data-and-sync.md 4, lending-rules.md 9.3. Rates and dates come in `ClosingTerms`; a test
holds the statements to the pure rules on random books of both engines.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ScalarSelect,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)

from db.records.day_end import ClosingTerms, ProvisionTerms
from db.repositories import closing_sql as sql
from db.tables.applications import collateral
from db.tables.columns import Words
from db.tables.loans import loans
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import AssetClass, ProvisionSegment

_MILLION = 1_000_000


def segment_of(branch_id: int, terms: ClosingTerms) -> ColumnElement[Any]:
    """What a loan was provided for as at the end of the day: its product's until restructured."""
    stands = loans.c.provision_segment
    agreed = [
        (
            and_(
                loans.c.product_code == each.product_code,
                loans.c.sanction_date.between(each.first, each.last),
            ),
            literal(each.segment, Words(ProvisionSegment)),
        )
        for each in terms.provision.agreed
    ]
    if not agreed:
        return stands
    later = and_(
        loans.c.restructured_on > terms.day, ~sql.had_act(LoanAct.RESTRUCTURE, branch_id, terms.day)
    )
    return case((later, case(*agreed, else_=stands)), else_=stands)


def needed(branch_id: int, terms: ClosingTerms, later: sql.Flag | None) -> sql.Money:
    """The provision that a loan needs; security is read only for classes that ask for it."""
    day, outstanding = terms.day, sql.owed(terms.day, later)
    return _provision(terms.provision, day, segment_of(branch_id, terms), outstanding)


def _provision(
    terms: ProvisionTerms, day: date, segment: ColumnElement[Any], outstanding: sql.Money
) -> sql.Money:
    asset_class, secured = loans.c.asset_class, _least(outstanding, security(terms, day))
    by_class = [
        (
            asset_class == each,
            _share(secured, rate) + _share(outstanding - secured, terms.doubtful_rest),
        )
        for each, rate in terms.doubtful.items()
    ]
    by_segment = {each: _share(outstanding, rate) for each, rate in terms.standard.items()}
    start = case(
        (is_unsecured(terms), _share(outstanding, terms.unsecured)),
        else_=_share(outstanding, terms.secured),
    )
    return case(
        (asset_class == AssetClass.LOSS, _share(outstanding, terms.loss)),
        *by_class,
        (asset_class == AssetClass.SUB_STANDARD, start),
        else_=case(by_segment, value=segment, else_=null()),
    )


def security(terms: ProvisionTerms, day: date) -> sql.Money:
    """What the security of a loan counts for: nothing where its valuation is too old."""
    fresh = or_(
        *(
            and_(collateral.c.collateral_type == kind, collateral.c.valuation_date >= first)
            for kind, first in terms.valued_from.items()
        )
    )
    return _security_sum(and_(fresh, collateral.c.valuation_date <= day))


def is_unsecured(terms: ProvisionTerms) -> sql.Flag:
    """Whether hardly any security stood behind a loan at the start."""
    return hardly_secured(_security_sum(literal(1) == 1), terms)


def hardly_secured(value: ColumnElement[Any], terms: ProvisionTerms) -> sql.Flag:
    """Whether security of that value, None for none, is hardly any."""
    at_start = func.coalesce(value, 0) * _MILLION
    return at_start <= loans.c.principal_paise * terms.unsecured_at_most


def all_security(branch_id: int) -> Subquery:
    """The security of every application of the branch that has any."""
    value = cast(func.sum(collateral.c.value_paise), BigInteger).label("value")
    query = select(collateral.c.application_id, value)
    return (
        query.where(collateral.c.branch_id == branch_id)
        .group_by(collateral.c.application_id)
        .subquery("held")
    )


def _security_sum(which: sql.Flag) -> sql.Money:
    own = and_(
        collateral.c.branch_id == loans.c.branch_id,
        collateral.c.application_id == loans.c.application_id,
    )
    found: ScalarSelect[Any] = (
        select(func.coalesce(func.sum(collateral.c.value_paise), 0))
        .where(own, which)
        .scalar_subquery()
    )
    return cast(found, BigInteger)


def _least(one: sql.Money, other: sql.Money) -> sql.Money:
    return case((one <= other, one), else_=other)


def _share(amount: sql.Money, ppm: int) -> sql.Money:
    """A share of an amount in whole paise, half up; whole numbers on both engines."""
    return (amount * cast(ppm, BigInteger) + _MILLION // 2) // _MILLION
