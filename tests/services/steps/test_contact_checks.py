"""What a contact must say, apart from any book."""

from datetime import timedelta

from app.services.steps.contact_checks import ContactWords, contact_faults, snooze_faults
from db.vocabulary.operations import CallOutcome, ContactChannel
from db.vocabulary.reasons import SnoozeReason
from tests.services.conftest import TODAY


def test_words_are_kept_tidy() -> None:
    assert ContactWords(note="  two\r\nlines\u200b ").tidy().note == "two\nlines"


def test_a_letter_needs_nothing_and_a_visit_how_it_ended() -> None:
    assert contact_faults(ContactChannel.LETTER, ContactWords(), TODAY) == {}
    assert contact_faults(ContactChannel.VISIT, ContactWords(), TODAY) == {
        "outcome": "Choose how it ended"
    }
    visited = ContactWords(CallOutcome.VISITED)
    assert contact_faults(ContactChannel.VISIT, visited, TODAY) == {}


def test_a_promise_beyond_any_amount_is_refused() -> None:
    said = ContactWords(CallOutcome.PROMISE, "", 10**15 + 1, TODAY)
    assert set(contact_faults(ContactChannel.CALL, said, TODAY)) == {"promise_amount"}


def test_a_snooze_ends_within_its_days(rulebook) -> None:
    reason = SnoozeReason.WITH_SUPERVISOR
    for days, wrong in ((0, True), (1, False), (14, False), (15, True)):
        faults = snooze_faults(TODAY + timedelta(days=days), reason, "", rulebook, TODAY)
        assert bool(faults) is wrong
