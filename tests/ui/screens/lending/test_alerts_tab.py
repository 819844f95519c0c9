"""Alerts of the monitor: answered by key, kept in the log, asleep out of the bar (S80)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.services.steps.open_account import row_maker
from app.services.steps.sandbox_staff import CHECKER, SANDBOX_BRANCH, sandbox_actor
from app.services.steps.settle_alerts import settle_values
from app.ui.screens.monitor.monitor_screen import MonitorScreen
from db.records.alerts import AlertEntry
from db.vocabulary.operations import Alert
from db.vocabulary.people import Role


@pytest.fixture
def monitor(workbench, drive, desk):
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    driver = drive(MonitorScreen(workbench))
    driver.until(lambda: driver.raw("kpi.active_loans") != "")
    return driver


@pytest.fixture
def page(monitor):
    choose(monitor, "alerts")
    return monitor


def choose(page, name):
    page.find(f"tab.{name}").click()
    runner = page.host.findChild(MonitorScreen).workbench.runner
    page.until(lambda: not runner.active())


def letter(page, key):
    """Press a letter where no text is typed."""
    table = page.find("table.alerts_standing")
    table.setFocus()
    QTest.keyClick(table, key)


def test_an_alert_is_acknowledged_with_a_note_that_the_log_keeps(page):
    standing = page.find("table.alerts_standing").model()
    assert standing.rowCount() > 0
    page.type("alert_note", "Spoken of at the branch meeting")
    letter(page, Qt.Key.Key_A)
    log = page.find("table.alerts").model()
    page.until(lambda: any(row.entry is AlertEntry.ACKNOWLEDGED for row in log.rows()))
    (answer,) = [row for row in log.rows() if row.entry is AlertEntry.ACKNOWLEDGED]
    assert answer.note == "Spoken of at the branch meeting"
    assert answer.actor == sandbox_actor(CHECKER).full_name
    assert standing.row_at(0).acknowledged_by == sandbox_actor(CHECKER).full_name


def test_a_snoozed_alert_leaves_the_bar_until_its_day(page):
    before = page.words().count("Internal alert.")
    letter(page, Qt.Key.Key_S)
    assert "Say until which day it sleeps." in page.words()
    page.type("snooze_until", "01-01-2030")
    letter(page, Qt.Key.Key_S)
    page.until(lambda: "Choose a day from" in page.words())
    page.type("snooze_until", "02-10-2026")
    letter(page, Qt.Key.Key_S)
    log = page.find("table.alerts").model()
    page.until(lambda: any(row.entry is AlertEntry.SNOOZED for row in log.rows()))
    page.until(lambda: page.words().count("Internal alert.") < before)


def settle(page, workbench, rulebook, values):
    """What a day-end, or a measurement of drift, would have raised and cleared."""
    desk = workbench.desk
    with desk.open_book() as book:
        settle_values(book, SANDBOX_BRANCH, desk.clock.today(), values, (rulebook, row_maker(desk)))
        standing = len(book.alerts.standing(SANDBOX_BRANCH))
        book.commit()
    workbench.notices.tell("loan")
    rows = page.find("table.alerts_standing").model().rowCount
    page.until(lambda: rows() == standing and not workbench.runner.active())


def test_the_bar_tells_how_many_more_there_are_and_every_standing_row_shows(
    page, workbench, rulebook
):
    low = dict.fromkeys((Alert.ON_TIME, Alert.MODEL_ACCURACY), Decimal("70.1"))
    settle(page, workbench, rulebook, low)
    table = page.find("table.alerts_standing")
    rows = table.model().rowCount()
    assert rows > 2
    page.until(lambda: page.offers(f"{rows - 2} more in the log"))
    last = table.visualRect(table.model().index(rows - 1, 0))
    assert table.viewport().rect().contains(last)


def test_an_alert_on_drift_leads_to_its_tab_and_has_no_loans(page, workbench, rulebook):
    values = {**dict.fromkeys(Alert), Alert.MODEL_ACCURACY: Decimal("80.1")}
    settle(page, workbench, rulebook, values)
    page.until(lambda: "Accuracy of the model 80.1 %, under 90.0 %" in page.words())
    assert not page.offers("Show the loans")
    table = page.find("table.alerts_standing")
    table.go_to(0)
    letter(page, Qt.Key.Key_Return)
    assert "No loans stand behind it: the Drift tab shows it." in page.words()
    page.button("Show drift").click()
    page.until(lambda: page.find("table.drift").isVisible())


@pytest.mark.parametrize("opened", ["monitor", "page"])  # the log was not read yet, or it was
def test_answer_goes_to_its_alert_and_the_next_words_are_the_note(workbench, request, opened):
    page = request.getfixturevalue(opened)
    choose(page, "overview")
    bars = [each for each in page.host.findChildren(QPushButton) if each.text() == "Answer"]
    bars[1].click()
    note = page.find("alert_note")
    page.until(lambda: page.host.focusWidget() is note and note.isVisible())
    page.until(lambda: not workbench.runner.active())
    table = page.find("table.alerts_standing")
    chosen = table.current_row()
    assert table.currentIndex().row() == 1
    page.type("alert_note", "Asked the second one")
    page.button("Acknowledge").click()
    log = page.find("table.alerts").model()
    page.until(lambda: any(row.entry is AlertEntry.ACKNOWLEDGED for row in log.rows()))
    (answer,) = [row for row in log.rows() if row.entry is AlertEntry.ACKNOWLEDGED]
    assert (answer.rule, answer.note) == (chosen.rule, "Asked the second one")


def test_the_alert_that_is_answered_stays_the_same_while_others_come_above_it(
    page, workbench, rulebook
):
    table = page.find("table.alerts_standing")
    last = table.model().rowCount() - 1
    table.go_to(last)
    chosen = table.current_row().alert_id
    page.until(lambda: table.current_row().label in page.words())
    settle(page, workbench, rulebook, {Alert.MODEL_ACCURACY: Decimal("10.1")})
    page.until(lambda: table.model().rowCount() > last + 1)
    assert table.current_row().alert_id == chosen


def test_an_auditor_reads_alerts_and_answers_none(workbench, drive, desk):
    auditor = replace(sandbox_actor(CHECKER), roles=frozenset({Role.AUDITOR}))
    workbench.shell.desk = desk.acting(auditor)
    driver = drive(MonitorScreen(workbench))
    driver.until(lambda: driver.raw("kpi.active_loans") != "")
    choose(driver, "alerts")
    assert driver.find("table.alerts_standing").model().rowCount() > 0
    assert not driver.find("action.monitor.acknowledge_alert").isVisible()


def test_tab_goes_from_the_top_row_over_alerts_tiles_and_tabs_into_the_tab(page):
    choose(page, "class")
    chain, names = page.find("action.monitor.export"), []
    while (chain := chain.nextInFocusChain()) is not page.find("action.monitor.export"):
        if chain.isVisible() and chain.focusPolicy() & Qt.FocusPolicy.TabFocus:
            names.append(chain.objectName() or chain.text())
    order = ["Show the loans", "kpi.total_outstanding", "tab.class", "table.classes"]
    assert [name for name in names if name in set(order)][:1] == ["Show the loans"]
    places = [names.index(name) for name in order]
    assert places == sorted(places)
