"""A loan that is late on a desk of any engine, and people who follow it up."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.services.follow_up_borrower import ContactLogged, LogContact, log_contact
from app.services.steps.contact_checks import ContactWords
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from db.records.loans import Loan
from db.vocabulary.operations import CallOutcome, ContactChannel
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan

NO_ANSWER = ContactWords(CallOutcome.NO_ANSWER)
HARDSHIP = ContactWords(CallOutcome.HARDSHIP, "lost the job in October")


def late_loan(desk: Desk, someone, submitted, *, unpaid: int = 3, number: int = 1042) -> Loan:
    """A loan whose last instalments are unpaid; twelve have fallen due by 23 Nov 2026."""
    checker = someone(f"bela.rao{number}", Role.SUPERVISOR)
    planned = LoanPlanned(paid=12 - unpaid)
    return running_loan(desk, checker, submitted.application_id, planned, number)


def at(desk: Desk, day: date, hour: int = 12, minute: int = 0) -> None:
    """Move the clock to an hour in India."""
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
    desk.clock.day = day
    desk.clock.instant = local - timedelta(hours=5, minutes=30)


def call(desk: Desk, loan_id: UUID, said: ContactWords = NO_ANSWER, **fields) -> ContactLogged:
    request = LogContact(new_id(desk), loan_id, ContactChannel.CALL, said, **fields)
    return log_contact(request, desk)


def promise_of(amount_paise: int, day: date) -> ContactWords:
    return ContactWords(CallOutcome.PROMISE, "", amount_paise, day)
