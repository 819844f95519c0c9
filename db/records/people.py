"""Customers, their work, dues and consents, and the people of the desk, as rows of the book."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from db.vocabulary.lending import ObligationType
from db.vocabulary.people import (
    BureauName,
    BureauScoreState,
    ConsentChannel,
    ConsentPurpose,
    CustomerSegment,
    EmploymentType,
    Gender,
    IncomeSource,
    KycRisk,
    KycStatus,
    OtherIdType,
    Role,
    State,
    UserState,
)


@dataclass(frozen=True, slots=True)
class IdentityNumbers:
    """Full identity numbers on their way to being sealed. Never shown, logged or returned."""

    pan_number: str | None = field(default=None, repr=False)
    aadhaar_number: str | None = field(default=None, repr=False)
    other_id_number: str | None = field(default=None, repr=False)
    bank_account_number: str | None = field(default=None, repr=False)


NO_NUMBERS = IdentityNumbers()


@dataclass(frozen=True, slots=True)
class BureauReport:
    """The five facts of the newest bureau report; None is unknown, never zero."""

    bureau_name: BureauName | None = None
    score: int | None = None
    score_state: BureauScoreState | None = None
    report_date: date | None = None
    late_payments: int | None = None
    active_loans: int | None = None


NO_REPORT = BureauReport()


@dataclass(frozen=True, slots=True)
class Employment:
    """What the customer does; one current row a customer. Income is net, monthly."""

    employment_type: EmploymentType | None
    monthly_income_paise: int
    experience_months: int | None = None
    employer_name: str = ""
    job_title: str = ""
    employment_start_date: date | None = None
    income_source: IncomeSource | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """One fixed monthly due of a customer."""

    obligation_id: UUID
    lender_name: str
    obligation_type: ObligationType
    monthly_amount_paise: int
    outstanding_paise: int | None = None
    end_date: date | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent of a customer; withdrawn_at of None means it stands."""

    purpose: ConsentPurpose
    channel: ConsentChannel
    notice_version: str
    given_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as read from the book; identity numbers only in masked form."""

    customer_id: UUID
    branch_id: int
    reference: str
    full_name: str
    date_of_birth: date | None
    phone: str
    city: str
    state: State | None
    pincode: str
    address: str
    employment: Employment
    created_at: datetime
    customer_since: date
    version: int
    officer_id: UUID | None = None
    full_name_local: str = ""
    email: str = ""
    segment: CustomerSegment = CustomerSegment.RETAIL
    form_60: bool = False
    pan_masked: str | None = None
    aadhaar_masked: str | None = None
    other_id_type: OtherIdType | None = None
    other_id_masked: str | None = None
    other_id_expiry: date | None = None
    bank_account_masked: str | None = None
    ifsc_code: str | None = None
    kyc_status: KycStatus = KycStatus.INCOMPLETE
    kyc_risk: KycRisk = KycRisk.MEDIUM
    kyc_due_on: date | None = None
    bureau: BureauReport = NO_REPORT
    obligations: tuple[Obligation, ...] = ()
    consents: tuple[Consent, ...] = ()
    import_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer on the way into the book, with what is sealed or kept apart."""

    customer: Customer
    numbers: IdentityNumbers = field(default=NO_NUMBERS, repr=False)
    gender: Gender = Gender.NOT_STATED


@dataclass(frozen=True, slots=True)
class SimilarProbe:
    """What a search for the same person starts from; None = not known yet."""

    pan_number: str | None = field(default=None, repr=False)
    phone: str | None = None
    full_name: str | None = None
    date_of_birth: date | None = None
    exclude_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A person of the desk; the password hash never leaves the repository's caller."""

    user_id: UUID
    staff_id: str
    full_name: str
    state: UserState
    branch_id: int
    roles: frozenset[Role]
    password_hash: str | None = field(default=None, repr=False)
    failed_tries: int = 0
    locked_until: datetime | None = None
    last_sign_in_at: datetime | None = None
