"""What a shock does: dues over income of an applicant, expected loss of a book, value of security.

Source: lending-rules.md section 14 (stress). Vectors V220 to V222; the presets are rows stress_*.
A scenario is not a forecast. Rates move on floating loans only, and the same scenario with the same
random state always gives the same figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.affordability import ratio_to_income
from app.rules.emi import MONTHS_PER_YEAR, emi
from app.rules.measure_inputs import MeasureInputError, check_amount, check_fraction
from app.rules.money import PPM, PPM_PER_PERCENT, round_half_up, share_of
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import EmiRounding
from db.vocabulary.operations import StressPreset


@dataclass(frozen=True, slots=True)
class StressScenario:
    """One set of shocks.

    Attributes:
        rate_shock_ppm: added to the yearly rate of floating loans.
        income_shock_ppm: relative change of incomes; -150,000 is 15 % less.
        unemployment_ppm: share of salaried borrowers who lose their income.
        property_shock_ppm: relative change of the value of security.
        pd_multiplier: the probability of default is multiplied by this.
        lgd_points_ppm: added to the loss given default.
        months_without_income: how long those who lose their income have none.
        random_state: who loses the income; printed with the result.
    """

    rate_shock_ppm: int
    income_shock_ppm: int
    unemployment_ppm: int
    property_shock_ppm: int
    pd_multiplier: Decimal
    lgd_points_ppm: int
    months_without_income: int
    random_state: int


def preset_scenario(preset: StressPreset, rulebook: Rulebook, on: date) -> StressScenario:
    """The shocks of a preset as the rule rows of that day give them."""
    return StressScenario(
        rate_shock_ppm=rulebook.ppm("stress_rate_shock", on, preset),
        income_shock_ppm=rulebook.ppm("stress_income_shock", on, preset),
        unemployment_ppm=rulebook.ppm("stress_unemployment", on, preset),
        property_shock_ppm=rulebook.ppm("stress_property_shock", on, preset),
        pd_multiplier=Decimal(rulebook.millionths("stress_pd_multiplier", on, preset)) / PPM,
        lgd_points_ppm=rulebook.ppm("stress_lgd_points", on, preset),
        months_without_income=rulebook.months("stress_months_without_income", on),
        random_state=rulebook.count("stress_random_state", on),
    )


@dataclass(frozen=True, slots=True)
class ApplicantDues:
    """A loan and what its borrower earns and owes a month, in paise."""

    monthly_income_paise: int
    existing_emis_paise: int
    principal_paise: int
    rate_ppm: int
    tenure_months: int
    rounding: EmiRounding
    floating: bool = True


@dataclass(frozen=True, slots=True)
class StressedApplicant:
    """Dues over income before and after, unrounded per cent; amounts in paise."""

    base_foir: Decimal
    stressed_emi_paise: int
    stressed_income_paise: int
    stressed_foir: Decimal


def stress_applicant(
    applicant: ApplicantDues, income_shock_ppm: int, rate_shock_ppm: int
) -> StressedApplicant:
    """The instalment over the same months at the shocked rate, against the shocked income.

    Raises:
        IncomeMissingError: no income before the shock.
        LoanTermsError: no such loan, before or after the shock.
        MeasureInputError: negative dues, or a shock that leaves no income.
    """
    check_amount("existing_emis", applicant.existing_emis_paise)
    added = rate_shock_ppm if applicant.floating else 0
    base, stressed = (
        emi(applicant.principal_paise, rate_ppm, applicant.tenure_months, applicant.rounding)
        for rate_ppm in (applicant.rate_ppm, applicant.rate_ppm + added)
    )
    dues = applicant.existing_emis_paise
    base_foir = ratio_to_income(dues + base, applicant.monthly_income_paise)
    income = share_of(applicant.monthly_income_paise, PPM + income_shock_ppm)
    if income <= 0:
        raise MeasureInputError("income_shock_percent", "a change that leaves some income")
    return StressedApplicant(
        base_foir=base_foir,
        stressed_emi_paise=stressed,
        stressed_income_paise=income,
        stressed_foir=ratio_to_income(dues + stressed, income),
    )


def income_with_gap(monthly_income_paise: int, months_without: int) -> int:
    """The monthly income in paise when so many months of a year bring none, half up.

    >>> income_with_gap(60000, 6), income_with_gap(60000, 13)
    (30000, 0)
    """
    earning = max(MONTHS_PER_YEAR - months_without, 0)
    return round_half_up(Decimal(monthly_income_paise * earning) / MONTHS_PER_YEAR)


def foir_breaches(foirs: Iterable[Decimal | None], rulebook: Rulebook, on: date) -> int:
    """How many borrowers stand above the guide; one without any income (None) always does."""
    row = rulebook.row("flag_foir_above", on)
    return sum(foir is None or row.holds(foir * PPM_PER_PERCENT) for foir in foirs)


def value_after(value_paise: int, shock_ppm: int) -> int:
    """The value of a security in paise after a relative change, never below 0.

    Raises:
        MeasureInputError: the value before is negative.

    >>> value_after(1000000, -200000)
    800000
    """
    check_amount("collateral_value", value_paise)
    return max(share_of(value_paise, PPM + shock_ppm), 0)


@dataclass(frozen=True, slots=True)
class LossParts:
    """Probability of default, loss given default (fractions) and exposure in paise."""

    pd: Decimal
    lgd: Decimal
    ead_paise: int


@dataclass(frozen=True, slots=True)
class StressedLoss:
    """Expected loss in paise before and after."""

    base_paise: int
    stressed_paise: int

    @property
    def change_paise(self) -> int:
        """What the shock adds."""
        return self.stressed_paise - self.base_paise


def stress_loss(parts: LossParts, pd_multiplier: Decimal, lgd_points_ppm: int) -> StressedLoss:
    """Expected loss with the probability multiplied and points added to the loss given default.

    Neither goes above 1, and the loss given default not below 0.

    Raises:
        MeasureInputError: a probability outside 0 to 1, a negative exposure or multiplier.
    """
    check_fraction("pd", parts.pd)
    check_fraction("lgd", parts.lgd)
    check_amount("ead", parts.ead_paise)
    if not pd_multiplier.is_finite() or pd_multiplier < 0:
        raise MeasureInputError("pd_multiplier", "0 or more")
    pd = min(parts.pd * pd_multiplier, Decimal(1))
    lgd = min(max(parts.lgd + Decimal(lgd_points_ppm) / PPM, Decimal(0)), Decimal(1))
    return StressedLoss(
        base_paise=round_half_up(parts.pd * parts.lgd * parts.ead_paise),
        stressed_paise=round_half_up(pd * lgd * parts.ead_paise),
    )


def stress_book(loans: Iterable[LossParts], scenario: StressScenario) -> StressedLoss:
    """The expected loss of a book: loan by loan, rounded to the paisa, then added.

    Raises:
        MeasureInputError: see `stress_loss`.
    """
    found = [stress_loss(loan, scenario.pd_multiplier, scenario.lgd_points_ppm) for loan in loans]
    return StressedLoss(
        base_paise=sum(each.base_paise for each in found),
        stressed_paise=sum(each.stressed_paise for each in found),
    )
