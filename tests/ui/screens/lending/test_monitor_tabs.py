"""Tabs of the monitor: loaded away from the window's thread, and nameless groups (S80)."""

import threading
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest

from app.services.steps.monitor_tabs import ConcentrationWatched, GroupRow
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.charts.share_bars import ShareBars
from app.ui.screens.monitor import monitor_tabs
from app.ui.screens.monitor.concentration_tab import ConcentrationTab
from app.ui.screens.monitor.monitor_screen import MonitorScreen
from db.vocabulary.operations import ConcentrationKey


@pytest.fixture
def page(workbench, drive, desk):
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    driver = drive(MonitorScreen(workbench))
    driver.until(lambda: driver.raw("kpi.active_loans") != "")
    return driver


@pytest.mark.parametrize("name", ["stress", "drift", "alerts"])
def test_the_parts_of_a_heavy_tab_are_loaded_on_a_lane(page, workbench, monkeypatch, name):
    seen = []

    def watched(module):
        seen.append((module.rpartition(".")[2], threading.current_thread().name))
        return import_module(module)

    monkeypatch.setattr(monitor_tabs, "import_module", watched)
    page.find(f"tab.{name}").click()
    page.until(lambda: not workbench.runner.active())
    assert seen[0] == (f"{name}_tab", "kasauti-database")


def test_a_group_without_a_name_has_a_dash_in_its_bar_too(workbench, qtbot):
    tab = ConcentrationTab(workbench)
    qtbot.addWidget(tab)
    share = Decimal(100)
    row = GroupRow("", "", 3, 300, share, 0, Decimal(0), "group employer ", "group_npa employer ")
    answer = ConcentrationWatched(
        date(2026, 9, 30), ConcentrationKey.EMPLOYER, (row,), 1, share, Decimal(1), share, share
    )
    tab.show_answer((answer, answer))
    assert tab.findChild(ShareBars).accessibleDescription() == "—: 100.0 %, 0.0 %"
