from datetime import date

import pytest

from app.services.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from app.services.steps.ids import new_id
from app.services.steps.refusal import Refused
from db.records.alerts import AlertEntry
from tests.services.alert_books import alert_book


@pytest.fixture
def book(blank_desk, customer_form, application_form):
    made = alert_book(blank_desk, (customer_form, application_form))
    made.close(date(2026, 3, 10))
    return made


def standing(book, rule="npa_ratio"):
    return next(each for each in book.alerts().standing if each.rule == rule)


def test_the_log_says_who_has_seen_it_and_what_they_noted(book) -> None:
    alert = standing(book)
    request = AcknowledgeAlert(new_id(book.checker), alert.alert_id, "  Called the borrower ")
    done = acknowledge_alert(request, book.checker)
    assert acknowledge_alert(request, book.checker) == done  # once, whatever the retries
    seen = standing(book)
    assert (seen.acknowledged_by, seen.note) == ("Checker.412", "Called the borrower")
    line = book.alerts().log[0]
    assert (line.entry, line.actor, line.note) == (
        AlertEntry.ACKNOWLEDGED, "Checker.412", "Called the borrower",
    )  # fmt: skip
    assert [each.entry for each in book.alerts().log].count(AlertEntry.ACKNOWLEDGED) == 1


def test_nobody_else_may_and_a_cleared_alert_takes_no_answer(book) -> None:
    alert = standing(book)
    with pytest.raises(Refused, match="does not allow"):
        acknowledge_alert(AcknowledgeAlert(new_id(book.officer), alert.alert_id), book.officer)
    wordy = AcknowledgeAlert(new_id(book.checker), alert.alert_id, "word " * 1_000)
    with pytest.raises(Refused) as refusal:
        acknowledge_alert(wordy, book.checker)
    assert set(refusal.value.fields) == {"alert_note"}
    book.pay(6 * book.loan.emi_paise)
    book.close(date(2026, 3, 11))
    with pytest.raises(Refused, match="has cleared"):
        acknowledge_alert(AcknowledgeAlert(new_id(book.checker), alert.alert_id), book.checker)
