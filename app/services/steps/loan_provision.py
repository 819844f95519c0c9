"""The provision that one loan needs, from its class, what is owed on it and what secures it.

Source: lending-rules.md 9.3. A valuation older than its policy age counts as nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.rules.provisioning import (
    ProvisionCase,
    is_unsecured,
    provision_required,
    realisable_value,
)
from app.rules.rulebook import Rulebook
from db.records.applications import Collateral
from db.vocabulary.loan_life import AssetClass, ProvisionSegment


@dataclass(frozen=True, slots=True)
class SecuredLoan:
    """What of a loan does not move from day to day; money in paise."""

    principal_paise: int
    segment: ProvisionSegment
    collateral: tuple[Collateral, ...] = ()


def security_value(collateral: Iterable[Collateral], rulebook: Rulebook, on: date) -> int:
    """Realisable value in paise; a valuation older than its policy age counts as nothing."""
    return sum(
        realisable_value(each.value_paise, each.valuation_date, each.collateral_type, rulebook, on)
        for each in collateral
    )


def provision_case(
    loan: SecuredLoan, stands: tuple[AssetClass, int], day: date, rulebook: Rulebook
) -> ProvisionCase:
    """The loan as provisioning sees it; `stands` is its class and what is owed in paise."""
    at_start = sum(each.value_paise for each in loan.collateral)
    asset_class, outstanding_paise = stands
    return ProvisionCase(
        asset_class=asset_class,
        outstanding_paise=outstanding_paise,
        security_paise=security_value(loan.collateral, rulebook, day),
        segment=loan.segment,
        unsecured_ab_initio=is_unsecured(at_start, loan.principal_paise, rulebook, day),
    )


def provision_at(
    loan: SecuredLoan, stands: tuple[AssetClass, int], day: date, rulebook: Rulebook
) -> int:
    """The provision in paise at that day-end.

    Raises:
        NoRuleInForceError: the day lies before the provisioning rows.
    """
    return provision_required(provision_case(loan, stands, day, rulebook), rulebook, day)
