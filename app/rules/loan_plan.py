"""All payments of a loan as asked for: moratorium, instalments or one payment, broken period.

Source: lending-rules.md sections 1 to 3; settled: the estimated instalment of a bullet loan is the
equal one that the same amount, card rate and tenure would need.
"""

from dataclasses import dataclass, replace
from datetime import date

from app.rules.amortisation import LoanShape, Schedule, contract_schedule
from app.rules.case_facts import CaseFacts, LoanTerms
from app.rules.day_count import add_months, broken_days, daily_interest, due_date
from app.rules.emi import LoanTermsError, check_terms, emi
from app.rules.moratorium import balance_after, payments_during, simple_interest
from app.rules.products import Product
from app.rules.rulebook import NoProductInForceError, Rulebook
from db.vocabulary.lending import EmiRounding, MoratoriumTreatment, RepaymentType


@dataclass(frozen=True, slots=True)
class LoanPlan:
    """What will be paid, in paise.

    Attributes:
        emi_paise: the equal instalment (for a bullet loan the estimated one).
        schedule: the instalments after a moratorium; None for a bullet loan.
        payments_paise: every payment by month from the first due date on.
        broken_days: days by which the first period differs from a month.
        broken_interest_paise: interest of those days, inside the first payment.
        last_due_date: when the loan ends.
    """

    emi_paise: int
    schedule: Schedule | None
    payments_paise: tuple[int, ...]
    total_interest_paise: int
    broken_days: int
    broken_interest_paise: int
    last_due_date: date

    @property
    def last_instalment_paise(self) -> int:
        """The payment that closes the loan."""
        return self.payments_paise[-1]


def product_of(case: CaseFacts, rulebook: Rulebook) -> Product | None:
    """The product named, else the default of the purpose, else None."""
    terms = case.terms
    try:
        if terms.product_code is not None:
            return rulebook.product(terms.product_code, case.as_of)
        if terms.loan_purpose is not None:
            return rulebook.default_product_for(terms.loan_purpose, case.as_of)
    except NoProductInForceError:
        return None
    return None


def rate_of(terms: LoanTerms, product: Product | None) -> int | None:
    """The rate typed, else the product's card rate, in ppm."""
    if terms.rate_ppm is not None or product is None:
        return terms.rate_ppm
    return product.card_rate_ppm


def missing_terms(case: CaseFacts, product: Product | None) -> tuple[str, ...]:
    """Names of the terms without which there is no plan, in the order of the form."""
    terms, rate = case.terms, rate_of(case.terms, product)
    missing = []
    if terms.amount_paise is None or terms.amount_paise <= 0:
        missing.append("loan_amount")
    if terms.tenure_months is None or terms.tenure_months < 1:
        missing.append("loan_tenure_months")
    if rate is None or rate < 0:
        missing.append("interest_rate")
    if terms.repayment_type is RepaymentType.STEP:
        missing.append("repayment_type")
    if terms.first_due_date is not None and terms.first_due_date <= case.as_of:
        missing.append("first_due_date")
    return tuple(missing)


def plan_of(case: CaseFacts, product: Product | None, rulebook: Rulebook) -> LoanPlan | None:
    """The plan of a case; None while a term is missing or outside the arithmetic."""
    terms, rate_ppm = case.terms, rate_of(case.terms, product)
    if missing_terms(case, product):
        return None
    if terms.amount_paise is None or terms.tenure_months is None or rate_ppm is None:
        return None  # pragma: no cover  # told above; narrows the types
    shape = LoanShape(terms.amount_paise, rate_ppm, terms.tenure_months)
    try:
        check_terms(shape.principal_paise, shape.rate_ppm, shape.tenure_months)
    except LoanTermsError:
        return None
    if terms.repayment_type is RepaymentType.BULLET:
        return _bullet_plan(case, shape, product, rulebook)
    return _instalment_plan(case, shape, product, rulebook)


def _rounding(case: CaseFacts, product: Product | None, rulebook: Rulebook) -> EmiRounding:
    if product is not None:
        return product.emi_rounding
    return EmiRounding(rulebook.word("emi_rounding", case.as_of))


def _instalment_plan(
    case: CaseFacts, shape: LoanShape, product: Product | None, rulebook: Rulebook
) -> LoanPlan:
    months = max(case.terms.moratorium_months, 0)
    treatment = (product.moratorium.default if product else None) or MoratoriumTreatment.SERVICED
    principal = balance_after(shape.principal_paise, shape.rate_ppm, months, treatment)
    schedule = contract_schedule(
        LoanShape(principal, shape.rate_ppm, shape.tenure_months),
        _rounding(case, product, rulebook),
        rulebook,
        case.as_of,
    )
    before = payments_during(shape.principal_paise, shape.rate_ppm, months, treatment)
    plan = _dated(case, shape, before + schedule.payments_paise, rulebook)
    return replace(plan, emi_paise=schedule.emi_paise, schedule=schedule)


def _bullet_plan(
    case: CaseFacts, shape: LoanShape, product: Product | None, rulebook: Rulebook
) -> LoanPlan:
    card_rate = product.card_rate_ppm if product is not None else shape.rate_ppm
    rounding = _rounding(case, product, rulebook)
    instalment = emi(shape.principal_paise, card_rate, shape.tenure_months, rounding)
    interest = simple_interest(shape.principal_paise, shape.rate_ppm, shape.tenure_months)
    waiting = (0,) * (shape.tenure_months - 1)
    due = shape.principal_paise + interest
    plan = _dated(case, shape, (*waiting, due), rulebook)
    # The days before the first whole month are paid with the first instalment: the only one.
    payments = (*waiting, due + plan.broken_interest_paise)
    return replace(plan, emi_paise=instalment, payments_paise=payments)


def _dated(
    case: CaseFacts, shape: LoanShape, payments: tuple[int, ...], rulebook: Rulebook
) -> LoanPlan:
    """Put the payments on their dates and charge the days before the first whole month."""
    count, first_due = len(payments), case.terms.first_due_date
    days = interest = 0
    last_due = add_months(case.as_of, count)
    if first_due is not None:
        first_payment = add_months(first_due, shape.tenure_months - count)
        days = broken_days(case.as_of, first_payment)
        principal, rate = shape.principal_paise, shape.rate_ppm
        interest = daily_interest(principal, rate, days, rulebook, case.as_of)
        payments = (payments[0] + interest, *payments[1:])
        last_due = due_date(first_due, shape.tenure_months)
    return LoanPlan(
        emi_paise=0,
        schedule=None,
        payments_paise=payments,
        total_interest_paise=sum(payments) - shape.principal_paise,
        broken_days=days,
        broken_interest_paise=interest,
        last_due_date=last_due,
    )
