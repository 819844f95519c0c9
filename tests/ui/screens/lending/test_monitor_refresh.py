"""When the monitor reads again: at an interval of one's own, after a change, never while held."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.screens.monitor.monitor_screen import MonitorScreen


@pytest.fixture
def page(workbench, drive, desk):
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    driver = drive(MonitorScreen(workbench))
    driver.until(lambda: driver.raw("kpi.active_loans") != "")
    driver.until(lambda: not workbench.runner.active())
    return driver


def test_p_pauses_and_a_drill_holds_the_next_reading(page, workbench):
    screen = page.host.findChild(MonitorScreen)
    tile = page.find("kpi.npa_ratio")
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_P)
    assert page.offers("Resume")
    assert not screen._clock._timer.isActive()
    QTest.keyClick(tile, Qt.Key.Key_P)
    assert screen._clock._timer.isActive()
    QTest.keyClick(tile, Qt.Key.Key_Return)
    page.until(lambda: page.find("table.drill").model().rowCount() > 0)
    page.until(lambda: not workbench.runner.active())
    screen._clock._ring()
    assert not workbench.runner.active()
    QTest.keyClick(page.find("table.drill"), Qt.Key.Key_Escape)
    assert workbench.runner.active()


def test_the_interval_is_kept_for_the_person(page, workbench, drive):
    minutes = page.find("refresh_minutes")
    minutes.setCurrentIndex(next(p for p in range(minutes.count()) if "15" in minutes.itemText(p)))
    page.until(lambda: not workbench.runner.active())
    again = drive(MonitorScreen(workbench))
    again.until(lambda: again.find("refresh_minutes").value() == 15)
    screen = again.host.findChild(MonitorScreen)
    assert screen._clock._timer.interval() == 15 * 60_000


def test_the_rules_shortest_interval_is_the_shortest_that_runs(page, workbench):
    screen = page.host.findChild(MonitorScreen)
    screen._interval.allow(10)
    assert page.find("refresh_minutes").value() == 10
    assert screen._clock._timer.interval() == 10 * 60_000
    screen._interval.allow(90)
    assert screen._clock._timer.interval() == 90 * 60_000


def test_a_change_in_the_book_is_read_soon(page, workbench):
    screen = page.host.findChild(MonitorScreen)
    workbench.notices.tell("customer")
    assert not screen._clock._soon.isActive()
    workbench.notices.tell("loan")
    assert screen._clock._soon.isActive()
