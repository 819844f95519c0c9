"""The offer that an approval makes: its contract, its schedule, and what Key Facts need of it.

Source: lending-rules.md 2, 7.1 and 7.2. Dated rules are read on the day of sanction. The day of
disbursement is not known yet, so interest is shown from the day the statement is issued.
"""

from dataclasses import dataclass, replace
from datetime import date

from app.rules.case_facts import CaseFacts
from app.rules.case_standing import Terms
from app.rules.dated_schedule import DatedSchedule, dated_schedule
from app.rules.day_count import add_months
from app.rules.key_facts import Offer
from app.rules.key_facts_parts import (
    LenderFacts,
    Repayments,
    repayments_at_end,
    repayments_of_contract,
)
from app.rules.loan_contract import LoanContract, default_interest_method
from app.rules.loan_plan import plan_of
from app.rules.prepayment_fee import (
    FeeCase,
    FeePermission,
    default_lender_class,
    fee_allowed,
    is_business_purpose,
)
from app.rules.products import Product
from app.rules.rulebook import Rulebook
from app.rules.stage_disbursement import Stage
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.lending import BorrowerType, MoratoriumTreatment, RepaymentType


@dataclass(frozen=True, slots=True)
class Sanctioned:
    """What was decided, and the days that matter for its papers."""

    reference: str
    case: CaseFacts
    terms: Terms
    product_code: str
    sanctioned_on: date
    issued_on: date
    digital: bool


@dataclass(frozen=True, slots=True)
class OfferedLoan:
    """The offer and the schedule behind it; None for a loan paid back at the end."""

    offer: Offer
    schedule: DatedSchedule | None


def offered_loan(sanctioned: Sanctioned, lender: LenderFacts, rulebook: Rulebook) -> OfferedLoan:
    """The offer of a sanctioned loan.

    Raises:
        Refused: a term is missing.
        FieldRefusedError: the terms or days do not go together.
        NoRuleInForceError: a rule or the product is not in force on the day of sanction.
    """
    on, terms = sanctioned.sanctioned_on, sanctioned.terms
    product = rulebook.product(sanctioned.product_code, on)
    # Fees and tax are those of the day of sanction.
    case = replace(
        sanctioned.case,
        as_of=on,
        terms=replace(
            sanctioned.case.terms,
            product_code=product.product_code,
            amount_paise=terms.amount_paise,
            tenure_months=terms.tenure_months,
            rate_ppm=terms.rate_ppm,
            first_due_date=_agreed_first_due(sanctioned),
        ),
    )
    repayments, schedule = _repayments(case, product, sanctioned, rulebook)
    offer = Offer(
        proposal_number=sanctioned.reference,
        case=case,
        product=product,
        rate_ppm=terms.rate_ppm,
        repayments=repayments,
        disbursal=(Stage(sanctioned.issued_on, terms.amount_paise),),
        lender=lender,
        sanctioned_on=on,
        issued_on=sanctioned.issued_on,
        prepayment_charge_barred=not _prepayment_fee(case, product, rulebook, on).allowed,
        digital=sanctioned.digital,
    )
    return OfferedLoan(offer, schedule)


def contract_of(
    case: CaseFacts, product: Product, sanctioned: Sanctioned, rulebook: Rulebook
) -> LoanContract:
    """The contract of a loan in equal instalments, paid out on the day of issue."""
    terms, start = sanctioned.terms, sanctioned.issued_on
    months = max(case.terms.moratorium_months, 0)
    agreed = case.terms.first_due_date
    first_due = agreed or add_months(start, 1 + months)
    return LoanContract(
        principal_paise=terms.amount_paise,
        rate_ppm=terms.rate_ppm,
        tenure_months=terms.tenure_months,
        rounding=product.emi_rounding,
        interest_method=default_interest_method(rulebook, sanctioned.sanctioned_on),
        disbursed_on=start,
        first_due=first_due,
        due_day=agreed.day if agreed else start.day,
        moratorium_months=months,
        moratorium_treatment=product.moratorium.default or MoratoriumTreatment.SERVICED,
    )


def _agreed_first_due(sanctioned: Sanctioned) -> date | None:
    """The day agreed for the first instalment, unless the first payment would be due already."""
    terms = sanctioned.case.terms
    agreed, months = terms.first_due_date, max(terms.moratorium_months, 0)
    if agreed is None or add_months(agreed, -months) <= sanctioned.issued_on:
        return None
    return agreed


def _prepayment_fee(
    case: CaseFacts, product: Product, rulebook: Rulebook, on: date
) -> FeePermission:
    """Whether paying early may cost something; the statement itself discloses it.

    Customers of the desk are persons.
    """
    purpose = case.terms.loan_purpose
    return fee_allowed(
        FeeCase(
            borrower_type=BorrowerType.INDIVIDUAL,
            is_business=purpose is not None and is_business_purpose(purpose),
            rate_type=product.rate_type,
            sanctioned_on=on,
            lender_class=default_lender_class(rulebook, on),
            limit_paise=case.terms.amount_paise or 0,
            disclosed=True,
            is_microfinance=product.household_share_rule is not None,
        ),
        rulebook,
    )


def _repayments(
    case: CaseFacts, product: Product, sanctioned: Sanctioned, rulebook: Rulebook
) -> tuple[Repayments, DatedSchedule | None]:
    if case.terms.repayment_type is RepaymentType.EMI:
        contract = contract_of(case, product, sanctioned, rulebook)
        schedule = dated_schedule(contract, rulebook, sanctioned.sanctioned_on)
        return repayments_of_contract(contract, schedule), schedule
    plan = plan_of(replace(case, as_of=sanctioned.issued_on), product, rulebook)
    if plan is None:
        raise Refused(
            RefusalKind.BAD_INPUT, "The terms give no repayment plan: amount, tenure and rate"
        )
    return repayments_at_end(plan, sanctioned.terms.amount_paise), None
