"""What must be set aside for a loan by its class, its security and its segment.

Source: lending-rules.md 9.3 (until 31 Mar 2027); IRAC Directions, 2025; housing RBI/2016-17/317 of
7 Jun 2017. Vectors V118 to V130. Per loan, rounded to the paisa, then summed.
"""

from dataclasses import dataclass
from datetime import date

from app.rules.day_count import add_months
from app.rules.money import PPM, share_of
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_life import AssetClass, ProvisionSegment

_DOUBTFUL = {
    AssetClass.DOUBTFUL_1: "D1",
    AssetClass.DOUBTFUL_2: "D2",
    AssetClass.DOUBTFUL_3: "D3",
}


@dataclass(frozen=True, slots=True)
class ProvisionCase:
    """One loan as provisioning sees it; money in paise.

    Attributes:
        security_paise: realisable value; 0 where its valuation is too old.
        unsecured_ab_initio: hardly any security stood behind it at the start.
    """

    asset_class: AssetClass
    outstanding_paise: int
    security_paise: int = 0
    segment: ProvisionSegment = ProvisionSegment.OTHER
    unsecured_ab_initio: bool = False


def provision_required(loan: ProvisionCase, rulebook: Rulebook, on: date) -> int:
    """The provision in paise on that day-end.

    Raises:
        NoRuleInForceError: the day lies before the provisioning rows.
    """
    outstanding, asset_class = loan.outstanding_paise, loan.asset_class
    if asset_class is AssetClass.LOSS:
        return share_of(outstanding, rulebook.ppm("provision_loss", on))
    if asset_class in _DOUBTFUL:
        secured = min(outstanding, max(loan.security_paise, 0))
        rate = rulebook.ppm("provision_doubtful_secured_part", on, _DOUBTFUL[asset_class])
        rest = rulebook.ppm("provision_doubtful_rest", on)
        return share_of(secured, rate) + share_of(outstanding - secured, rest)
    if asset_class is AssetClass.SUB_STANDARD:
        segment = "UNSECURED_AB_INITIO" if loan.unsecured_ab_initio else "SECURED"
        return share_of(outstanding, rulebook.ppm("provision_sub_standard", on, segment))
    return share_of(outstanding, rulebook.ppm("provision_standard", on, loan.segment))


def realisable_value(
    value_paise: int, valued_on: date | None, kind: CollateralType, rulebook: Rulebook, on: date
) -> int:
    """What a security counts for on a day-end in paise: nothing where no valuation is fresh.

    A valuation of a later day did not exist yet.
    """
    if valued_on is None or valued_on > on:
        return 0
    months = rulebook.months("valuation_max_age_months", on, kind.name)
    return value_paise if on <= add_months(valued_on, months) else 0


def is_unsecured(security_paise: int, exposure_paise: int, rulebook: Rulebook, on: date) -> bool:
    """Whether so little security makes an exposure an unsecured one."""
    row = rulebook.ppm("unsecured_security_at_most", on)
    return security_paise * PPM <= exposure_paise * row


def provision_rate(loan: ProvisionCase, rulebook: Rulebook, on: date) -> int:
    """The provision as a share of the outstanding, in ppm; 0 for a loan paid off."""
    if loan.outstanding_paise <= 0:
        return 0
    return provision_required(loan, rulebook, on) * PPM // loan.outstanding_paise
