"""Loans, their schedule, money in and out, and their classification history."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from db.vocabulary.lending import AppropriationOrder, LoanPurpose
from db.vocabulary.loan_account import (
    ActState,
    ChargeEntry,
    ChargeKind,
    DpdBucket,
    LoanAct,
    RepaymentKind,
)
from db.vocabulary.loan_life import (
    AssetClass,
    DisbursementMode,
    LoanStatus,
    PaymentMethod,
    ProvisionSegment,
)


@dataclass(frozen=True, slots=True)
class Loan:
    """A disbursed loan. Days past due are never stored: derive them from oldest_unpaid_due.

    Attributes:
        advance_paise: received above what was due; it waits for the next due date.
        charges_due_paise: charged and neither paid nor waived.
        dpd_bucket, provision_paise: as of the last day-end.
        written_off_paise: principal given up for the books; it can still be recovered.
    """

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
    advance_paise: int = 0
    charges_due_paise: int = 0
    dpd_bucket: DpdBucket = DpdBucket.NONE
    provision_segment: ProvisionSegment = ProvisionSegment.OTHER
    provision_paise: int = 0
    restructured_on: date | None = None
    written_off_paise: int | None = None


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
class OpenDues:
    """What is open of a schedule up to a day, and the next instalment that asks for anything.

    Attributes:
        last_row_on, last_charge_on: the newest value dates of the ledger and of the charges.
        last_recorded_at: when the newest row of the ledger was written.
        left_paise: what all instalments of the loan still ask for.
    """

    rows: tuple[Instalment, ...]
    last_row_on: date | None
    last_charge_on: date | None
    last_recorded_at: datetime | None
    left_paise: int


@dataclass(frozen=True, slots=True)
class Disbursement:
    """Money paid out on a loan; the account that got it is kept by its mask."""

    disbursement_id: UUID
    loan_id: UUID
    amount_paise: int
    disbursement_date: date
    mode: DisbursementMode
    reverses_id: UUID | None = None
    act_id: UUID | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Repayment:
    """One row of a loan's ledger: a receipt and its split, or a correction of one.

    Attributes:
        reverses_id: the receipt that a reversal undoes; its parts are those, negative.
        corrects_id: the receipt whose split a back-dated entry moved; the amount is 0.
        actor_id: who posted it; None for rows from before that was kept.
    """

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
    kind: RepaymentKind = RepaymentKind.RECEIPT
    corrects_id: UUID | None = None
    actor_id: UUID | None = None
    payer: str | None = None


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
class Charge:
    """One entry of a loan's charge ledger, in paise; receipts of charges stand in repayments.

    Attributes:
        due_date: for the penal charge of a month, the oldest instalment that was missed in it.
    """

    charge_id: UUID
    loan_id: UUID
    entry: ChargeEntry
    kind: ChargeKind
    value_date: date
    recorded_at: datetime
    amount_paise: int
    reason: str
    actor_id: UUID
    due_date: date | None = None
    reverses_id: UUID | None = None

    @property
    def of_day_end(self) -> bool:
        """Whether it is the penal charge of a month, levied once the last day's receipts are in."""
        return self.kind is ChargeKind.PENAL and self.due_date is not None


@dataclass(frozen=True, slots=True)
class LoanActRecord:
    """An act on a loan that one person proposes and another confirms.

    Attributes:
        terms, before, after: canonical JSON of what is asked, and what it changes.
        base_version: of the loan when it was proposed; 0 without a loan.
        account: number of the account that was typed for a payment; sealed in the book, and masked
            in the terms.
    """

    act_id: UUID
    act: LoanAct
    application_id: UUID
    loan_id: UUID | None
    value_date: date
    state: ActState
    terms: str
    before: str
    after: str
    reason: str
    note: str
    maker_id: UUID
    made_at: datetime
    base_version: int
    checker_id: UUID | None = None
    decided_at: datetime | None = None
    version: int = 1
    account: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ScheduleVersion:
    """A schedule as it was agreed; `rule_rows` is the JSON of the rule rows it stands on."""

    loan_id: UUID
    version: int
    from_date: date
    emi_paise: int
    rate_ppm: int
    instalments: int
    rule_rows: str
    recorded_at: datetime
    act_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LoanBatch:
    """Loans and all that hangs on them, to be written together."""

    loans: tuple[Loan, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    disbursements: tuple[Disbursement, ...] = ()
    repayments: tuple[Repayment, ...] = ()
    npa_entries: tuple[NpaEntry, ...] = ()
    charges: tuple[Charge, ...] = ()
    acts: tuple[LoanActRecord, ...] = ()
    schedules: tuple[ScheduleVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnLoans:
    """What our own books say of one customer.

    Attributes:
        late_payments: instalments over 30 days late in the last 24 months (feature 19).
    """

    active_loans: int = 0
    late_payments: int = 0
    has_npa: bool = False
