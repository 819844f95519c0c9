"""Rows of lists and pages by key.

The rows of the long lists are named tuples: made ten times as fast as frozen dataclasses.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from db.vocabulary.decisions import RiskLevel
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_life import ApplicationStatus, AssetClass, LoanStatus
from db.vocabulary.people import CustomerSegment, KycStatus, Scope, State

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a list, and on which day: decides what "mine" and "overdue" mean."""

    branch_id: int
    user_id: UUID | None
    today: date


@dataclass(frozen=True, slots=True)
class Page(Generic[RowT]):
    """One page of rows. `next` is the cursor of the following page, None at the end."""

    rows: tuple[RowT, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """What the customers list is narrowed to; None = any."""

    search: str = ""
    scope: Scope = Scope.BRANCH
    kyc_status: KycStatus | None = None
    city: str | None = None
    segment: CustomerSegment | None = None
    overdue: bool | None = None
    sort: str = "full_name"
    descending: bool = False


class CustomerRow(NamedTuple):
    """One line of the customers list; the phone stands in full and is masked where shown."""

    customer_id: UUID
    reference: str
    full_name: str
    phone: str
    email: str
    city: str
    state: State | None
    segment: CustomerSegment
    kyc_status: KycStatus
    active_loans: int
    outstanding_paise: int
    oldest_unpaid_due: date | None
    last_contact_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ApplicationFilter:
    """What the applications list is narrowed to; None = any."""

    search: str = ""
    scope: Scope = Scope.BRANCH
    status: ApplicationStatus | None = None
    purpose: LoanPurpose | None = None
    customer_id: UUID | None = None
    sort: str = "application_date"
    descending: bool = True


class ApplicationRow(NamedTuple):
    """One line of the applications list; score parts are None while unscored."""

    application_id: UUID
    reference: str
    customer_id: UUID
    full_name: str
    loan_purpose: LoanPurpose
    product_code: str
    amount_paise: int
    tenure_months: int
    rate_ppm: int
    status: ApplicationStatus
    status_since: datetime
    application_date: date
    officer_name: str
    credit_score_hundredths: int | None
    risk_probability: float | None
    risk_level: RiskLevel | None
    imported: bool


class LoanDue(StrEnum):
    """What of a loan's dues a list asks for."""

    OVERDUE = "overdue"
    THIS_WEEK = "this_week"  # falls due within the seven days from today on


@dataclass(frozen=True, slots=True)
class LoanFilter:
    """What the loans list is narrowed to; None = any.

    Attributes:
        npa: only loans of a non-performing class.
        scope: MINE is the viewer's own loans.
    """

    asset_class: AssetClass | None = None
    customer_id: UUID | None = None
    search: str = ""
    npa: bool = False
    due: LoanDue | None = None
    product_code: str | None = None
    officer_id: UUID | None = None
    scope: Scope = Scope.BRANCH


class LoanRow(NamedTuple):
    """One line of the loans list; the officer's name is empty where nobody has that id."""

    loan_id: UUID
    reference: str
    customer_id: UUID
    full_name: str
    application_id: UUID
    principal_paise: int
    outstanding_paise: int
    overdue_paise: int
    emi_paise: int
    rate_ppm: int
    tenure_months: int
    disbursement_date: date
    next_due_date: date | None
    oldest_unpaid_due: date | None
    status: LoanStatus
    asset_class: AssetClass
    product_code: str
    officer_name: str


class LoanTotals(NamedTuple):
    """A filtered list of loans added up, in paise."""

    loans: int
    principal_paise: int
    outstanding_paise: int
    overdue_paise: int


@dataclass(frozen=True, slots=True)
class SimilarCustomer:
    """A customer who may be the same person, and why."""

    customer_id: UUID
    reference: str
    full_name: str
    date_of_birth: date | None
    city: str
    match: str
