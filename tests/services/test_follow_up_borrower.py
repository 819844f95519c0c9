"""Contacts are written, corrected by their writer for some minutes, and put off with a reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services.follow_up_borrower import (
    CorrectContact,
    LogContact,
    SnoozeFollowUp,
    correct_contact,
    log_contact,
    snooze_follow_up,
)
from app.services.read_follow_up import read_follow_up
from app.services.steps.contact_checks import ContactWords
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import NotFound, VersionConflict
from db.vocabulary.operations import CallOutcome, ContactChannel, PromiseStatus
from db.vocabulary.people import Role
from db.vocabulary.reasons import ContactOverrideReason, SnoozeReason
from tests.services.conftest import TODAY
from tests.services.followed_loans import HARDSHIP, NO_ANSWER, at, call, late_loan, promise_of

IN_A_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def loan(desk, someone, submitted):
    at(desk, TODAY)
    return late_loan(desk, someone, submitted)


def refused(act) -> Refused:
    with pytest.raises(Refused) as found:
        act()
    return found.value


def test_a_call_is_written_once_and_read_back(desk, loan) -> None:
    request = LogContact(new_id(desk), loan.loan_id, ContactChannel.CALL, HARDSHIP)
    logged = log_contact(request, desk)
    assert log_contact(request, desk) == logged
    assert logged.editable_until == desk.clock.now() + timedelta(minutes=15)
    (entry,) = read_follow_up(loan.loan_id, desk).log
    assert entry.contact.note == "lost the job in October"
    assert entry.contact.actor_name == "Ravi.Reddy"
    assert entry.editable_until == logged.editable_until
    again = replace(request, said=NO_ANSWER)
    assert refused(lambda: log_contact(again, desk)).kind is RefusalKind.CONFLICT


def test_a_promise_comes_with_its_call_and_stays_open(desk, loan) -> None:
    call(desk, loan.loan_id, promise_of(500_000, IN_A_WEEK))
    (entry,) = read_follow_up(loan.loan_id, desk).log
    assert entry.promise is not None
    assert (entry.promise.amount_paise, entry.promise.due_on) == (500_000, IN_A_WEEK)
    assert entry.standing is not None
    assert entry.standing.status is PromiseStatus.OPEN
    at(desk, IN_A_WEEK + timedelta(days=1))
    (entry,) = read_follow_up(loan.loan_id, desk).log
    assert entry.standing.status is PromiseStatus.BROKEN


@pytest.mark.parametrize(
    ("channel", "said", "fields"),
    [
        ("Call", ContactWords(), {"outcome"}),
        ("Call", ContactWords(CallOutcome.VISITED), {"outcome"}),
        ("Message", NO_ANSWER, {"outcome"}),
        ("Visit", ContactWords(CallOutcome.PROMISE), {"promise_amount", "promise_date"}),
        ("Call", promise_of(0, TODAY), {"promise_amount"}),
        ("Call", promise_of(100, TODAY - timedelta(days=1)), {"promise_date"}),
        ("Call", ContactWords(CallOutcome.REFUSED, "x" * 2_001), {"contact_note"}),
        ("Call", ContactWords(CallOutcome.REFUSED, "PAN ACUPR7085K"), {"contact_note"}),
    ],
)
def test_what_does_not_fit_is_named(desk, loan, channel, said, fields) -> None:
    request = LogContact(new_id(desk), loan.loan_id, ContactChannel(channel), said)
    assert set(refused(lambda: log_contact(request, desk)).fields) == fields
    assert read_follow_up(loan.loan_id, desk).log == ()


def test_outside_the_hours_a_reason_is_asked(desk, loan) -> None:
    at(desk, TODAY, 19, 1)
    fault = refused(lambda: call(desk, loan.loan_id)).fields
    assert fault == {"override_reason": "19:01 is outside 08:00 to 19:00: say why"}
    assert read_follow_up(loan.loan_id, desk).call_limits == ("19:01 is outside 08:00 to 19:00",)
    other = ContactOverrideReason.OTHER
    fault = refused(lambda: call(desk, loan.loan_id, override_reason=other)).fields
    assert set(fault) == {"contact_note"}
    call(desk, loan.loan_id, override_reason=ContactOverrideReason.CUSTOMER_CALLED)
    message = LogContact(new_id(desk), loan.loan_id, ContactChannel.MESSAGE, ContactWords())
    log_contact(message, desk)
    assert len(read_follow_up(loan.loan_id, desk).log) == 2


def test_a_third_call_of_a_day_and_a_sixth_of_a_week_need_a_reason(desk, loan) -> None:
    call(desk, loan.loan_id)
    call(desk, loan.loan_id)
    words = refused(lambda: call(desk, loan.loan_id)).fields["override_reason"]
    assert words == "2 calls today, 2 allowed: say why"
    for later in (1, 2):
        at(desk, TODAY + timedelta(days=later))
        call(desk, loan.loan_id)
    call(desk, loan.loan_id)
    at(desk, TODAY + timedelta(days=3))
    words = refused(lambda: call(desk, loan.loan_id)).fields["override_reason"]
    assert words == "5 calls in 7 days, 5 allowed: say why"
    at(desk, TODAY + timedelta(days=7))
    call(desk, loan.loan_id)


def test_its_writer_corrects_an_entry_for_fifteen_minutes(desk, someone, loan) -> None:
    logged = call(desk, loan.loan_id, promise_of(500_000, IN_A_WEEK))

    def correct(said: ContactWords, version: int, who=desk):
        request = CorrectContact(new_id(desk), logged.contact_id, version, said)
        return correct_contact(request, who)

    at(desk, TODAY, 12, 15)
    assert correct(promise_of(400_000, IN_A_WEEK), 1).version == 2
    (entry,) = read_follow_up(loan.loan_id, desk).log
    assert entry.promise.amount_paise == 400_000
    assert entry.contact.edited_at == desk.clock.now()
    assert correct(HARDSHIP, 2).version == 3
    (entry,) = read_follow_up(loan.loan_id, desk).log
    assert entry.promise is None
    assert correct(promise_of(300_000, IN_A_WEEK), 3).version == 4
    (entry,) = read_follow_up(loan.loan_id, desk).log
    assert entry.promise.amount_paise == 300_000
    with pytest.raises(VersionConflict):
        correct(HARDSHIP, 3)
    assert set(refused(lambda: correct(ContactWords(), 4)).fields) == {"outcome"}
    other = someone("kiran.rao", Role.COLLECTIONS)
    assert refused(lambda: correct(HARDSHIP, 4, other)).kind is RefusalKind.NOT_PERMITTED
    at(desk, TODAY, 12, 16)
    late = refused(lambda: correct(HARDSHIP, 4))
    assert late.sentence == "The time to correct this entry is over: add a new one"
    (entry,) = read_follow_up(loan.loan_id, desk).log
    assert entry.editable_until is None


def test_a_follow_up_is_put_off_with_a_reason(desk, loan) -> None:
    def snooze(until: date | None, reason: SnoozeReason | None, note: str = ""):
        request = SnoozeFollowUp(new_id(desk), loan.loan_id, until, reason, note)
        return snooze_follow_up(request, desk)

    away = SnoozeReason.CUSTOMER_AWAY
    assert snooze(TODAY + timedelta(days=14), away).until_on == TODAY + timedelta(days=14)
    for until in (None, TODAY, TODAY + timedelta(days=15)):
        fault = refused(lambda until=until: snooze(until, away)).fields
        assert fault == {"snooze_until": "Choose a day from 24 Nov 2026 to 07 Dec 2026"}
    assert set(refused(lambda: snooze(IN_A_WEEK, None)).fields) == {"snooze_reason"}
    other = SnoozeReason.OTHER
    assert set(refused(lambda: snooze(IN_A_WEEK, other)).fields) == {"contact_note"}
    assert set(refused(lambda: snooze(IN_A_WEEK, away, "y" * 2_001)).fields) == {"contact_note"}
    snooze(IN_A_WEEK, other, "pays from the harvest")
    assert len(read_follow_up(loan.loan_id, desk).snoozes) == 2


def test_only_who_follows_up_and_only_a_loan_of_the_branch(desk, someone, loan) -> None:
    analyst = someone("farah.sheikh", Role.RISK_ANALYST)
    assert refused(lambda: call(analyst, loan.loan_id)).kind is RefusalKind.NOT_PERMITTED
    reads = refused(lambda: read_follow_up(loan.loan_id, analyst))
    assert reads.kind is RefusalKind.NOT_PERMITTED
    call(someone("kiran.rao", Role.COLLECTIONS), loan.loan_id)
    with pytest.raises(NotFound):
        call(desk, new_id(desk))


def test_a_loan_that_is_over_is_not_followed(desk, loan) -> None:
    closed = "UPDATE loans SET status = 'Closed'"
    with desk.open_book() as book:
        connection = book._connection
        if connection.dialect.name == "postgresql":
            closed = f"ALTER TABLE loans DISABLE TRIGGER USER; {closed}"
        connection.exec_driver_sql(closed)
        book.commit()
    assert refused(lambda: call(desk, loan.loan_id)).kind is RefusalKind.CONFLICT
