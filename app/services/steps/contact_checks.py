"""What a contact or a snooze must say before it is kept, field by field.

Source: screens.md S70 and F6 (a sentence says what to do).
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from app.rules.bank_time import bank_moment, day_start
from app.rules.contact_hours import ContactsSoFar, LimitPassed, limits_passed
from app.rules.dates import date_shown
from app.rules.early_warning import WINDOW
from app.services.steps.follow_up_lines import week_begin
from app.services.steps.free_text import LONGEST_NOTE, text_fault, tidy_text
from app.services.steps.snooze_day import snooze_day_fault
from app.services.steps.text_checks import money_fault
from db.records.loans import Loan
from db.vocabulary.operations import CallOutcome, ContactChannel
from db.vocabulary.reasons import ContactOverrideReason, SnoozeReason

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

_SENT = (ContactChannel.MESSAGE, ContactChannel.LETTER)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ContactWords:
    """What a person writes of a contact.

    Attributes:
        outcome: None for a message or letter.
        promise_amount_paise, promise_date: with the outcome Promise only.
    """

    outcome: CallOutcome | None = None
    note: str = field(default="", repr=False)
    promise_amount_paise: int | None = None
    promise_date: date | None = None

    def tidy(self) -> "ContactWords":
        """The same with a tidy note."""
        return replace(self, note=tidy_text(self.note))


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is written, and by which rules."""

    today: date
    at: datetime
    rulebook: "Rulebook"


def moment_of(desk: "Desk") -> Moment:
    """The present moment of a desk; its rules are read, so ask before the book is opened."""
    return Moment(desk.clock.today(), desk.clock.now(), desk.rulebook())


def editable_until(made_at: datetime, rulebook: "Rulebook", on: date) -> datetime:
    """Until when its writer may correct an entry."""
    minutes = rulebook.number("contact_log_edit_minutes", on, unit="minutes")
    return made_at + timedelta(minutes=minutes)


def contact_faults(channel: ContactChannel, said: ContactWords, today: date) -> dict[str, str]:
    """The faults of what was written, by field; the form asks it too."""
    faults = {}
    if channel not in _SENT and said.outcome is None:
        faults["outcome"] = "Choose how it ended"
    if channel in _SENT and said.outcome is not None:
        faults["outcome"] = "A message or a letter has no outcome: leave it open"
    if channel is ContactChannel.CALL and said.outcome is CallOutcome.VISITED:
        faults["outcome"] = "A call is no visit: choose how the call ended"
    if said.outcome is CallOutcome.PROMISE:
        faults |= _promise_faults(said, today)
    note = text_fault("The note", said.note, LONGEST_NOTE)
    if note:
        faults["contact_note"] = note
    return faults


def override_faults(
    book: "UnitOfWork",
    loan: Loan,
    channel: ContactChannel,
    reason: ContactOverrideReason | None,
    moment: "Moment",
) -> dict[str, str]:
    """The limits that a contact now passes without a reason, as the fault of its field."""
    if reason is not None:
        return {}
    passed = limits_now(book, loan, channel, moment)
    if not passed:
        return {}
    words = ", ".join(each.sentence for each in passed)
    return {"override_reason": f"{words}: say why"}


def limits_now(
    book: "UnitOfWork", loan: Loan, channel: ContactChannel, moment: "Moment"
) -> tuple[LimitPassed, ...]:
    """The limits that a contact with this borrower would pass now."""
    today = moment.today
    begins = (day_start(today), week_begin(today), day_start(today - WINDOW + _A_DAY))
    found = book.contacts.counts(loan.branch_id, loan.customer_id, begins)
    before = ContactsSoFar(found.calls_today, found.calls_this_week, found.visits_this_month)
    return limits_passed(channel, bank_moment(moment.at).time(), before, moment.rulebook, today)


def snooze_faults(
    until_on: date | None,
    reason: SnoozeReason | None,
    note: str,
    rulebook: "Rulebook",
    today: date,
) -> dict[str, str]:
    """The faults of a snooze, by field."""
    faults = {}
    day = snooze_day_fault(until_on, rulebook, today)
    if day:
        faults["snooze_until"] = day
    if reason is None:
        faults["snooze_reason"] = "Choose why it can wait"
    wrong = text_fault("The note", note, LONGEST_NOTE)
    if wrong:
        faults["contact_note"] = wrong
    if reason is SnoozeReason.OTHER and not note:
        faults["contact_note"] = "Write in the note why it can wait"
    return faults


def _promise_faults(said: ContactWords, today: date) -> dict[str, str]:
    faults = {}
    amount = said.promise_amount_paise
    if amount is None:
        faults["promise_amount"] = "Enter the amount that was promised"
    else:
        wrong = money_fault("The promised amount", amount, zero=False)
        if wrong:
            faults["promise_amount"] = wrong
    if said.promise_date is None:
        faults["promise_date"] = "Enter the day of the promise"
    elif said.promise_date < today:
        faults["promise_date"] = f"A promise lies ahead: choose {date_shown(today)} or later"
    return faults
