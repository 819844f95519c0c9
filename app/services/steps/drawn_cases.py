"""Turns what the sample generator drew into cases and feature rows, by the real rules.

Joins `ml.sample`, which knows no rules, with the rule book: products become terms to draw from,
drawn applications become CaseFacts, and rows come from `assemble_features` like every other row.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from app.rules.case_facts import (
    ApplicantFacts,
    BureauFacts,
    CaseFacts,
    CollateralFacts,
    LoanTerms,
    ObligationFacts,
)
from app.rules.products import LtvCap, Product
from app.rules.rulebook import Rulebook
from app.services.steps.assemble_features import assemble_features
from db.vocabulary.lending import CollateralType, LoanPurpose, ObligationType, RepaymentType
from db.vocabulary.people import BureauScoreState, EmploymentType, KycStatus
from ml.sample.drawn_book import Array, DrawnApplication, DrawnCustomer, ProductTerms, Rebuild

TIER_OF_TIERED_CAPS = "TIER_2"  # the middle tier, only to draw plausible values around it
WITHOUT_SECURITY_PPM = 500_000


def product_terms(rulebook: Rulebook, on: date) -> tuple[ProductTerms, ...]:
    """Return the products of that day to draw from.

    Products with a household rule (microfinance) are left out: their facts are another form.
    """
    return tuple(
        _terms(product, rulebook, on)
        for product in rulebook.products_on(on)
        if product.household_income_rule is None
    )


def case_of_drawn(customer: DrawnCustomer, application: DrawnApplication) -> CaseFacts:
    """Return the drawn application as facts, on its application date."""
    bureau = customer.bureau
    return CaseFacts(
        as_of=application.application_date,
        applicant=_applicant(customer, application),
        terms=LoanTerms(
            product_code=application.product_code,
            loan_purpose=LoanPurpose(application.purpose),
            amount_paise=application.amount_paise,
            tenure_months=application.tenure_months,
            repayment_type=RepaymentType(application.repayment_type),
        ),
        obligations=tuple(
            ObligationFacts(
                "", ObligationType(due.obligation_type), due.monthly_paise, due.outstanding_paise
            )
            for due in customer.obligations
        ),
        collateral=tuple(
            CollateralFacts(CollateralType(item.collateral_type), item.value_paise)
            for item in application.collateral
        ),
        guarantors=int(application.has_guarantor),
        co_applicants=int(application.co_applicant_income_paise > 0),
        co_applicant_income_paise=application.co_applicant_income_paise,
        bureau=BureauFacts(
            score=bureau.score,
            score_state=BureauScoreState(bureau.score_state),
            report_date=application.application_date,
            late_payments=bureau.late_payments,
            active_loans=bureau.active_loans,
        ),
    )


def rebuild_with(rulebook: Rulebook) -> Rebuild:
    """Return the callable that `draw_book` needs: rows by the real feature function."""

    def rebuild(
        customers: Sequence[DrawnCustomer], applications: Sequence[DrawnApplication]
    ) -> Array:
        rows = [
            assemble_features(case_of_drawn(customers[item.customer_index], item), rulebook)
            for item in applications
        ]
        return np.array(rows, dtype=np.float64)

    return rebuild


def _applicant(customer: DrawnCustomer, application: DrawnApplication) -> ApplicantFacts:
    return ApplicantFacts(
        date_of_birth=customer.date_of_birth,
        monthly_income_paise=customer.income_paise,
        employment_type=EmploymentType(customer.employment_type),
        experience_months=application.experience_months,
        employment_start_date=customer.employment_start,
        customer_since=customer.customer_since,
        kyc_status=KycStatus.COMPLETE,
    )


def _terms(product: Product, rulebook: Rulebook, on: date) -> ProductTerms:
    caps = [_cap_ppm(cap, rulebook, on) for cap in product.ltv]
    return ProductTerms(
        product_code=product.product_code,
        purposes=tuple(product.purposes),
        default_for=tuple(product.default_for),
        employment_types=tuple(product.employment_types),
        security=str(product.security),
        security_required_above_paise=product.security_required_above_paise,
        security_types=tuple(product.security_types),
        min_amount_paise=product.amount_paise.least,
        max_amount_paise=product.amount_paise.most,
        amount_step_paise=product.amount_paise.step,
        min_tenure_months=product.tenure_months.least,
        max_tenure_months=product.tenure_months.most,
        tenure_step_months=product.tenure_months.step,
        card_rate_ppm=product.card_rate_ppm,
        min_income_paise=product.min_monthly_income_paise or 0,
        min_age_years=product.min_age_at_application_years,
        max_age_years=product.max_age_at_application_years,
        max_age_at_maturity_years=min(product.max_age_at_maturity_years.values()),
        co_applicant_required=product.co_applicant_required,
        repayment_type=str(product.default_repayment_type),
        ltv_cap_ppm=min(caps, default=WITHOUT_SECURITY_PPM),
    )


def _cap_ppm(cap: LtvCap, rulebook: Rulebook, on: date) -> int:
    return rulebook.ppm(cap.cap_rule, on, cap.segment or TIER_OF_TIERED_CAPS)
