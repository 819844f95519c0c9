"""Cases that several rule tests share: the worked case of the screens and ways to change it."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.rules.application_figures import figures_of
from app.rules.case_facts import (
    ApplicantFacts,
    BureauFacts,
    CaseFacts,
    CollateralFacts,
    LoanTerms,
    ObligationFacts,
)
from app.rules.credit_policy import PolicyLine, policy_lines
from db.vocabulary.decisions import PolicyState
from db.vocabulary.lending import CollateralType, LoanPurpose, ObligationType
from db.vocabulary.people import EmploymentType, KycStatus
from db.vocabulary.reasons import PolicyCheck
from tests.rules.lending_vectors import RULEBOOK, wording

DAY = date(2026, 9, 30)
SHOWN = wording()

# screens.md S31: 10,00,000 for 60 months at 12.25 %, income 60,000, debts 9,200, rent 2,000.
WORKED = CaseFacts(
    as_of=DAY,
    applicant=ApplicantFacts(
        date_of_birth=date(1985, 4, 3),
        monthly_income_paise=60_000_00,
        employment_type=EmploymentType.SALARIED,
        experience_months=48,
        employment_start_date=date(2021, 4, 1),
        kyc_status=KycStatus.COMPLETE,
    ),
    terms=LoanTerms(
        product_code="HOME_RENOVATION",
        loan_purpose=LoanPurpose.HOME_RENOVATION,
        amount_paise=10_00_000_00,
        tenure_months=60,
        rate_ppm=122_500,
    ),
    obligations=(
        ObligationFacts("Bank", ObligationType.PERSONAL_LOAN, 9_200_00),
        ObligationFacts("Landlord", ObligationType.RENT, 2_000_00),
    ),
    bureau=BureauFacts(report_date=date(2026, 9, 20)),
)


def with_terms(case: CaseFacts = WORKED, **changes: Any) -> CaseFacts:
    """The case with other loan terms."""
    return replace(case, terms=replace(case.terms, **changes))


def with_applicant(case: CaseFacts = WORKED, **changes: Any) -> CaseFacts:
    """The case with other facts of the applicant."""
    return replace(case, applicant=replace(case.applicant, **changes))


def secured(kind: CollateralType, value_paise: int, case: CaseFacts = WORKED) -> CaseFacts:
    """The case with one security."""
    return replace(case, collateral=(CollateralFacts(kind, value_paise),))


def lines_of(case: CaseFacts) -> dict[PolicyCheck, PolicyLine]:
    """The policy lines of a case by rule id."""
    lines = policy_lines(case, figures_of(case, RULEBOOK), RULEBOOK, SHOWN)
    return {line.rule: line for line in lines}


def state_of(case: CaseFacts, check: PolicyCheck) -> PolicyState:
    """The state of one rule for a case."""
    return lines_of(case)[check].state
