"""What was said to the borrowers of a sample book who are late: calls, visits, promises.

Dice of their own, thrown by the loan's id, so that the rest of the book stays as it is. Whether a
promise was kept is never drawn: the ledger of the book says it.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import uuid5

from db.records.follow_up import Contact, Promise, Snooze
from db.records.loans import Loan
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.operations import CallOutcome, ContactChannel
from db.vocabulary.reasons import SnoozeReason

if TYPE_CHECKING:
    from app.services.steps.sample_frame import SampleFrame

_OPEN = frozenset({LoanStatus.ACTIVE, LoanStatus.DEFAULTED})
_FIRST_HOUR, _HOURS = 5, 7  # from half past ten in India, in UTC
_QUIET = 0.35  # the share of late loans that nobody has called yet
_HARDSHIP = "The shop was closed for two months; sales pick up again."
_DISPUTE = "Says the September instalment was paid in cash at the counter."


@dataclass(slots=True)
class SampleContacts:
    """The entries of a book, ready to be written."""

    contacts: list[Contact] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    snoozes: list[Snooze] = field(default_factory=list)


class _Story:
    """Writes what happened on one loan, days before the day of the book."""

    def __init__(self, loan: Loan, frame: "SampleFrame", into: SampleContacts) -> None:
        self.dice = random.Random(f"contacts {loan.loan_id}")  # noqa: S311  # invented people
        self._loan, self._frame, self._into = loan, frame, into
        self._count = 0

    def contact(
        self,
        days_ago: int,
        outcome: CallOutcome | None,
        channel: ContactChannel = ContactChannel.CALL,
        note: str = "",
    ) -> Contact:
        """A contact so many days ago."""
        made = Contact(
            contact_id=uuid5(self._loan.loan_id, f"contact {self._next()}"),
            loan_id=self._loan.loan_id,
            customer_id=self._loan.customer_id,
            channel=channel,
            outcome=outcome,
            note=note,
            override_reason=None,
            actor_id=self._frame.maker_id,
            made_at=self._at(days_ago),
        )
        self._into.contacts.append(made)
        return made

    def promise(self, days_ago: int, lasts: int) -> None:
        """A promise of an instalment, so many days ago and for so many days."""
        made = self.contact(days_ago, CallOutcome.PROMISE)
        on = self._day(days_ago)
        self._into.promises.append(
            Promise(
                promise_id=uuid5(self._loan.loan_id, f"promise {self._next()}"),
                contact_id=made.contact_id,
                loan_id=self._loan.loan_id,
                amount_paise=self._loan.emi_paise,
                promised_on=on,
                due_on=on + timedelta(days=lasts),
                made_at=made.made_at,
            )
        )

    def snooze(self, days_ago: int, lasts: int) -> None:
        """The follow-up was put off."""
        self._into.snoozes.append(
            Snooze(
                snooze_id=uuid5(self._loan.loan_id, f"snooze {self._next()}"),
                loan_id=self._loan.loan_id,
                until_on=self._day(days_ago) + timedelta(days=lasts),
                reason=SnoozeReason.PAYMENT_ON_WAY,
                note="",
                actor_id=self._frame.maker_id,
                made_at=self._at(days_ago),
            )
        )

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _day(self, days_ago: int) -> date:
        return self._frame.as_of - timedelta(days=days_ago)

    def _at(self, days_ago: int) -> datetime:
        hour = time(_FIRST_HOUR + self.dice.randrange(_HOURS), self.dice.randrange(60))
        return datetime.combine(self._day(days_ago), hour, UTC)


def sample_contacts(loans: Sequence[Loan], frame: "SampleFrame") -> SampleContacts:
    """Entries on the loans that are late, from one a month ago to yesterday's."""
    made = SampleContacts()
    for loan in _late(loans):
        story = _Story(loan, frame, made)
        if story.dice.random() >= _QUIET:
            story.dice.choice(_STORIES)(story)
    return made


def _late(loans: Sequence[Loan]) -> Iterator[Loan]:
    return (each for each in loans if each.status in _OPEN and each.oldest_unpaid_due is not None)


def _no_answer(story: _Story) -> None:
    story.contact(2, CallOutcome.NO_ANSWER)


def _one_promise(story: _Story) -> None:
    story.promise(9, 6)


def _promise_running(story: _Story) -> None:
    story.contact(4, CallOutcome.NO_ANSWER)
    story.promise(1, 5)


def _two_promises(story: _Story) -> None:
    story.promise(24, 7)
    story.promise(12, 7)
    story.contact(2, CallOutcome.VISITED, ContactChannel.VISIT, _HARDSHIP)


def _never_reached(story: _Story) -> None:
    for days_ago in (25, 20, 14, 9, 3):
        story.contact(days_ago, CallOutcome.NO_ANSWER)


def _in_difficulty(story: _Story) -> None:
    story.contact(11, None, ContactChannel.MESSAGE)
    story.contact(6, CallOutcome.HARDSHIP, note=_HARDSHIP)


def _disputed(story: _Story) -> None:
    story.contact(5, CallOutcome.DISPUTE, note=_DISPUTE)


def _put_off(story: _Story) -> None:
    story.contact(1, CallOutcome.PAID)
    story.snooze(1, 6)


def _call_back(story: _Story) -> None:
    story.contact(1, CallOutcome.CALL_BACK)


_STORIES: tuple[Callable[[_Story], None], ...] = (
    _no_answer,
    _one_promise,
    _promise_running,
    _two_promises,
    _never_reached,
    _in_difficulty,
    _disputed,
    _put_off,
    _call_back,
)
