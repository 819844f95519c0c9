"""Hours and counts that ask for a reason; a message has neither."""

from dataclasses import replace
from datetime import date, time

import pytest

from app.rules.contact_hours import ContactLimit, ContactsSoFar, calls_used_up, limits_passed
from db.vocabulary.operations import ContactChannel
from tests.rules.lending_vectors import RULEBOOK, TODAY

CALL, VISIT = ContactChannel.CALL, ContactChannel.VISIT
NONE = ContactsSoFar()
NOON = time(12)


def passed(channel, hour=NOON, before=NONE) -> list[ContactLimit]:
    return [each.limit for each in limits_passed(channel, hour, before, RULEBOOK, TODAY)]


@pytest.mark.parametrize("channel", [CALL, VISIT])
def test_hours_hold_at_both_ends(channel) -> None:
    assert passed(channel, time(8)) == passed(channel, time(19)) == []
    assert passed(channel, time(7, 59, 59)) == [ContactLimit.HOURS]
    assert passed(channel, time(19, 0, 1)) == [ContactLimit.HOURS]


def test_calls_and_visits_count_apart() -> None:
    calls = ContactsSoFar(calls_today=2, calls_this_week=5)
    assert passed(CALL, before=calls) == [ContactLimit.CALLS_PER_DAY, ContactLimit.CALLS_PER_WEEK]
    assert passed(VISIT, before=calls) == []
    assert passed(CALL, before=ContactsSoFar(1, 4, 9)) == []
    assert passed(VISIT, before=ContactsSoFar(9, 9, 1)) == []
    assert passed(VISIT, before=ContactsSoFar(0, 0, 2)) == [ContactLimit.VISITS_PER_MONTH]


def test_what_is_sent_has_no_hour() -> None:
    assert passed(ContactChannel.MESSAGE, time(3), ContactsSoFar(9, 9, 9)) == []
    assert passed(ContactChannel.LETTER, time(3)) == []


def test_the_sentence_says_hour_and_count() -> None:
    found = limits_passed(CALL, time(4, 23), replace(NONE, calls_today=2), RULEBOOK, TODAY)
    assert [each.sentence for each in found] == [
        "04:23 is outside 08:00 to 19:00",
        "2 calls today, 2 allowed",
    ]


def test_the_rows_of_2027_answer_too() -> None:
    assert limits_passed(CALL, time(20), NONE, RULEBOOK, date(2027, 1, 1))


def test_calls_are_used_up_at_either_limit() -> None:
    assert not calls_used_up(1, 4, RULEBOOK, TODAY)
    assert calls_used_up(2, 2, RULEBOOK, TODAY)
    assert calls_used_up(0, 5, RULEBOOK, TODAY)
