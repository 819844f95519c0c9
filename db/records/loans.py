"""Loans, their schedule, money in and out, and their classification history."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from db.vocabulary.lending import AppropriationOrder, LoanPurpose
from db.vocabulary.loan_life import AssetClass, DisbursementMode, LoanStatus, PaymentMethod


@dataclass(frozen=True, slots=True)
class Loan:
    """A disbursed loan. Days past due are never stored: derive them from oldest_unpaid_due."""

    loan_id: UUID
    branch_id: int
    reference: str
    application_id: UUID
    customer_id: UUID
    product_code: str
    loan_purpose: LoanPurpose
    principal_paise: int
    outstanding_paise: int
    overdue_paise: int
    emi_paise: int
    rate_ppm: int
    tenure_months: int
    sanction_date: date
    disbursement_date: date
    first_due_date: date
    next_due_date: date | None
    oldest_unpaid_due: date | None
    status: LoanStatus
    asset_class: AssetClass
    officer_id: UUID
    version: int = 1
    npa_since: date | None = None
    defaulted_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Instalment:
    """One row of a loan's schedule with what has been paid on it."""

    loan_id: UUID
    number: int
    due_date: date
    opening_paise: int
    interest_paise: int
    principal_paise: int
    closing_paise: int
    paid_interest_paise: int = 0
    paid_principal_paise: int = 0
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Disbursement:
    """Money paid out on a loan."""

    disbursement_id: UUID
    loan_id: UUID
    amount_paise: int
    disbursement_date: date
    mode: DisbursementMode


@dataclass(frozen=True, slots=True)
class Repayment:
    """One receipt and how it was split; a reversal is a row of its own with negative parts."""

    repayment_id: UUID
    loan_id: UUID
    value_date: date
    recorded_at: datetime
    amount_paise: int
    interest_paise: int
    principal_paise: int
    charges_paise: int
    excess_paise: int
    balance_after_paise: int
    method: PaymentMethod
    reference: str
    policy: AppropriationOrder
    reverses_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NpaEntry:
    """One move between asset classes, as of a business date."""

    entry_id: UUID
    loan_id: UUID
    business_date: date
    recorded_at: datetime
    asset_class: AssetClass
    oldest_unpaid_due: date | None
    npa_since: date | None
    provision_paise: int
    cause: str


@dataclass(frozen=True, slots=True)
class LoanBatch:
    """Loans and all that hangs on them, to be written together."""

    loans: tuple[Loan, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    disbursements: tuple[Disbursement, ...] = ()
    repayments: tuple[Repayment, ...] = ()
    npa_entries: tuple[NpaEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnLoans:
    """What our own books say of one customer.

    Attributes:
        late_payments: instalments over 30 days late in the last 24 months (feature 19).
    """

    active_loans: int = 0
    late_payments: int = 0
    has_npa: bool = False
