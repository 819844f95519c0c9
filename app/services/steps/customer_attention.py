"""What a person should look at first on a customer's page.

Source: screens.md S21: overdue money, papers that fall due, corrections and applications that wait,
scores of facts that changed since, and the person's own unsent typing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.bank_time import bank_day
from app.services.steps.customer_scores import ScoreMade
from db.records.book import Draft
from db.records.lists import ApplicationRow, LoanRow
from db.records.people import Customer
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import KycStatus

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook


class Attention(StrEnum):
    """What a person should look at first, in order of weight."""

    OVERDUE = "overdue"
    KYC_EXPIRED = "kyc_expired"
    KYC_INCOMPLETE = "kyc_incomplete"
    KYC_SOON = "kyc_soon"
    CORRECTION = "correction"
    RETURNED = "returned"
    OUTDATED = "outdated"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class AttentionLine:
    """One thing to look at.

    Attributes:
        count: days late, days to the due date, or corrections that wait.
        record_id: the loan, application or draft it is about.
        form: the form of a draft.
    """

    what: Attention
    subject: str = ""
    count: int = 0
    amount_paise: int = 0
    day: date | None = None
    record_id: UUID | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class AttentionFacts:
    """What the lines are made of.

    Attributes:
        kyc_soon_days: how near a renewal of the KYC is told.
        days_late: of the oldest unpaid due over all loans.
        waiting: corrections that wait for a second person.
        drafts: of the person who looks.
    """

    customer: Customer
    today: date
    kyc_soon_days: int
    loans: Sequence[LoanRow] = ()
    days_late: int = 0
    waiting: int = 0
    applications: Sequence[ApplicationRow] = ()
    scores: Sequence[ScoreMade] = ()
    drafts: Sequence[Draft] = ()


def kyc_soon_days(rulebook: "Rulebook", on: date) -> int:
    """How many days before it falls due a renewal of the KYC is told."""
    return rulebook.days("expiring_notice_days", on, "KYC")


def attention_lines(facts: AttentionFacts) -> tuple[AttentionLine, ...]:
    """The lines, the heaviest first."""
    waiting = (AttentionLine(Attention.CORRECTION, count=facts.waiting),)
    return (
        *_overdue(facts.loans, facts.days_late),
        *_kyc(facts.customer, facts.today, facts.kyc_soon_days),
        *(waiting if facts.waiting else ()),
        *_applications(facts.applications, facts.scores),
        *_drafts(facts.drafts, facts.customer),
    )


def _overdue(loans: Sequence[LoanRow], late: int) -> tuple[AttentionLine, ...]:
    behind = [each for each in loans if each.overdue_paise]
    if not behind:
        return ()
    worst = min(behind, key=lambda loan: loan.oldest_unpaid_due or date.max)
    return (
        AttentionLine(
            Attention.OVERDUE,
            worst.reference if len(behind) == 1 else "",
            count=late,
            amount_paise=sum(each.overdue_paise for each in behind),
            day=worst.oldest_unpaid_due,
            record_id=worst.loan_id,
        ),
    )


def _kyc(customer: Customer, today: date, soon_days: int) -> tuple[AttentionLine, ...]:
    due = customer.kyc_due_on
    if customer.kyc_status is KycStatus.INCOMPLETE:
        return (AttentionLine(Attention.KYC_INCOMPLETE),)
    if due is None:
        return ()
    if customer.kyc_status is KycStatus.EXPIRED or due < today:
        return (AttentionLine(Attention.KYC_EXPIRED, day=due, count=(today - due).days),)
    if due <= today + timedelta(days=soon_days):
        return (AttentionLine(Attention.KYC_SOON, day=due, count=(due - today).days),)
    return ()


def _applications(
    rows: Sequence[ApplicationRow], scores: Sequence[ScoreMade]
) -> tuple[AttentionLine, ...]:
    returned = [
        AttentionLine(Attention.RETURNED, row.reference, record_id=row.application_id)
        for row in rows
        if row.status is ApplicationStatus.RETURNED
    ]
    outdated = [
        AttentionLine(Attention.OUTDATED, score.reference, record_id=score.application_id)
        for score in scores
        if score.outdated
    ]
    return (*returned, *outdated)


def _drafts(drafts: Sequence[Draft], customer: Customer) -> tuple[AttentionLine, ...]:
    """The person's own unsent typing about this customer."""
    named = str(customer.customer_id)
    return tuple(
        AttentionLine(
            Attention.DRAFT, record_id=each.draft_id, form=each.form, day=bank_day(each.updated_at)
        )
        for each in drafts
        if each.record_id == customer.customer_id or named in each.content
    )
