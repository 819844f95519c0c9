"""Loan applications, what secures them, and what was assessed and decided."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from db.records.people import NO_REPORT, BureauReport
from db.vocabulary.decisions import Band, Decision, Recommendation, RiskLevel
from db.vocabulary.lending import (
    Benchmark,
    CollateralStatus,
    CollateralType,
    LoanPurpose,
    RateType,
    RepaymentType,
)
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Relationship


@dataclass(frozen=True, slots=True)
class Collateral:
    """One security offered for an application."""

    collateral_id: UUID
    collateral_type: CollateralType
    value_paise: int
    valuation_date: date | None = None
    accepted_share_ppm: int = 1_000_000
    description: str = ""
    status: CollateralStatus = CollateralStatus.OFFERED


@dataclass(frozen=True, slots=True)
class Guarantor:
    """One guarantor; the PAN is sealed on writing and only its mask is read back."""

    guarantor_id: UUID
    full_name: str
    relationship: Relationship
    phone: str = ""
    email: str = ""
    address: str = ""
    income_paise: int | None = None
    pan_masked: str | None = None
    pan_number: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CoApplicant:
    """A second customer who applies too."""

    customer_id: UUID
    relationship: Relationship
    income_counted: bool


@dataclass(frozen=True, slots=True)
class Application:
    """An application as stored; every amount in paise, rates in parts per million."""

    application_id: UUID
    branch_id: int
    reference: str
    customer_id: UUID
    product_code: str
    loan_purpose: LoanPurpose
    amount_paise: int
    tenure_months: int
    rate_ppm: int
    status: ApplicationStatus
    application_date: date
    status_since: datetime
    officer_id: UUID
    version: int
    rate_type: RateType = RateType.FIXED
    benchmark: Benchmark | None = None
    spread_ppm: int | None = None
    repayment_type: RepaymentType = RepaymentType.EMI
    moratorium_months: int = 0
    first_due_date: date | None = None
    processing_fee_paise: int | None = None
    insurance_premium_paise: int = 0
    other_charges_paise: int = 0
    digital_loan: bool = False
    household_income_paise: int | None = None
    household_repayments_paise: int | None = None
    bureau: BureauReport = NO_REPORT
    remarks: str = ""
    collateral: tuple[Collateral, ...] = ()
    guarantors: tuple[Guarantor, ...] = ()
    co_applicants: tuple[CoApplicant, ...] = ()
    closed_obligations: tuple[UUID, ...] = ()
    import_id: UUID | None = None
    assessment_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A move of an application to another status, seen at `expected_version`."""

    branch_id: int
    application_id: UUID
    status: ApplicationStatus
    at: datetime
    expected_version: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """One stored estimate. `payload` is the canonical JSON of inputs, figures and reasons.

    Attributes:
        credit_score_hundredths: internal score times 100.
        inputs_sha256: hash of the canonical inputs, for replay.
        rule_row_ids: rule rows used, in order of first use.
    """

    assessment_id: UUID
    application_id: UUID
    assessed_at: datetime
    as_of: date
    assessed_by: UUID
    model_id: str
    model_sha256: str
    credit_score_hundredths: int
    risk_probability: float
    risk_level: RiskLevel
    band: Band
    recommendation: Recommendation
    inputs_sha256: str
    payload: str = field(repr=False)
    rule_row_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What a person decided on an application; append-only."""

    decision_id: UUID
    application_id: UUID
    decision: Decision
    maker_id: UUID
    checker_id: UUID | None
    decided_at: datetime
    reason_code: str
    note: str = ""
    amount_paise: int | None = None
    tenure_months: int | None = None
    rate_ppm: int | None = None
    assessment_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One line of an application's or customer's history, from the audit chain."""

    act: str
    by: str
    at: datetime
    from_status: str | None = None
    to_status: str | None = None
    reason: str | None = None
    note: str | None = None
