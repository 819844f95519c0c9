"""Contacts with borrowers who pay late, their promises, and what a branch's follow-up reads."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.operations import CallOutcome, ContactChannel
from db.vocabulary.reasons import ContactOverrideReason, SnoozeReason


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise to pay; whether it was kept follows from the ledger.

    Attributes:
        dropped_at: when its contact was corrected to something else; it counts for nothing then.
    """

    promise_id: UUID
    contact_id: UUID
    loan_id: UUID
    amount_paise: int
    promised_on: date
    due_on: date
    made_at: datetime
    dropped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One call, visit, message or letter.

    Attributes:
        outcome: None for what is only sent.
        note: sealed at rest.
        override_reason: why it was made outside the hours or too often; None where it was not.
        actor_name: as people read it; empty on the way into the book.
    """

    contact_id: UUID
    loan_id: UUID
    customer_id: UUID
    channel: ContactChannel
    outcome: CallOutcome | None
    note: str = field(repr=False)
    override_reason: ContactOverrideReason | None
    actor_id: UUID
    made_at: datetime
    edited_at: datetime | None = None
    version: int = 1
    actor_name: str = ""


@dataclass(frozen=True, slots=True)
class Snooze:
    """A follow-up put off until a day; the note is sealed at rest."""

    snooze_id: UUID
    loan_id: UUID
    until_on: date
    reason: SnoozeReason
    note: str = field(repr=False)
    actor_id: UUID
    made_at: datetime
    actor_name: str = ""


class LateRow(NamedTuple):
    """An instalment of the standing run of late ones; `length` is how many the whole run has."""

    loan_id: UUID
    due_date: date
    paid_on: date | None
    length: int


class FollowedLoan(NamedTuple):
    """What is owed on a loan that may need a call."""

    loan_id: UUID
    number: int
    customer_id: UUID
    outstanding_paise: int
    overdue_paise: int
    charges_due_paise: int
    oldest_unpaid_due: date | None
    asset_class: AssetClass
    officer_id: UUID


class FollowedName(NamedTuple):
    """Who owes on a loan, and who looks after it; the officer's name is empty where unknown."""

    loan_id: UUID
    full_name: str
    officer_name: str


class PromiseRow(NamedTuple):
    """A promise as the list of a branch reads it."""

    loan_id: UUID
    amount_paise: int
    promised_on: date
    due_on: date
    made_at: datetime


class ReceiptRow(NamedTuple):
    """Money received on a loan, what was taken back left out."""

    loan_id: UUID
    value_date: date
    amount_paise: int
    recorded_at: datetime


class ContactRow(NamedTuple):
    """How a loan's borrower was last contacted, and how it ended."""

    loan_id: UUID
    channel: ContactChannel
    outcome: CallOutcome | None
    made_at: datetime


class ContactSum(NamedTuple):
    """A loan's recent contacts added up; `reached_at` is the last time somebody answered."""

    loan_id: UUID
    customer_id: UUID
    reached_at: datetime | None
    calls_today: int
    calls_this_week: int


@dataclass(frozen=True, slots=True)
class ContactCounts:
    """How often one borrower was contacted."""

    calls_today: int
    calls_this_week: int
    visits_this_month: int


class SnoozeRow(NamedTuple):
    """Until when a loan's follow-up is put off."""

    loan_id: UUID
    until_on: date


class CountRow(NamedTuple):
    """How often something happened on a loan."""

    loan_id: UUID
    times: int


class DatedRow(NamedTuple):
    """When something happened on a loan."""

    loan_id: UUID
    at: datetime


class SecurityRow(NamedTuple):
    """A security of a loan, with what the loan was and is."""

    loan_id: UUID
    product_code: str
    sanction_date: date
    principal_paise: int
    outstanding_paise: int
    kind: CollateralType
    value_paise: int
    accepted_share_ppm: int


class ScoreRow(NamedTuple):
    """The score when a loan was given and a later one of its borrower, in hundredths."""

    loan_id: UUID
    then_hundredths: int
    now_hundredths: int
