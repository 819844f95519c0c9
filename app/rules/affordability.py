"""What an applicant can carry: dues over income, loan over income, loan over value.

Source: lending-rules.md section 8; LTV of houses RBI/2015-16/200 of 8 Oct 2015, of gold
RBI/2025-26/47 of 6 Jun 2025. Vectors V062 to V090. Ratios are unrounded Decimal per cent; limits
and bands always compare the unrounded value.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.case_facts import ObligationFacts
from app.rules.emi import MONTHS_PER_YEAR, emi, largest_principal
from app.rules.money import PAISE_PER_RUPEE, PPM, PPM_PER_PERCENT
from app.rules.moratorium import simple_interest
from app.rules.rulebook import Rulebook, RuleRow
from db.vocabulary.lending import EmiRounding, ObligationType

HOUSING_CAP = "ltv_housing_cap"
GOLD_CAP = "ltv_gold_cap"
TIERS = ("TIER_1", "TIER_2", "TIER_3")

FIXED_COSTS = frozenset(
    {
        ObligationType.RENT,
        ObligationType.INSURANCE_PREMIUM,
        ObligationType.SCHOOL_FEES,
        ObligationType.MAINTENANCE,
        ObligationType.CHIT_OR_SAVINGS_SCHEME,
        ObligationType.OTHER_FIXED_COST,
    }
)


class IncomeMissingError(ValueError):
    """A ratio to an income that is nothing or unknown does not exist; it is never 100 %."""

    field = "monthly_income"

    def __init__(self) -> None:
        super().__init__("Monthly income must be more than ₹0")


class SecurityValueError(ValueError):
    """A security worth nothing has no loan-to-value ratio."""

    field = "collateral_value"

    def __init__(self) -> None:
        super().__init__("The value of the security must be more than ₹0")


def percent_of(part_paise: int, whole_paise: int) -> Decimal:
    """One amount as per cent of another, unrounded."""
    return Decimal(100 * part_paise) / whole_paise


def ratio_to_income(dues_paise: int, monthly_income_paise: int | None) -> Decimal:
    """Monthly dues as per cent of monthly income, unrounded.

    Raises:
        IncomeMissingError: income unknown, 0 or less.
    """
    if monthly_income_paise is None or monthly_income_paise <= 0:
        raise IncomeMissingError
    return percent_of(dues_paise, monthly_income_paise)


def months_of_income(amount_paise: int, monthly_income_paise: int | None) -> Decimal:
    """A loan in months of income, unrounded.

    Raises:
        IncomeMissingError: income unknown, 0 or less.
    """
    if monthly_income_paise is None or monthly_income_paise <= 0:
        raise IncomeMissingError
    return Decimal(amount_paise) / monthly_income_paise


def years_of_income(amount_paise: int, monthly_income_paise: int | None) -> Decimal:
    """A loan in years of income, unrounded.

    Raises:
        IncomeMissingError: income unknown, 0 or less.
    """
    return months_of_income(amount_paise, monthly_income_paise) / MONTHS_PER_YEAR


def dues_kept(obligations: Iterable[ObligationFacts]) -> tuple[int, int]:
    """Monthly debts and other fixed dues in paise that stay after the new loan."""
    debts = others = 0
    for due in obligations:
        if due.closed_by_this_loan:
            continue
        if due.obligation_type in FIXED_COSTS:
            others += due.monthly_amount_paise
        else:
            debts += due.monthly_amount_paise
    return debts, others


def foir_band(foir_percent: Decimal, rulebook: Rulebook, on: date) -> str:
    """The band of all dues over income: LOW, MEDIUM or HIGH (boundaries in the rule rows)."""
    measured = foir_percent * PPM_PER_PERCENT
    if rulebook.row("foir_band_high_above", on).holds(measured):
        return "HIGH"
    if rulebook.row("foir_band_medium_from", on).holds(measured):
        return "MEDIUM"
    return "LOW"


def largest_loan(
    emi_room_paise: int, rate_ppm: int, tenure_months: int, step_paise: int, rounding: EmiRounding
) -> tuple[Decimal, int]:
    """The exact and the offered loan that an instalment room carries, in paise.

    The offer is rounded down to the step and checked again with its rounded instalment.
    """
    if emi_room_paise <= 0:
        return Decimal(0), 0
    exact = largest_principal(emi_room_paise, rate_ppm, tenure_months)
    offered = int(exact // step_paise) * step_paise
    while offered > 0 and emi(offered, rate_ppm, tenure_months, rounding) > emi_room_paise:
        offered -= step_paise
    return exact, offered


@dataclass(frozen=True, slots=True)
class LoanToValue:
    """A loan against its security: per cent unrounded, the cap of its tier, the verdict."""

    exposure_paise: int
    percent: Decimal
    cap_ppm: int
    passes: bool


def tier_of(cap_rule: str, loan_paise: int, rulebook: Rulebook, on: date) -> str:
    """The tier a loan falls into; a boundary amount belongs to the lower tier."""
    for tier in TIERS[:-1]:
        if rulebook.row(_tops(cap_rule), on, tier).holds(loan_paise):
            return tier
    return TIERS[-1]


def tier_tops(cap_rule: str, rulebook: Rulebook, on: date) -> dict[str, int | None]:
    """The largest loan of each tier in paise, the smallest first; None: the last has no end."""
    tops = {tier: rulebook.limit(_tops(cap_rule), on, tier) for tier in TIERS[:-1]}
    return {**tops, TIERS[-1]: None}


def _tops(cap_rule: str) -> str:
    return cap_rule.replace("_cap", "_tier_top")


def loan_to_value(
    loan_paise: int, exposure_paise: int, value_paise: int, cap_ppm: int
) -> LoanToValue:
    """Hold an exposure against a share of the value; the cap itself still passes.

    Raises:
        SecurityValueError: the security is worth nothing.
    """
    if value_paise <= 0 or loan_paise <= 0:
        raise SecurityValueError
    return LoanToValue(
        exposure_paise=exposure_paise,
        percent=percent_of(exposure_paise, value_paise),
        cap_ppm=cap_ppm,
        passes=exposure_paise * PPM <= value_paise * cap_ppm,
    )


def ltv_housing(loan_paise: int, value_paise: int, rulebook: Rulebook, on: date) -> LoanToValue:
    """Housing: the cap goes by the size of the loan."""
    tier = tier_of(HOUSING_CAP, loan_paise, rulebook, on)
    cap_ppm = rulebook.ppm(HOUSING_CAP, on, tier)
    return loan_to_value(loan_paise, loan_paise, value_paise, cap_ppm)


def largest_housing_loan(value_paise: int, rulebook: Rulebook, on: date) -> Decimal:
    """The largest loan on that value in paise: over the tiers, the lower of cap and tier top."""
    best = Decimal(0)
    for tier in TIERS:
        most = Decimal(value_paise) * rulebook.ppm(HOUSING_CAP, on, tier) / PPM
        top = rulebook.limit("ltv_housing_tier_top", on, tier)
        best = max(best, most if top is None else min(most, Decimal(top)))
    return best


def ltv_gold(
    loan_paise: int,
    value_paise: int,
    bullet: tuple[int, int] | None,
    rulebook: Rulebook,
    on: date,
) -> LoanToValue:
    """Gold for personal use: a bullet loan (months, rate in ppm) counts the amount at maturity."""
    exposure = loan_paise
    if bullet is not None:
        months, rate_ppm = bullet
        exposure += simple_interest(loan_paise, rate_ppm, months)
    tier = tier_of(GOLD_CAP, loan_paise, rulebook, on)
    return loan_to_value(loan_paise, exposure, value_paise, rulebook.ppm(GOLD_CAP, on, tier))


def ratio_flags(
    foir_percent: Decimal, months: Decimal, income_paise: int, rulebook: Rulebook, on: date
) -> tuple[str, ...]:
    """Flags on unrounded figures, named with the limit of their rule row."""
    foir = rulebook.row("flag_foir_above", on)
    lti = rulebook.row("flag_lti_months_above", on)
    income = rulebook.row("flag_income_below", on)
    raised = (
        (foir.holds(foir_percent * PPM_PER_PERCENT), f"FOIR>{_whole(foir) // PPM_PER_PERCENT}"),
        (lti.holds(months), f"LTI>{_whole(lti)}"),
        (income.holds(income_paise), f"INCOME<{_whole(income) // PAISE_PER_RUPEE}"),
    )
    return tuple(name for held, name in raised if held)


def _whole(row: RuleRow) -> int:
    """The figure of a row that has one."""
    return row.value if isinstance(row.value, int) else 0
