"""The case of an application: what was typed, the customer and our own record, on one day.

The only way from the forms and the book to `CaseFacts`, so that live figures, preview, scoring
and re-scoring see the same inputs. Nothing is derived here and nothing is guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.case_facts import (
    ApplicantFacts,
    BureauFacts,
    CaseFacts,
    CollateralFacts,
    LoanTerms,
    ObligationFacts,
    OwnRecord,
)
from app.rules.paper_checklist import paper_states
from app.rules.permissions import Act
from app.services.steps.application_facts import ApplicationFacts, CollateralEntry
from app.services.steps.permission import permit
from db.records.applications import Application, CoApplicant
from db.records.people import NO_REPORT, BureauReport, Customer

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ApplicationContext:
    """What the form keeps beside the typing, so that figures need no database."""

    customer: Customer
    own_record: OwnRecord
    exposure_paise: int


def application_context(customer_id: UUID, desk: "Desk") -> ApplicationContext:
    """Read the customer, our own record and what they owe us today.

    Raises:
        Refused: the person may not read customers.
        NotFound: the branch has no such customer.
    """
    branch_id = permit(desk, Act.READ_CUSTOMERS).branch_id
    with desk.read_book() as book:
        customer = book.customers.get(branch_id, customer_id)
        own = own_record(book, branch_id, customer_id, desk.clock.today())
        loans = book.loans.of_customer(branch_id, customer_id)
    return ApplicationContext(customer, own, sum(each.outstanding_paise for each in loans))


def own_record(book: "UnitOfWork", branch_id: int, customer_id: UUID, on: date) -> OwnRecord:
    """What our own books say of a customer on a day."""
    own = book.loans.own_record(branch_id, customer_id, on)
    return OwnRecord(own.active_loans, own.late_payments, own.has_npa)


def co_incomes(
    book: "UnitOfWork", branch_id: int, named: tuple[CoApplicant, ...]
) -> dict[UUID, int]:
    """Monthly income in paise of the co-applicants named, by customer id."""
    people = book.customers.get_many(branch_id, [each.customer_id for each in named])
    return {each.customer_id: each.employment.monthly_income_paise for each in people}


def incomes_of(named: tuple[CoApplicant, ...], desk: "Desk") -> dict[UUID, int]:
    """As `co_incomes`, for somebody who has no book open; asks it only if anybody is named."""
    if not named:
        return {}
    with desk.read_book() as book:
        return co_incomes(book, desk.person().branch_id, named)


def case_of(
    facts: ApplicationFacts,
    customer: Customer | None,
    own: OwnRecord,
    co_incomes: Mapping[UUID, int],
    as_of: date,
) -> CaseFacts:
    """The case of what was typed.

    Args:
        facts: the application form.
        customer: None while nobody has been chosen: the case then has no applicant.
        own: what our books say of the customer.
        co_incomes: monthly income by customer id of the co-applicants.
        as_of: the application date.
    """
    stored_report = NO_REPORT if customer is None else customer.bureau
    report = stored_report if facts.bureau == NO_REPORT else facts.bureau
    return CaseFacts(
        as_of=as_of,
        applicant=ApplicantFacts() if customer is None else applicant_of(customer),
        terms=terms_of(facts),
        obligations=() if customer is None else _obligations(facts, customer, as_of),
        collateral=tuple(_security(each) for each in facts.collateral),
        guarantors=len(facts.guarantors),
        co_applicants=len(facts.co_applicants),
        co_applicant_income_paise=sum(
            co_incomes.get(each.customer_id, 0)
            for each in facts.co_applicants
            if each.income_counted
        ),
        bureau=bureau_of(report),
        own_record=own,
        papers=paper_states((paper.kind, paper.checked) for paper in facts.papers),
    )


def _security(item: CollateralEntry) -> CollateralFacts:
    return CollateralFacts(
        item.collateral_type, item.value_paise, item.valuation_date, item.accepted_share_ppm
    )


def applicant_of(customer: Customer) -> ApplicantFacts:
    """What is judged of a customer."""
    work = customer.employment
    return ApplicantFacts(
        date_of_birth=customer.date_of_birth,
        monthly_income_paise=work.monthly_income_paise,
        employment_type=work.employment_type,
        experience_months=work.experience_months,
        employment_start_date=work.employment_start_date,
        customer_since=customer.customer_since,
        kyc_status=customer.kyc_status,
    )


def terms_of(facts: ApplicationFacts) -> LoanTerms:
    """The loan asked for."""
    return LoanTerms(
        product_code=facts.product_code,
        loan_purpose=facts.loan_purpose,
        amount_paise=facts.amount_paise,
        tenure_months=facts.tenure_months,
        rate_ppm=facts.rate_ppm,
        repayment_type=facts.repayment_type,
        moratorium_months=facts.moratorium_months,
        first_due_date=facts.first_due_date,
        processing_fee_paise=facts.processing_fee_paise,
        insurance_premium_paise=facts.insurance_premium_paise,
        other_charges_paise=facts.other_charges_paise,
        household_income_paise=facts.household_income_paise,
        household_repayments_paise=facts.household_repayments_paise,
    )


def bureau_of(report: BureauReport) -> BureauFacts:
    """The bureau facts of a report."""
    return BureauFacts(
        bureau_name=report.bureau_name,
        score=report.score,
        score_state=report.score_state,
        report_date=report.report_date,
        late_payments=report.late_payments,
        active_loans=report.active_loans,
    )


def _obligations(
    facts: ApplicationFacts, customer: Customer, as_of: date
) -> tuple[ObligationFacts, ...]:
    """The customer's dues that still run on that day."""
    return tuple(
        ObligationFacts(
            lender_name=due.lender_name,
            obligation_type=due.obligation_type,
            monthly_amount_paise=due.monthly_amount_paise,
            outstanding_paise=due.outstanding_paise,
            closed_by_this_loan=due.obligation_id in facts.closed_obligations,
        )
        for due in customer.obligations
        if due.end_date is None or due.end_date >= as_of
    )


def facts_of_application(application: Application) -> ApplicationFacts:
    """What was typed for a stored application, as far as a case needs it."""
    return ApplicationFacts(
        customer_id=application.customer_id,
        product_code=application.product_code,
        loan_purpose=application.loan_purpose,
        amount_paise=application.amount_paise,
        tenure_months=application.tenure_months,
        rate_ppm=application.rate_ppm,
        rate_type=application.rate_type,
        benchmark=application.benchmark,
        spread_ppm=application.spread_ppm,
        repayment_type=application.repayment_type,
        moratorium_months=application.moratorium_months,
        first_due_date=application.first_due_date,
        processing_fee_paise=application.processing_fee_paise,
        insurance_premium_paise=application.insurance_premium_paise,
        other_charges_paise=application.other_charges_paise,
        digital_loan=application.digital_loan,
        household_income_paise=application.household_income_paise,
        household_repayments_paise=application.household_repayments_paise,
        bureau=application.bureau,
        collateral=tuple(
            CollateralEntry(
                item.collateral_type,
                item.value_paise,
                item.valuation_date,
                item.accepted_share_ppm,
                item.description,
            )
            for item in application.collateral
        ),
        co_applicants=application.co_applicants,
        closed_obligations=application.closed_obligations,
        remarks=application.remarks,
    )


def case_of_application(
    book: "UnitOfWork", application: Application, customer: Customer
) -> CaseFacts:
    """The case of a stored application as the book has it now, on its application date."""
    branch_id, on = application.branch_id, application.application_date
    case = case_of(
        facts_of_application(application),
        customer,
        own_record(book, branch_id, customer.customer_id, on),
        co_incomes(book, branch_id, application.co_applicants),
        on,
    )
    papers = book.attachments.of_application(branch_id, application.application_id)
    return replace(
        case,
        guarantors=len(application.guarantors),
        papers=paper_states((paper.kind, paper.checked_at is not None) for paper in papers),
    )
