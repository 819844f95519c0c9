"""The case of a stored application: records of the book as the rules and the model read them."""

from app.rules.case_facts import (
    ApplicantFacts,
    BureauFacts,
    CaseFacts,
    CollateralFacts,
    LoanTerms,
    ObligationFacts,
    OwnRecord,
)
from db.records.applications import Application
from db.records.people import BureauReport, Customer


def case_of_record(
    application: Application, customer: Customer, own: OwnRecord, co_income_paise: int = 0
) -> CaseFacts:
    """Return everything known of an application, on its application date.

    ``own`` is what our books said of the customer on that day, ``co_income_paise`` the monthly
    income of the co-applicants whose income counts.
    """
    return CaseFacts(
        as_of=application.application_date,
        applicant=_applicant(customer),
        terms=_terms(application),
        obligations=tuple(
            ObligationFacts(
                lender_name=due.lender_name,
                obligation_type=due.obligation_type,
                monthly_amount_paise=due.monthly_amount_paise,
                outstanding_paise=due.outstanding_paise,
                closed_by_this_loan=due.obligation_id in application.closed_obligations,
            )
            for due in customer.obligations
        ),
        collateral=tuple(
            CollateralFacts(
                item.collateral_type,
                item.value_paise,
                item.valuation_date,
                item.accepted_share_ppm,
            )
            for item in application.collateral
        ),
        guarantors=len(application.guarantors),
        co_applicants=len(application.co_applicants),
        co_applicant_income_paise=co_income_paise,
        bureau=_bureau(application.bureau),
        own_record=own,
    )


def _applicant(customer: Customer) -> ApplicantFacts:
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


def _terms(application: Application) -> LoanTerms:
    return LoanTerms(
        product_code=application.product_code,
        loan_purpose=application.loan_purpose,
        amount_paise=application.amount_paise,
        tenure_months=application.tenure_months,
        rate_ppm=application.rate_ppm,
        repayment_type=application.repayment_type,
        moratorium_months=application.moratorium_months,
        first_due_date=application.first_due_date,
        processing_fee_paise=application.processing_fee_paise,
        insurance_premium_paise=application.insurance_premium_paise,
        other_charges_paise=application.other_charges_paise,
        household_income_paise=application.household_income_paise,
        household_repayments_paise=application.household_repayments_paise,
    )


def _bureau(report: BureauReport) -> BureauFacts:
    return BureauFacts(
        bureau_name=report.bureau_name,
        score=report.score,
        score_state=report.score_state,
        report_date=report.report_date,
        late_payments=report.late_payments,
        active_loans=report.active_loans,
    )
