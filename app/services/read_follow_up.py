"""One loan beside the follow-up list: its story, its contact log, its promises, its signs.

Source: screens.md S70. The strip tells 24 months by due date; the log is newest first; whether a
promise was kept follows from the ledger at every read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.day_count import add_months
from app.rules.days_past_due import days_past_due
from app.rules.permissions import Act
from app.rules.promise_keeping import PromiseStanding
from app.rules.unchecked_signs import LoanBacking, Unchecked, unchecked_signs
from app.services.steps.bank_facts import bank_facts
from app.services.steps.closed_day import counted_to
from app.services.steps.contact_checks import Moment, editable_until, limits_now, moment_of
from app.services.steps.follow_up_lines import standings_of
from app.services.steps.follow_up_texts import FollowUpText, TextCase, follow_up_texts
from app.services.steps.permission import permit
from db.records.follow_up import Contact, Promise, PromiseRow, Snooze
from db.records.loans import Instalment, Loan
from db.vocabulary.loan_life import Language
from db.vocabulary.operations import ContactChannel, EarlyWarningTrigger, PromiseStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

STORY_MONTHS = 24
_Entry = tuple[Contact, Promise | None, PromiseStanding | None]


@dataclass(frozen=True, slots=True)
class StoryMonth:
    """One instalment of the strip.

    Attributes:
        days_late: after its due date; None where nothing was asked for.
        unpaid: whether it is unpaid still; the days count to the day-end then.
    """

    due_on: date
    days_late: int
    unpaid: bool


@dataclass(frozen=True, slots=True)
class LoggedContact:
    """An entry of the log with its promise, how that stands, and until when it can be corrected.

    Attributes:
        editable_until: None for another's entry, or one whose time is over.
    """

    contact: Contact
    promise: Promise | None
    standing: PromiseStanding | None
    editable_until: datetime | None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """What stands beside the list.

    Attributes:
        story: oldest first.
        call_limits, visit_limits: sentences of the limits that a contact now would pass.
        texts: what may be sent, a message and a letter in each language.
        unchecked: signs that could not be looked for, and why.
    """

    loan: Loan
    full_name: str
    phone: str
    story: tuple[StoryMonth, ...]
    log: tuple[LoggedContact, ...]
    snoozes: tuple[Snooze, ...]
    call_limits: tuple[str, ...]
    visit_limits: tuple[str, ...]
    texts: tuple[FollowUpText, ...]
    unchecked: tuple[tuple[EarlyWarningTrigger, Unchecked], ...]
    as_of: date


def read_follow_up(loan_id: UUID, desk: "Desk") -> FollowUpView:
    """Read what stands beside the list for one loan.

    Raises:
        Refused: nobody has signed in, or the person does not follow borrowers up.
        NotFound: the branch has no such loan.
    """
    person = permit(desk, Act.FOLLOW_UP_BORROWER)
    branch_id, moment = person.branch_id, moment_of(desk)
    today = moment.today
    with desk.read_book() as book:
        loan = book.loans.get(branch_id, loan_id)
        as_of = counted_to(book, branch_id, today)
        customer = book.customers.get(branch_id, loan.customer_id)
        schedule = book.loans.schedule(branch_id, loan_id)
        calls, visits = (
            tuple(each.sentence for each in limits_now(book, loan, channel, moment))
            for channel in (ContactChannel.CALL, ContactChannel.VISIT)
        )
        log = _log(book, loan, today)
        snoozes = book.contacts.snoozes_of(branch_id, loan_id)
        backing = _backing(book, loan)
    days = days_past_due(loan.oldest_unpaid_due, as_of, moment.rulebook)
    bank = bank_facts(desk.data_dir, Language.EN).name
    case = TextCase(loan, customer.full_name, days, _running(log), today, bank)
    return FollowUpView(
        loan=loan,
        full_name=customer.full_name,
        phone=customer.phone,
        story=story_of(schedule, as_of),
        log=tuple(
            LoggedContact(*each, _open_until(each[0], person.user_id, moment)) for each in log
        ),
        snoozes=snoozes,
        call_limits=calls,
        visit_limits=visits,
        texts=follow_up_texts(case),
        unchecked=unchecked_signs(backing),
        as_of=as_of,
    )


def _backing(book: "UnitOfWork", loan: Loan) -> LoanBacking:
    application = book.applications.get(loan.branch_id, loan.application_id)
    scores = book.follow_ups.standing.fallen_scores(loan.branch_id, loan.loan_id)
    return LoanBacking(
        has_security=bool(application.collateral),
        has_later_score=bool(scores),
        unknown_cosigners=any(each.pan_masked is None for each in application.guarantors),
    )


def _open_until(contact: Contact, reader_id: UUID, moment: Moment) -> datetime | None:
    """Until when the reader may correct an entry; None for never."""
    closes = editable_until(contact.made_at, moment.rulebook, moment.today)
    return closes if contact.actor_id == reader_id and moment.at <= closes else None


def story_of(schedule: Sequence[Instalment], as_of: date) -> tuple[StoryMonth, ...]:
    """The instalments that fell due in the last 24 months, and how late each was paid."""
    first = add_months(as_of, -STORY_MONTHS)
    return tuple(
        StoryMonth(
            due_on=row.due_date,
            days_late=max(((row.paid_on or as_of) - row.due_date).days, 0),
            unpaid=row.paid_on is None,
        )
        for row in schedule
        if first < row.due_date <= as_of and row.interest_paise + row.principal_paise > 0
    )


def _running(log: Sequence[_Entry]) -> tuple[int, date, int] | None:
    """The newest promise, unless it was kept."""
    for _, promise, standing in log:
        if promise is not None and standing is not None:
            kept = standing.status is PromiseStatus.KEPT
            return None if kept else (promise.amount_paise, promise.due_on, standing.received_paise)
    return None


def _log(book: "UnitOfWork", loan: Loan, today: date) -> list[_Entry]:
    branch_id, loan_id = loan.branch_id, loan.loan_id
    contacts = book.contacts.of_loan(branch_id, loan_id)
    made = [
        each for each in book.contacts.promises_of(branch_id, loan_id) if each.dropped_at is None
    ]
    receipts = []
    if made:
        since = min(each.promised_on for each in made)
        receipts = list(book.follow_ups.promised.receipts_of(branch_id, loan_id, since))
    rows = [PromiseRow(p.loan_id, p.amount_paise, p.promised_on, p.due_on, p.made_at) for p in made]
    stands = {
        promise.contact_id: (promise, standing)
        for promise, (_, standing) in zip(made, standings_of(rows, receipts, today), strict=True)
    }
    return [(each, *stands.get(each.contact_id, (None, None))) for each in contacts]
