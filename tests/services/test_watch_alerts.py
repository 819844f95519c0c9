from datetime import date

import pytest

from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.refusal import Refused
from app.services.watch_alerts import watch_alerts
from db.records.alerts import AlertEntry
from db.vocabulary.operations import AlertLevel
from db.vocabulary.people import Role
from tests.services.alert_books import alert_book
from tests.services.monitor_books import arrived
from tests.services.sample_desks import small_sandbox


def test_the_worst_stands_first_and_the_newest_line(
    blank_desk, customer_form, application_form
) -> None:
    book = alert_book(blank_desk, (customer_form, application_form))
    book.close(date(2026, 3, 10))
    told = book.alerts()
    levels = [each.level for each in told.standing]
    assert levels == sorted(levels, key=[AlertLevel.CRITICAL, AlertLevel.WARNING].index)
    assert {each.rule for each in told.standing} == {
        "npa_ratio", "default_rate", "average_emi_payment_rate",
    }  # fmt: skip
    days = [line.business_date for line in told.log]
    assert days == sorted(days, reverse=True)
    assert {line.entry for line in told.log} == {AlertEntry.RAISED}
    assert {line.actor for line in told.log} == {""}
    whole = watch_alerts(MonitorScope(whole_bank=True), book.checker)
    assert whole.standing == told.standing
    other = arrived(book.checker, 413, "watcher", Role.RISK_ANALYST)
    assert watch_alerts(MonitorScope(), other).standing == ()
    with pytest.raises(Refused, match="does not allow"):
        watch_alerts(MonitorScope(), book.officer)


def test_the_sample_book_has_alerts_to_answer(request) -> None:
    desk, _ = small_sandbox(request)
    told = watch_alerts(MonitorScope(), desk)
    assert told.standing[0].rule == "npa_ratio"
    assert told.standing[0].since == desk.clock.today()
    assert told.sentence == ""
