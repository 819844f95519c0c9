"""The facts of one loan application, as every rule, feature and screen reads them.

Pure data, nothing derived. Money is integer paise, rates are parts per million, None means
unknown and never zero. Built by the form, by `apply`, by imports and by training alike, so that
all of them reach the same figures.
"""

from dataclasses import dataclass
from datetime import date

from db.vocabulary.decisions import PolicyState
from db.vocabulary.lending import CollateralType, LoanPurpose, ObligationType, RepaymentType
from db.vocabulary.people import BureauName, BureauScoreState, EmploymentType, KycStatus


@dataclass(frozen=True, slots=True)
class ApplicantFacts:
    """What is known of the person who applies.

    Attributes:
        monthly_income_paise: on the base of rule row `income_base` (net).
        experience_months: years of experience in months, as stated.
        customer_since: first day as a customer; None or the application date = new.
        kyc_status: computed state of the identity papers.
    """

    date_of_birth: date | None = None
    monthly_income_paise: int | None = None
    employment_type: EmploymentType | None = None
    experience_months: int | None = None
    employment_start_date: date | None = None
    customer_since: date | None = None
    kyc_status: KycStatus | None = None


@dataclass(frozen=True, slots=True)
class ObligationFacts:
    """One fixed monthly due; its type says whether it is a debt or another fixed cost."""

    lender_name: str
    obligation_type: ObligationType
    monthly_amount_paise: int
    outstanding_paise: int | None = None
    closed_by_this_loan: bool = False


@dataclass(frozen=True, slots=True)
class CollateralFacts:
    """One security offered. `accepted_share_ppm` is the part of the value that counts."""

    collateral_type: CollateralType
    value_paise: int
    valuation_date: date | None = None
    accepted_share_ppm: int = 1_000_000


@dataclass(frozen=True, slots=True)
class BureauFacts:
    """The five facts typed from a bureau report; None is unknown, never zero."""

    bureau_name: BureauName | None = None
    score: int | None = None
    score_state: BureauScoreState | None = None
    report_date: date | None = None
    late_payments: int | None = None
    active_loans: int | None = None


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """What our own books say of the customer; all zero for a new one."""

    active_loans: int = 0
    late_payments: int = 0
    has_npa: bool = False


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """The loan asked for. Fees of None take the product's own fee."""

    product_code: str | None = None
    loan_purpose: LoanPurpose | None = None
    amount_paise: int | None = None
    tenure_months: int | None = None
    rate_ppm: int | None = None
    repayment_type: RepaymentType = RepaymentType.EMI
    moratorium_months: int = 0
    first_due_date: date | None = None
    processing_fee_paise: int | None = None
    insurance_premium_paise: int = 0
    other_charges_paise: int = 0
    household_income_paise: int | None = None
    household_repayments_paise: int | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything a case is judged on, on one day.

    Attributes:
        as_of: the application date; dated rules are read on it.
        co_applicant_income_paise: monthly income of co-applicants that counts.
        co_applicants: number of co-applicants named.
        guarantors: number of accepted guarantors.
        papers: state of each paper given, by document kind: pass = compared with its original,
            unverified = given only. A policy check's own code states its result as recorded.
    """

    as_of: date
    applicant: ApplicantFacts = ApplicantFacts()
    terms: LoanTerms = LoanTerms()
    obligations: tuple[ObligationFacts, ...] = ()
    collateral: tuple[CollateralFacts, ...] = ()
    guarantors: int = 0
    co_applicants: int = 0
    co_applicant_income_paise: int = 0
    bureau: BureauFacts = BureauFacts()
    own_record: OwnRecord = OwnRecord()
    papers: tuple[tuple[str, PolicyState], ...] = ()
