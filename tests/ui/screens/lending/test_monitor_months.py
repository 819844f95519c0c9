"""What the monitor's tabs tell beside their first table: months, sizes (S80)."""

from dataclasses import replace

import pytest

from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.services.watch_classes import watch_classes
from app.services.watch_roll_rates import watch_roll_rates
from app.ui.item_models.heat_model import HeatModel
from app.ui.screens.monitor.monitor_screen import MonitorScreen
from app.ui.screens.monitor.roll_tab import RollTab


@pytest.fixture
def checker(desk, workbench):
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    return workbench.shell.desk


@pytest.fixture
def page(workbench, drive, checker):
    driver = drive(MonitorScreen(workbench))
    driver.until(lambda: driver.raw("kpi.active_loans") != "")
    return driver


def choose(page, name):
    page.find(f"tab.{name}").click()
    runner = page.host.findChild(MonitorScreen).workbench.runner
    page.until(lambda: not runner.active())


def test_roll_rates_of_an_earlier_month_are_chosen_and_stay(page, checker):
    choose(page, "roll")
    tab = page.host.findChild(RollTab)
    told = watch_roll_rates(MonitorScope(), checker)
    earlier = told.earlier[0]
    picker = page.find("roll_month")
    assert picker.value() == told.month[1]
    picker.set_value(earlier.month[1])
    picker.value_changed.emit(earlier.month[1])

    def shown():
        grid = tab.findChild(HeatModel)
        return [
            grid.cell_at(row, 2).figure for row in range(grid.rowCount()) if grid.cell_at(row, 2)
        ]

    assert all(str(earlier.month[1]) in figure for figure in shown() if figure)
    tab.show_answer(told)
    assert picker.value() == earlier.month[1]
    picker.set_value(told.month[1])
    newer = replace(told, month=earlier.month, rows=earlier.rows, earlier=told.earlier[1:])
    tab.show_answer(newer)  # the newest of before gives way to the newest of now
    assert picker.value() == earlier.month[1]


def test_what_rolled_on_is_told_by_month_and_a_gap_is_no_zero(page, checker):
    choose(page, "roll")
    told = watch_roll_rates(MonitorScope(), checker)
    rows = page.find("chart.rolled_worse").table_rows()
    assert len(rows) == 1 + len(told.months) > 2
    assert rows[0] == ("Month", "Current", "1-30", "31-60", "61-90")
    nothing = replace(told.rows[1], opening_paise=0, loans=0)
    nothing = replace(nothing, cells=tuple(replace(c, share=None) for c in nothing.cells))
    without = replace(told, rows=(told.rows[0], nothing, *told.rows[2:]))
    page.host.findChild(RollTab).show_answer(without)
    assert page.find("chart.rolled_worse").table_rows()[-1][2] == "\u2014"


def test_classes_by_month_end_with_what_the_table_says_now(page, checker):
    choose(page, "class")
    told = watch_classes(MonitorScope(), checker)
    rows = page.find("chart.classes_by_month").table_rows()
    assert rows[0] == ("Month", "SMA", "Sub-standard", "Doubtful", "Loss")
    watched = sum(line.percentage for line in told.classes if "SMA" in str(line.asset_class))
    assert rows[-1][:2] == ("Sep 26", f"{watched:.1f}")


def test_loan_sizes_are_told_in_rupees(page):
    choose(page, "concentration")
    assert page.find("table.loan_distribution").look_at(0, 0).text == "up to \u20b95 L"
