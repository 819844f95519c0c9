"""A call, a visit or a message is written down; a mistake in it corrected; a follow-up put off.

Source: screens.md S70. Outside the hours, or too often, a contact needs a reason. Its writer may
correct an entry for some minutes (rule row), then it is only added to. A promise comes with the
contact in which it was made; whether it was kept, the ledger says.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.bank_time import bank_day
from app.rules.permissions import Act
from app.services.steps.command import Command, Done, run_command
from app.services.steps.contact_checks import (
    ContactWords,
    contact_faults,
    editable_until,
    moment_of,
    override_faults,
    snooze_faults,
)
from app.services.steps.free_text import tidy_text
from app.services.steps.ids import new_id
from app.services.steps.permission import permit
from app.services.steps.plain_json import from_plain, to_plain
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.follow_up import Contact, Promise, Snooze
from db.records.loans import Loan
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.operations import CallOutcome, ContactChannel
from db.vocabulary.reasons import ContactOverrideReason, SnoozeReason

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Actor, Desk
    from db.unit_of_work import UnitOfWork

_FOLLOWED = frozenset({LoanStatus.ACTIVE, LoanStatus.DEFAULTED})


@dataclass(frozen=True, slots=True)
class LogContact:
    """What was said to the borrower of which loan.

    Attributes:
        override_reason: why outside the hours or once more; not asked for otherwise.
    """

    command_id: UUID
    loan_id: UUID
    channel: ContactChannel
    said: ContactWords
    override_reason: ContactOverrideReason | None = None


@dataclass(frozen=True, slots=True)
class CorrectContact:
    """What the entry should say; `version` is the one that was seen."""

    command_id: UUID
    contact_id: UUID
    version: int
    said: ContactWords


@dataclass(frozen=True, slots=True)
class SnoozeFollowUp:
    """Until which day a follow-up is put off, and why."""

    command_id: UUID
    loan_id: UUID
    until_on: date | None
    reason: SnoozeReason | None
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ContactLogged:
    """The entry as it now stands; `editable_until` closes it."""

    contact_id: UUID
    loan_id: UUID
    version: int
    editable_until: datetime


@dataclass(frozen=True, slots=True)
class FollowUpSnoozed:
    """The loan that is put off, and until when."""

    snooze_id: UUID
    loan_id: UUID
    until_on: date


def log_contact(request: LogContact, desk: "Desk") -> ContactLogged:
    """Write a contact down.

    Raises:
        Refused: not permitted; the loan is over; the words do not fit, or it is outside the hours
            or too often and no reason is given (`fields` names each).
        NotFound: the branch has no such loan.
    """
    person = permit(desk, Act.FOLLOW_UP_BORROWER)
    moment, asked = moment_of(desk), replace(request, said=request.said.tidy())
    faults = contact_faults(asked.channel, asked.said, moment.today)

    def act(book: "UnitOfWork") -> Done:
        loan = _open_loan(book, person.branch_id, asked.loan_id)
        found = faults | override_faults(book, loan, asked.channel, asked.override_reason, moment)
        if asked.override_reason is ContactOverrideReason.OTHER and not asked.said.note:
            found |= {"contact_note": "Write in the note why it was made now"}
        if found:
            raise bad_input(found)
        made = _contact(asked, loan, person, desk)
        promised = _promise(asked.said, made, desk)
        book.contacts.add_many(person.branch_id, [made], promised)
        return _logged(made, moment.rulebook, loan)

    payload = {"request": to_plain(request)}
    answer = run_command(desk, Command(request.command_id, "log_contact", payload), act)
    return from_plain(ContactLogged, answer["logged"])


def correct_contact(request: CorrectContact, desk: "Desk") -> ContactLogged:
    """Correct the own entry while it is open.

    Raises:
        Refused: not permitted; another's entry, or its minutes are over; the words do not fit
            (`fields` names each).
        NotFound: the branch has no such entry.
        VersionConflict: it was corrected meanwhile.
    """
    person = permit(desk, Act.FOLLOW_UP_BORROWER)
    branch_id, rulebook, said = person.branch_id, desk.rulebook(), request.said.tidy()

    def act(book: "UnitOfWork") -> Done:
        before = book.contacts.get(branch_id, request.contact_id)
        _check_open(before, person, rulebook, desk)
        faults = contact_faults(before.channel, said, desk.clock.today())
        if faults:
            raise bad_input(faults)
        after = replace(
            before,
            outcome=said.outcome,
            note=said.note,
            edited_at=desk.clock.now(),
            version=request.version + 1,
        )
        book.contacts.correct(branch_id, after)
        _correct_promise(book, branch_id, said, after, desk)
        return _logged(after, rulebook, book.loans.get(branch_id, before.loan_id))

    payload = {"request": to_plain(request)}
    answer = run_command(desk, Command(request.command_id, "correct_contact", payload), act)
    return from_plain(ContactLogged, answer["logged"])


def snooze_follow_up(request: SnoozeFollowUp, desk: "Desk") -> FollowUpSnoozed:
    """Put a follow-up off.

    Raises:
        Refused: not permitted; the loan is over; day, reason or note do not fit (`fields`).
        NotFound: the branch has no such loan.
    """
    person = permit(desk, Act.FOLLOW_UP_BORROWER)
    asked = replace(request, note=tidy_text(request.note))
    today = desk.clock.today()
    faults = snooze_faults(asked.until_on, asked.reason, asked.note, desk.rulebook(), today)
    if faults or asked.until_on is None or asked.reason is None:
        raise bad_input(faults)
    made = Snooze(
        new_id(desk), asked.loan_id, asked.until_on, asked.reason, asked.note,
        person.user_id, desk.clock.now(),
    )  # fmt: skip

    def act(book: "UnitOfWork") -> Done:
        loan = _open_loan(book, person.branch_id, asked.loan_id)
        book.contacts.add_many(person.branch_id, [], (), [made])
        snoozed = FollowUpSnoozed(made.snooze_id, made.loan_id, made.until_on)
        details = {"reason": made.reason.value}
        return Done({"snoozed": to_plain(snoozed)}, "loan", loan.loan_id, details)

    payload = {"request": to_plain(request)}
    answer = run_command(desk, Command(request.command_id, "snooze_follow_up", payload), act)
    return from_plain(FollowUpSnoozed, answer["snoozed"])


def _open_loan(book: "UnitOfWork", branch_id: int, loan_id: UUID) -> Loan:
    loan = book.loans.get(branch_id, loan_id)
    if loan.status not in _FOLLOWED:
        raise Refused(RefusalKind.CONFLICT, "This loan is over: there is nothing to follow up")
    return loan


def _check_open(before: Contact, person: "Actor", rulebook: "Rulebook", desk: "Desk") -> None:
    if before.actor_id != person.user_id:
        raise Refused(
            RefusalKind.NOT_PERMITTED, "Only who wrote an entry corrects it: add one of your own"
        )
    if desk.clock.now() > editable_until(before.made_at, rulebook, desk.clock.today()):
        raise Refused(RefusalKind.CONFLICT, "The time to correct this entry is over: add a new one")


def _contact(asked: LogContact, loan: Loan, person: "Actor", desk: "Desk") -> Contact:
    return Contact(
        contact_id=new_id(desk),
        loan_id=loan.loan_id,
        customer_id=loan.customer_id,
        channel=asked.channel,
        outcome=asked.said.outcome,
        note=asked.said.note,
        override_reason=asked.override_reason,
        actor_id=person.user_id,
        made_at=desk.clock.now(),
    )


def _promise(said: ContactWords, made: Contact, desk: "Desk") -> list[Promise]:
    """The promise that was made in a contact, if there was one."""
    if said.outcome is not CallOutcome.PROMISE:
        return []
    amount, due_on = said.promise_amount_paise, said.promise_date
    if amount is None or due_on is None:  # the checks have asked for both
        return []
    return [
        Promise(
            promise_id=new_id(desk),
            contact_id=made.contact_id,
            loan_id=made.loan_id,
            amount_paise=amount,
            promised_on=desk.clock.today(),
            due_on=due_on,
            made_at=made.made_at,
        )
    ]


def _correct_promise(
    book: "UnitOfWork", branch_id: int, said: ContactWords, after: Contact, desk: "Desk"
) -> None:
    made = _promise(said, after, desk)
    before = [
        each
        for each in book.contacts.promises_of(branch_id, after.loan_id)
        if each.contact_id == after.contact_id
    ]
    if not before:
        book.contacts.add_many(branch_id, [], made)
    elif not made:
        book.contacts.correct_promise(branch_id, replace(before[0], dropped_at=after.edited_at))
    else:
        stands = replace(
            before[0],
            amount_paise=made[0].amount_paise,
            due_on=made[0].due_on,
            dropped_at=None,
        )
        book.contacts.correct_promise(branch_id, stands)


def _logged(made: Contact, rulebook: "Rulebook", loan: Loan) -> Done:
    closes = editable_until(made.made_at, rulebook, bank_day(made.made_at))
    logged = ContactLogged(made.contact_id, made.loan_id, made.version, closes)
    said = made.channel if made.outcome is None else made.outcome
    return Done({"logged": to_plain(logged)}, "loan", loan.loan_id, {"reason": said.value})
