"""The live figures of an application: one call for form, feature row, policy and what-if.

Source: screens.md S31 (worked case), lending-rules.md sections 1, 7.1 and 8. Plain arithmetic,
computed at every key press; a figure whose input is missing is None, never 0 or 100 %.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.affordability import (
    dues_kept,
    months_of_income,
    percent_of,
    ratio_to_income,
    years_of_income,
)
from app.rules.annual_percentage_rate import (
    AprOutOfRangeError,
    RepaymentsBelowDisbursedError,
    annual_percentage_rate,
)
from app.rules.case_facts import CaseFacts
from app.rules.loan_plan import LoanPlan, missing_terms, plan_of, product_of
from app.rules.money import PPM, share_of
from app.rules.rulebook import Rulebook
from app.rules.upfront_charges import UpfrontCharges, charges_in_apr, upfront_charges


@dataclass(frozen=True, slots=True)
class ApplicationFigures:
    """Every figure of a case. Money in paise; ratios in unrounded Decimal per cent.

    Attributes:
        total_interest_paise: over all payments, the broken period included.
        existing_emi_paise: debts that stay after this loan.
        other_dues_paise: fixed costs that stay.
        loan_to_income_ratio: amount over yearly income, in years.
        loan_to_value_ratio: per cent of the accepted value; None without security.
        collateral_cover: value after haircut over the loan, in times; 0 without security.
        accepted_value_paise: the shares of the security that count.
        value_after_haircut_paise: those shares less the margin of their kind.
        missing: names of the fields whose absence leaves a figure out.
    """

    estimated_emi_paise: int | None = None
    last_instalment_paise: int | None = None
    total_interest_paise: int | None = None
    last_due_date: date | None = None
    broken_interest_paise: int | None = None
    monthly_income_paise: int | None = None
    existing_emi_paise: int = 0
    other_dues_paise: int = 0
    fixed_obligation_to_income_ratio: Decimal | None = None
    debt_to_income_ratio: Decimal | None = None
    new_emi_ratio: Decimal | None = None
    loan_to_income_ratio: Decimal | None = None
    loan_to_income_months: Decimal | None = None
    net_monthly_surplus_paise: int | None = None
    loan_to_value_ratio: Decimal | None = None
    collateral_cover: Decimal | None = None
    accepted_value_paise: int = 0
    value_after_haircut_paise: int = 0
    processing_fee_paise: int | None = None
    gst_paise: int | None = None
    upfront_charges_paise: int | None = None
    annual_percentage_rate: Decimal | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Security:
    """Values of the security offered, in paise."""

    accepted_paise: int
    after_haircut_paise: int


def figures_of(case: CaseFacts, rulebook: Rulebook) -> ApplicationFigures:
    """All figures of the case on its own day.

    Raises:
        NoRuleInForceError: the case lies before the rule book starts.
    """
    product = product_of(case, rulebook)
    plan = plan_of(case, product, rulebook)
    charges = upfront_charges(case, product, rulebook)
    security = _security(case, rulebook)
    amount = case.terms.amount_paise if plan is not None else None
    emi = None if plan is None else plan.emi_paise
    income = counted_income(case)
    debts, others = dues_kept(case.obligations)
    apr = _apr(case, plan, charges, rulebook)
    return ApplicationFigures(
        estimated_emi_paise=emi,
        last_instalment_paise=None if plan is None else plan.last_instalment_paise,
        total_interest_paise=None if plan is None else plan.total_interest_paise,
        last_due_date=None if plan is None else plan.last_due_date,
        broken_interest_paise=None if plan is None else plan.broken_interest_paise,
        monthly_income_paise=income,
        existing_emi_paise=debts,
        other_dues_paise=others,
        fixed_obligation_to_income_ratio=_share(emi, debts + others, income),
        debt_to_income_ratio=_share(emi, debts, income),
        new_emi_ratio=_share(emi, 0, income),
        loan_to_income_ratio=years_of_income(amount, income) if amount and income else None,
        loan_to_income_months=months_of_income(amount, income) if amount and income else None,
        net_monthly_surplus_paise=_surplus(emi, debts + others, income),
        loan_to_value_ratio=_loan_to_value(amount, security),
        collateral_cover=Decimal(security.after_haircut_paise) / amount if amount else None,
        accepted_value_paise=security.accepted_paise,
        value_after_haircut_paise=security.after_haircut_paise,
        processing_fee_paise=None if charges is None else charges.processing_fee_paise,
        gst_paise=None if charges is None else charges.gst_paise,
        upfront_charges_paise=None if charges is None else charges.total_paise,
        annual_percentage_rate=apr,
        missing=_missing(case, income, charges, missing_terms(case, product)),
    )


def counted_income(case: CaseFacts) -> int | None:
    """Monthly income with the co-applicants' that counts; None when unknown, 0 or less."""
    own = case.applicant.monthly_income_paise
    if own is None or own <= 0:
        return None
    return own + case.co_applicant_income_paise


def _share(emi: int | None, dues_paise: int, income: int | None) -> Decimal | None:
    if emi is None or income is None:
        return None
    return ratio_to_income(dues_paise + emi, income)


def _surplus(emi: int | None, dues_paise: int, income: int | None) -> int | None:
    if emi is None or income is None:
        return None
    return income - dues_paise - emi


def _security(case: CaseFacts, rulebook: Rulebook) -> _Security:
    accepted = after_haircut = 0
    for item in case.collateral:
        counted = share_of(item.value_paise, item.accepted_share_ppm)
        segment = item.collateral_type.name
        haircut = rulebook.ppm("collateral_haircut", case.as_of, segment)
        accepted += counted
        after_haircut += share_of(counted, PPM - haircut)
    return _Security(accepted, after_haircut)


def _loan_to_value(amount: int | None, security: _Security) -> Decimal | None:
    if amount is None or security.accepted_paise <= 0:
        return None
    return percent_of(amount, security.accepted_paise)


def _apr(
    case: CaseFacts, plan: LoanPlan | None, charges: UpfrontCharges | None, rulebook: Rulebook
) -> Decimal | None:
    if plan is None or charges is None or case.terms.amount_paise is None:
        return None
    net = case.terms.amount_paise - charges_in_apr(charges, case, rulebook)
    try:
        return annual_percentage_rate(net, plan.payments_paise, plan.broken_days)
    except (AprOutOfRangeError, RepaymentsBelowDisbursedError):
        return None


def _missing(
    case: CaseFacts,
    income: int | None,
    charges: UpfrontCharges | None,
    terms: tuple[str, ...],
) -> tuple[str, ...]:
    missing = list(terms)
    if income is None:
        missing.append("monthly_income")
    if charges is None and case.terms.amount_paise is not None:
        missing.append("product_code")
    if case.collateral and not any(item.value_paise > 0 for item in case.collateral):
        missing.append("collateral_value")
    return tuple(missing)
