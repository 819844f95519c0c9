from datetime import date, timedelta

import pytest

from app.services.snooze_alert import SnoozeAlert, snooze_alert
from app.services.steps.ids import new_id
from app.services.steps.refusal import Refused
from tests.services.alert_books import alert_book

TODAY = date(2026, 3, 10)


@pytest.fixture
def book(blank_desk, customer_form, application_form):
    made = alert_book(blank_desk, (customer_form, application_form))
    made.close(TODAY)
    return made


def standing(book):
    return next(each for each in book.alerts().standing if each.rule == "npa_ratio")


def test_a_snoozed_alert_stands_and_sleeps_until_its_day(book) -> None:
    alert, until = standing(book), TODAY + timedelta(days=14)
    snooze_alert(SnoozeAlert(new_id(book.checker), alert.alert_id, until, "On leave"), book.checker)
    asleep = standing(book)
    assert (asleep.asleep, asleep.snoozed_until, asleep.note) == (True, until, "On leave")
    book.close(until)
    assert standing(book).asleep is False


@pytest.mark.parametrize("days", [0, -1, 15])
def test_the_day_lies_within_the_rule(book, days) -> None:
    request = SnoozeAlert(
        new_id(book.checker), standing(book).alert_id, TODAY + timedelta(days=days)
    )
    with pytest.raises(Refused, match="Choose a day from 11 Mar 2026 to 24 Mar 2026") as refusal:
        snooze_alert(request, book.checker)
    assert set(refusal.value.fields) == {"snooze_until"}
