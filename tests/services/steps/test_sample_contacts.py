"""The sandbox shows contacts, promises and snoozes, the same at every making."""

from datetime import timedelta

from app.rules.bank_time import bank_moment
from app.services.steps.sample_contacts import sample_contacts
from db.vocabulary.operations import CallOutcome, ContactChannel
from tests.services.sample_desks import built_book


def test_only_loans_that_are_late_have_entries_within_the_hours(rulebook) -> None:
    made, frame = built_book(rulebook)
    late = {each.loan_id for each in made.loans.loans if each.oldest_unpaid_due is not None}
    said = sample_contacts(made.loans.loans, frame)
    assert said.contacts
    assert {each.loan_id for each in said.contacts} <= late
    for each in said.contacts:
        assert 8 <= bank_moment(each.made_at).hour < 19
        assert bank_moment(each.made_at).date() < frame.as_of
        sent = each.channel in (ContactChannel.MESSAGE, ContactChannel.LETTER)
        assert (each.outcome is None) is sent


def test_every_promise_has_its_contact_and_lies_ahead_of_it(rulebook) -> None:
    made, frame = built_book(rulebook, customers=120)
    said = sample_contacts(made.loans.loans, frame)
    contacts = {each.contact_id: each for each in said.contacts}
    assert said.promises
    assert said.snoozes
    for promise in said.promises:
        assert contacts[promise.contact_id].outcome is CallOutcome.PROMISE
        assert promise.due_on > promise.promised_on
    for snooze in said.snoozes:
        assert frame.as_of < snooze.until_on <= frame.as_of + timedelta(days=14)


def test_the_same_book_has_the_same_entries(rulebook) -> None:
    made, frame = built_book(rulebook)
    assert sample_contacts(made.loans.loans, frame) == sample_contacts(made.loans.loans, frame)
