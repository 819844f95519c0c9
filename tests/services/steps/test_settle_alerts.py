from datetime import date
from decimal import Decimal

import pytest

from db.records.alerts import AlertEntry
from db.vocabulary.operations import Alert, AlertLevel
from tests.services.alert_books import alert_book


@pytest.fixture
def book(blank_desk, customer_form, application_form):
    return alert_book(blank_desk, (customer_form, application_form))


def entries(book) -> list[tuple[str, AlertEntry]]:
    return [(line.rule, line.entry) for line in reversed(book.alerts().log)]


def test_a_day_end_raises_what_is_over_its_limit_once(book) -> None:
    book.close(date(2026, 3, 8))
    before = book.alerts()
    assert "npa_ratio" not in {each.rule for each in before.standing}
    book.close(date(2026, 3, 9))
    told = book.alerts()
    npa = next(each for each in told.standing if each.rule == "npa_ratio")
    assert (npa.level, npa.value, npa.limit) == (AlertLevel.CRITICAL, Decimal(100), Decimal(5))
    assert npa.since == date(2026, 3, 9)
    assert npa.figure == "npa"
    book.close(date(2026, 3, 12))
    assert entries(book).count(("npa_ratio", AlertEntry.RAISED)) == 1


def test_an_alert_clears_when_its_loan_is_cured(book) -> None:
    book.close(date(2026, 3, 10))
    assert ("npa_ratio", AlertEntry.RAISED) in entries(book)
    book.pay(6 * book.loan.emi_paise)
    book.close(date(2026, 3, 11))
    assert "npa_ratio" not in {each.rule for each in book.alerts().standing}
    assert ("npa_ratio", AlertEntry.CLEARED) in entries(book)
    # What had ever turned Defaulted stays so: that alert stands.
    assert "default_rate" in {each.rule for each in book.alerts().standing}


def test_a_dry_run_raises_nothing(book) -> None:
    from app.services.close_day import CloseDay, close_day
    from tests.services.monitor_books import at_day

    late = at_day(book.checker, date(2026, 3, 12))
    close_day(CloseDay(date(2026, 3, 12), dry_run=True), late)
    assert book.alerts().log == ()
    assert book.alerts().sentence.startswith("No alert has been raised")


def test_a_level_clears_only_well_inside_and_worse_asks_again(book, rulebook) -> None:
    from app.services.steps import settle_alerts as settling
    from app.services.steps.open_account import row_maker

    values = iter([Decimal("5.2"), Decimal("4.8"), Decimal("4.6"), Decimal("2.8"), Decimal("2.6"),
                   None])  # fmt: skip
    levels = []
    for day in range(10, 16):
        value = next(values)
        with book.checker.open_book() as opened:
            settled = settling.settle_values(
                opened, 412, date(2026, 3, day), {Alert.NPA_RATIO: value},
                (rulebook, row_maker(book.checker)),
            )  # fmt: skip
            standing = opened.alerts.standing(412)
            opened.commit()
        levels.append(standing[0].level if standing else None)
        assert len(settled) <= 1
    critical, warning = AlertLevel.CRITICAL, AlertLevel.WARNING
    assert levels == [critical, critical, warning, warning, None, None]
