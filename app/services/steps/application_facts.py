"""What a person types about a loan application, already of the right type.

One field per input of `screen.application_form`; None means not given, never zero.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from db.records.applications import CoApplicant
from db.records.people import NO_REPORT, BureauReport
from db.vocabulary.lending import (
    Benchmark,
    CollateralType,
    LoanPurpose,
    RateType,
    RepaymentType,
)
from db.vocabulary.loan_life import DocumentKind
from db.vocabulary.people import Relationship


@dataclass(frozen=True, slots=True)
class CollateralEntry:
    """One security as typed; `accepted_share_ppm` is the part of the value that counts."""

    collateral_type: CollateralType
    value_paise: int
    valuation_date: date | None = None
    accepted_share_ppm: int = 1_000_000
    description: str = ""


@dataclass(frozen=True, slots=True)
class GuarantorEntry:
    """One guarantor as typed."""

    full_name: str
    relationship: Relationship
    phone: str = ""
    email: str = ""
    address: str = ""
    pan_number: str | None = field(default=None, repr=False)
    income_paise: int | None = None


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """One paper attached while typing, and whether it was compared with its original."""

    attachment_id: UUID
    kind: DocumentKind
    checked: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """The application form in typed form.

    Attributes:
        product_code: None takes the default product of the purpose.
        rate_ppm: None takes the card rate of the product.
        processing_fee_paise: None takes the product's own fee.
        closed_obligations: the customer's obligations that this loan pays off.
    """

    customer_id: UUID | None = None
    product_code: str | None = None
    loan_purpose: LoanPurpose | None = None
    amount_paise: int | None = None
    tenure_months: int | None = None
    rate_ppm: int | None = None
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
    collateral: tuple[CollateralEntry, ...] = ()
    guarantors: tuple[GuarantorEntry, ...] = ()
    co_applicants: tuple[CoApplicant, ...] = ()
    closed_obligations: tuple[UUID, ...] = ()
    papers: tuple[PaperEntry, ...] = ()
    remarks: str = ""
