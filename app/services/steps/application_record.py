"""From checked facts to the application's row; product and rate are settled here."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from app.rules.rulebook import Rulebook
from app.services.steps.application_facts import (
    ApplicationFacts,
    CollateralEntry,
    GuarantorEntry,
)
from app.services.steps.check_identity_numbers import (
    check_email,
    check_mobile,
    check_personal_pan,
)
from app.services.steps.ids import new_id
from app.services.steps.text_checks import tidy
from db.records.applications import Application, Collateral, Guarantor
from db.records.people import NO_REPORT, Customer
from db.vocabulary.lending import Benchmark, LoanPurpose, RateType, RepaymentType
from db.vocabulary.loan_life import ApplicationStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


class FactsNotCheckedError(ValueError):
    """Facts that `check_application` would refuse reached the book's door."""


class _Asked(TypedDict):
    """What every application has."""

    product_code: str
    loan_purpose: LoanPurpose
    amount_paise: int
    tenure_months: int
    rate_ppm: int


class _Repaid(TypedDict):
    """How it is priced and repaid."""

    rate_type: RateType
    benchmark: Benchmark | None
    spread_ppm: int | None
    repayment_type: RepaymentType
    moratorium_months: int
    first_due_date: date | None
    processing_fee_paise: int | None
    insurance_premium_paise: int
    other_charges_paise: int
    household_income_paise: int | None
    household_repayments_paise: int | None


@dataclass(frozen=True, slots=True)
class Identity:
    """The name of a new application."""

    application_id: UUID
    reference: str


def settled(facts: ApplicationFacts, rulebook: Rulebook, on: date) -> ApplicationFacts:
    """The facts with the default product of the purpose and the card rate where none was typed.

    Raises:
        NoProductInForceError: there is no such product on that day.
    """
    if facts.product_code is not None:
        product = rulebook.product(facts.product_code, on)
    elif facts.loan_purpose is not None:
        product = rulebook.default_product_for(facts.loan_purpose, on)
    else:
        return facts
    rate_ppm = product.card_rate_ppm if facts.rate_ppm is None else facts.rate_ppm
    return replace(facts, product_code=product.product_code, rate_ppm=rate_ppm)


def new_application(
    facts: ApplicationFacts, customer: Customer, identity: Identity, desk: "Desk"
) -> Application:
    """The row of an application committed now: Pending, of the person at the desk."""
    person = desk.person()
    return Application(
        application_id=identity.application_id,
        branch_id=person.branch_id,
        reference=identity.reference,
        customer_id=customer.customer_id,
        status=ApplicationStatus.PENDING,
        application_date=desk.clock.today(),
        status_since=desk.clock.now(),
        officer_id=person.user_id,
        version=1,
        digital_loan=facts.digital_loan,
        bureau=customer.bureau if facts.bureau == NO_REPORT else facts.bureau,
        remarks=facts.remarks.strip(),
        collateral=tuple(_security(each, new_id(desk)) for each in facts.collateral),
        guarantors=tuple(_guarantor(each, new_id(desk)) for each in facts.guarantors),
        co_applicants=facts.co_applicants,
        closed_obligations=facts.closed_obligations,
        **_asked(facts),
        **_repaid(facts),
    )


def _asked(facts: ApplicationFacts) -> _Asked:
    purpose, product = facts.loan_purpose, facts.product_code
    amount, tenure, rate = facts.amount_paise, facts.tenure_months, facts.rate_ppm
    if purpose is None or product is None or amount is None or tenure is None or rate is None:
        message = "purpose, product, amount, tenure and rate are settled before this"
        raise FactsNotCheckedError(message)
    return _Asked(
        product_code=product,
        loan_purpose=purpose,
        amount_paise=amount,
        tenure_months=tenure,
        rate_ppm=rate,
    )


def _repaid(facts: ApplicationFacts) -> _Repaid:
    return _Repaid(
        rate_type=facts.rate_type,
        benchmark=facts.benchmark,
        spread_ppm=facts.spread_ppm,
        repayment_type=facts.repayment_type,
        moratorium_months=facts.moratorium_months,
        first_due_date=facts.first_due_date,
        processing_fee_paise=facts.processing_fee_paise,
        insurance_premium_paise=facts.insurance_premium_paise,
        other_charges_paise=facts.other_charges_paise,
        household_income_paise=facts.household_income_paise,
        household_repayments_paise=facts.household_repayments_paise,
    )


def _security(entry: CollateralEntry, made: UUID) -> Collateral:
    return Collateral(
        collateral_id=made,
        collateral_type=entry.collateral_type,
        value_paise=entry.value_paise,
        valuation_date=entry.valuation_date,
        accepted_share_ppm=entry.accepted_share_ppm,
        description=tidy(entry.description),
    )


def _guarantor(entry: GuarantorEntry, made: UUID) -> Guarantor:
    pan = check_personal_pan(entry.pan_number).value if entry.pan_number else None
    return Guarantor(
        guarantor_id=made,
        full_name=tidy(entry.full_name),
        relationship=entry.relationship,
        phone=check_mobile(entry.phone).value or "",
        email=check_email(entry.email).value or "",
        address=tidy(entry.address),
        income_paise=entry.income_paise,
        pan_number=pan,
    )
