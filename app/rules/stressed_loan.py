"""One loan and one borrower under a scenario: expected loss, provision, NPA and dues over income.

Source: lending-rules.md 9.3, 10 and 14. Loss by stage: twelve months, the whole life, or, once
the loan is an NPA, all of it. What the scenario adds to the probability of default is expected to
turn NPA and to need the provision of a sub-standard loan. A fixed rate does not move.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal

from app.rules.affordability import ratio_to_income
from app.rules.asset_classification import is_npa
from app.rules.emi import MONTHS_PER_YEAR, RATE_BASE, emi
from app.rules.expected_credit_loss import (
    EclCase,
    LossSecurity,
    booked_loss,
    floored_probability,
    lifetime_loss,
    loss_given_default,
    stage_of,
    twelve_month_loss,
)
from app.rules.money import PPM, round_half_up, share_of
from app.rules.provisioning import ProvisionCase, is_unsecured, provision_required
from app.rules.rulebook import Rulebook
from app.rules.stress import StressScenario, income_with_gap, value_after
from db.vocabulary.lending import EmiRounding
from db.vocabulary.loan_life import AssetClass, EclSegment, ProvisionSegment

_STAGE_2, _STAGE_3 = 2, 3
_NOTHING = Decimal(0)
_TINY = Decimal(10) ** -12


@dataclass(frozen=True, slots=True)
class RunningLoan:
    """A loan of the book on the day of the run; money in paise.

    Attributes:
        pd_ppm: probability of default within twelve months; None = nothing is known.
        security_paise: realisable value today, old valuations left out; `gold_paise` is part of it.
        security_start_paise: all that ever stood behind it, for "hardly any at the start".
        months_left: to the end of its term, at least 1.
        risk_has_risen: restructured, so at least in stage 2.
    """

    asset_class: AssetClass
    npa_since: date | None
    days_past_due: int
    outstanding_paise: int
    principal_paise: int
    emi_paise: int
    rate_ppm: int
    months_left: int
    floating: bool
    rounding: EmiRounding
    segment: ProvisionSegment
    pd_ppm: int | None
    security_paise: int = 0
    gold_paise: int = 0
    security_start_paise: int = 0
    risk_has_risen: bool = False


@dataclass(frozen=True, slots=True)
class LoanFigures:
    """One loan before or after a shock, in paise; the loss is None where no probability is known.

    Attributes:
        npa_paise: owed on it if it is an NPA, else what the shock is expected to turn into one.
    """

    loss_paise: int | None
    npa_paise: int
    provision_paise: int


@dataclass(frozen=True, slots=True)
class StressedLoan:
    """A loan before and after."""

    before: LoanFigures
    after: LoanFigures


def stressed_loan(
    loan: RunningLoan, scenario: StressScenario, rulebook: Rulebook, on: date
) -> StressedLoan:
    """The figures of one loan before and after a scenario.

    Raises:
        NoRuleInForceError: a rule on losses or provisions is missing on that day.
        MeasureInputError: a negative amount or a probability above 1.
    """
    worth = replace(
        loan,
        security_paise=value_after(loan.security_paise, scenario.property_shock_ppm),
        gold_paise=value_after(loan.gold_paise, scenario.property_shock_ppm),
    )
    provision, worse = (_provision(each, each.asset_class, rulebook, on) for each in (loan, worth))
    loss, losses = None, None
    base, turned = _probability(loan, rulebook, on), _NOTHING
    if base is not None:
        stressed = min(base * scenario.pd_multiplier, Decimal(1))
        loss = _loss(loan, base, 0, rulebook, on)
        losses = _loss(worth, stressed, scenario.lgd_points_ppm, rulebook, on)
        turned = stressed - base
    if is_npa(loan.asset_class):
        owed = loan.outstanding_paise
        return StressedLoan(LoanFigures(loss, owed, provision), LoanFigures(losses, owed, worse))
    as_npa = _provision(worth, AssetClass.SUB_STANDARD, rulebook, on)
    added = round_half_up(turned * max(as_npa - worse, 0))
    return StressedLoan(
        LoanFigures(loss, 0, provision),
        LoanFigures(losses, round_half_up(turned * loan.outstanding_paise), worse + added),
    )


def _probability(loan: RunningLoan, rulebook: Rulebook, on: date) -> Decimal | None:
    """The probability before the shock: 1 for an NPA, whatever is known of the others."""
    if is_npa(loan.asset_class):
        return Decimal(1)
    if loan.pd_ppm is None:
        return None
    return floored_probability(Decimal(loan.pd_ppm) / PPM, rulebook, on)


def _provision(loan: RunningLoan, asset_class: AssetClass, rulebook: Rulebook, on: date) -> int:
    case = ProvisionCase(
        asset_class=asset_class,
        outstanding_paise=loan.outstanding_paise,
        security_paise=loan.security_paise,
        segment=loan.segment,
        unsecured_ab_initio=is_unsecured(
            loan.security_start_paise, loan.principal_paise, rulebook, on
        ),
    )
    return provision_required(case, rulebook, on)


def loss_security(loan: RunningLoan, rulebook: Rulebook, on: date) -> LossSecurity:
    """What stands behind a loan: gold for all of it, security worth the name, or hardly any."""
    if loan.gold_paise and loan.gold_paise >= loan.outstanding_paise:
        return LossSecurity.CASH_OR_GOLD
    bare = is_unsecured(loan.security_paise, loan.outstanding_paise, rulebook, on)
    return LossSecurity.UNSECURED if bare else LossSecurity.SECURED


def _loss(
    loan: RunningLoan, probability: Decimal, lgd_points_ppm: int, rulebook: Rulebook, on: date
) -> int:
    """The expected loss by stage, lifted to the floor where floors are switched on."""
    security = loss_security(loan, rulebook, on)
    lgd = loss_given_default(None, security, rulebook, on) + Decimal(lgd_points_ppm) / PPM
    lgd = min(lgd, Decimal(1))
    stage = _stage(loan, rulebook, on)
    if stage == _STAGE_2:
        years = year_exposures(loan.outstanding_paise, loan.rate_ppm, loan.months_left)
        found = lifetime_loss(marginals(probability, len(years)), lgd, years, loan.rate_ppm)
    else:
        found = twelve_month_loss(probability, lgd, loan.outstanding_paise)
    case = EclCase(
        segment=_ecl_segment(loan, security),
        stage=stage,
        ead_paise=loan.outstanding_paise,
        npa_since=loan.npa_since,
        secured=security is not LossSecurity.UNSECURED,
    )
    return booked_loss(case, found, rulebook, on)


def marginals(probability: Decimal, years: int) -> list[Decimal]:
    """The probability of defaulting in each year when every year has the same for who is left.

    >>> marginals(Decimal("0.5"), 3) == [Decimal("0.5"), Decimal("0.25"), Decimal("0.125")]
    True
    """
    left, found = Decimal(1), []
    for _ in range(years):
        # Cut off, never rounded up: together they must not pass 1.
        found.append((probability * left).quantize(_TINY, rounding=ROUND_DOWN))
        left -= found[-1]
    return found


def _stage(loan: RunningLoan, rulebook: Rulebook, on: date) -> int:
    """A loan that is an NPA through another loan of its borrower is in stage 3 too."""
    if is_npa(loan.asset_class):
        return _STAGE_3
    stage = stage_of(loan.days_past_due, rulebook, on, risk_has_risen=loan.risk_has_risen)
    return min(stage, _STAGE_2)


def _ecl_segment(loan: RunningLoan, security: LossSecurity) -> EclSegment:
    if loan.segment is ProvisionSegment.HOUSING:
        return EclSegment.HOUSING_INDIVIDUAL
    if loan.segment is ProvisionSegment.SME_MICRO_SMALL:
        return EclSegment.MICRO_SMALL
    if security is LossSecurity.CASH_OR_GOLD:
        return EclSegment.GOLD
    if security is LossSecurity.UNSECURED:
        return EclSegment.UNSECURED_RETAIL
    return EclSegment.SECURED_RETAIL


def year_exposures(outstanding_paise: int, rate_ppm: int, months_left: int) -> list[int]:
    """What is owed at the start of each year that is left, in paise, by equal instalments.

    >>> year_exposures(1200000, 0, 24), year_exposures(500000, 120000, 7)
    ([1200000, 600000], [500000])
    """
    months = max(months_left, 1)
    starts = range(0, months, MONTHS_PER_YEAR)
    if rate_ppm == 0:
        left = [Decimal(outstanding_paise * (months - paid)) / months for paid in starts]
    else:
        growth = 1 + Decimal(rate_ppm) / RATE_BASE
        end = growth**months
        left = [outstanding_paise * (end - growth**paid) / (end - 1) for paid in starts]
    return [round_half_up(each) for each in left]


def stressed_instalment(loan: RunningLoan, rate_shock_ppm: int) -> int:
    """The instalment in paise after a shock: what the higher rate adds on what is left.

    The loan's own instalment stands; a fixed rate, or one paid off, adds nothing.
    """
    if not loan.floating or rate_shock_ppm == 0 or loan.outstanding_paise <= 0:
        return loan.emi_paise
    usual, dearer = (
        emi(loan.outstanding_paise, rate_ppm, loan.months_left, loan.rounding)
        for rate_ppm in (loan.rate_ppm, loan.rate_ppm + rate_shock_ppm)
    )
    return loan.emi_paise + dearer - usual


@dataclass(frozen=True, slots=True)
class Borrower:
    """What a borrower earns and owes elsewhere a month, in paise.

    Attributes:
        income_paise: None = not known.
        loses_income: drawn as one of those who lose their work.
    """

    income_paise: int | None
    other_dues_paise: int
    loses_income: bool = False


def borrower_foirs(
    borrower: Borrower, loans: Sequence[RunningLoan], scenario: StressScenario
) -> tuple[Decimal | None, Decimal | None]:
    """All monthly dues over income before and after, unrounded per cent; None without income."""
    before = borrower.other_dues_paise + sum(each.emi_paise for each in loans)
    after = borrower.other_dues_paise + sum(
        stressed_instalment(each, scenario.rate_shock_ppm) for each in loans
    )
    if not borrower.income_paise:
        return None, None
    income = share_of(borrower.income_paise, PPM + scenario.income_shock_ppm)
    if borrower.loses_income:
        income = income_with_gap(income, scenario.months_without_income)
    return (
        ratio_to_income(before, borrower.income_paise),
        ratio_to_income(after, income) if income > 0 else None,
    )
