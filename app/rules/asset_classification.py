"""Standard, special mention and NPA classes: by days, by borrower, by age, by eroded security.

Source: lending-rules.md 9.1 and 9.2; RBI/2021-22/125 of 12 Nov 2021; IRAC Directions, 2025.
Vectors V091 to V117. NPA spreads over all loans of a borrower and ends only when all arrears are
paid; sub-standard lasts 12 months after the NPA date.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from app.rules.day_count import add_months
from app.rules.money import PPM
from app.rules.rulebook import Rulebook
from db.vocabulary.loan_life import AssetClass

_NPA = "NPA"
_SMA = (AssetClass.SMA_2, AssetClass.SMA_1, AssetClass.SMA_0)
_AGED = (
    ("D3", AssetClass.DOUBTFUL_3),
    ("D2", AssetClass.DOUBTFUL_2),
    ("D1", AssetClass.DOUBTFUL_1),
)
_ORDER = tuple(AssetClass)  # the word list stands in order of severity
_SUB_STANDARD_FROM = _ORDER.index(AssetClass.SUB_STANDARD)


class ClassDates(NamedTuple):
    """When each class would begin if nothing were paid any more."""

    overdue_on: date
    sma1_on: date
    sma2_on: date
    npa_on: date
    d1_on: date
    d2_on: date
    d3_on: date


def is_npa(asset_class: AssetClass) -> bool:
    """Whether the class is one of the non-performing ones."""
    return _ORDER.index(asset_class) >= _SUB_STANDARD_FROM


def turns_npa(days_past_due: int, rulebook: Rulebook, on: date) -> bool:
    """Whether so many days make a loan an NPA."""
    return rulebook.row("dpd_class_from", on, _NPA).holds(days_past_due)


def class_by_days(days_past_due: int, rulebook: Rulebook, on: date) -> AssetClass:
    """The class of a loan by its own days; an NPA starts as sub-standard."""
    if turns_npa(days_past_due, rulebook, on):
        return AssetClass.SUB_STANDARD
    for asset_class in _SMA:
        if rulebook.row("dpd_class_from", on, asset_class).holds(days_past_due):
            return asset_class
    return AssetClass.STANDARD


def class_by_age(npa_since: date, day_end: date, rulebook: Rulebook) -> AssetClass:
    """The class of an NPA by the calendar months since its NPA date."""
    for segment, asset_class in _AGED:
        months = rulebook.months("npa_age_months", day_end, segment)
        if day_end >= add_months(npa_since, months):
            return asset_class
    return AssetClass.SUB_STANDARD


def class_of_eroded(
    security_paise: int,
    last_assessed_paise: int | None,
    outstanding_paise: int | None,
    rulebook: Rulebook,
    on: date,
) -> AssetClass | None:
    """Where an NPA goes at once because its security has lost value; None when it has not."""
    loss, doubtful = (
        rulebook.row("erosion_loss_below", on),
        rulebook.row("erosion_doubtful_below", on),
    )
    if outstanding_paise and loss.holds(security_paise * PPM // outstanding_paise):
        return AssetClass.LOSS
    if last_assessed_paise and doubtful.holds(security_paise * PPM // last_assessed_paise):
        return AssetClass.DOUBTFUL_1
    return None


def worse(one: AssetClass, other: AssetClass) -> AssetClass:
    """The more severe of two classes."""
    return max(one, other, key=_ORDER.index)


def classify(
    days_past_due: int, npa_since: date | None, day_end: date, rulebook: Rulebook
) -> AssetClass:
    """The class at a day-end: an NPA ages, any other loan goes by its days."""
    if npa_since is not None:
        return class_by_age(npa_since, day_end, rulebook)
    return class_by_days(days_past_due, rulebook, day_end)


def borrower_is_npa(days_by_loan: Mapping[str, int], rulebook: Rulebook, on: date) -> bool:
    """Whether one loan of the borrower makes all of them NPA; each keeps its own days."""
    if not rulebook.flag("npa_borrower_wise", on):
        return False
    return any(turns_npa(days, rulebook, on) for days in days_by_loan.values())


def classes_of_borrower(
    days_by_loan: Mapping[str, int], rulebook: Rulebook, on: date
) -> dict[str, AssetClass]:
    """The class of each loan of one borrower; special mention does not spread, NPA does."""
    spread = borrower_is_npa(days_by_loan, rulebook, on)
    return {
        loan: AssetClass.SUB_STANDARD if spread else class_by_days(days, rulebook, on)
        for loan, days in days_by_loan.items()
    }


def may_upgrade(
    arrears_left_paise: int, rulebook: Rulebook, on: date, satisfactory_months: int | None = None
) -> bool:
    """Whether an NPA borrower becomes standard: no arrears left on any loan.

    ``satisfactory_months`` is given for a restructured account, which has to prove itself first.
    """
    if not rulebook.row("npa_upgrade_arrears_max", on).holds(arrears_left_paise):
        return False
    if satisfactory_months is None:
        return True
    return rulebook.row("npa_restructured_satisfactory_months", on).holds(satisfactory_months)


def class_dates(oldest_unpaid_due: date, rulebook: Rulebook, on: date) -> ClassDates:
    """The dates on which each class would begin if nothing were paid from that due date on."""
    first = rulebook.days("dpd_of_due_day", on)

    def begins(segment: str) -> date:
        days = rulebook.days("dpd_class_from", on, segment) - first
        return oldest_unpaid_due + timedelta(days=days)

    npa_on = begins(_NPA)
    aged = {
        segment: add_months(npa_on, rulebook.months("npa_age_months", on, segment))
        for segment, _ in _AGED
    }
    return ClassDates(
        overdue_on=begins("SMA-0"),
        sma1_on=begins("SMA-1"),
        sma2_on=begins("SMA-2"),
        npa_on=npa_on,
        d1_on=aged["D1"],
        d2_on=aged["D2"],
        d3_on=aged["D3"],
    )
