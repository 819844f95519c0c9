"""A long list behind a figure is read page by page and ends where the figure says."""

import pytest

from app.services.drill_figure import drill_figure
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.item_models.windowed_model import PAGE_ROWS
from app.ui.screens.monitor.drill_pages import LinesCounted
from app.ui.screens.monitor.monitor_screen import MonitorScreen
from app.ui.screens.monitor.monitor_tab import DrillWish

LONG = "due"


@pytest.fixture
def page(workbench, drive, desk):
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    driver = drive(MonitorScreen(workbench))
    driver.until(lambda: driver.raw("kpi.active_loans") != "")
    driver.host.findChild(MonitorScreen)._open_drill(DrillWish(LONG, "Instalments due"))
    driver.until(lambda: driver.find("table.drill").model().rowCount() > 0)
    driver.until(lambda: not workbench.runner.active())
    return driver


def test_every_line_is_there_in_its_order_and_adds_up(page, workbench):
    whole = drill_figure(LONG, MonitorScope(), workbench.desk)
    model = page.find("table.drill").model()
    assert whole.count > PAGE_ROWS
    assert model.rowCount() == whole.count
    assert f"{whole.count:,} instalments" in page.words()
    rows = []
    for row in range(0, whole.count, PAGE_ROWS):
        page.find("table.drill").go_to(row)
        page.until(lambda row=row: model.row_at(row) is not None)
        rows += [model.row_at(each) for each in range(row, min(row + PAGE_ROWS, whole.count))]
    assert tuple(rows) == whole.rows
    assert sum(row.amount_paise for row in rows) == whole.amount_paise


def test_another_figure_begins_anew(page, workbench):
    page.host.findChild(MonitorScreen)._open_drill(DrillWish("npa", "NPA"))
    page.until(lambda: "loans, ₹" in page.words())
    lines = drill_figure("npa", MonitorScope(), workbench.desk)
    page.until(lambda: not workbench.runner.active())
    assert page.find("table.drill").model().rowCount() == lines.count


def test_a_window_that_closes_lets_go_of_the_lines(page):
    screen = page.host.findChild(MonitorScreen)
    screen._open_drill(DrillWish(LONG, "Instalments due"))
    (reading,) = screen._parts.drill._source._open.values()
    assert reading.waiting
    screen.busy_leaving()
    assert not reading.waiting


def test_keys_of_pages_say_how_many_come_before():
    assert LinesCounted(0).keys == LinesCounted(PAGE_ROWS).keys == ()
    assert LinesCounted(2 * PAGE_ROWS + 1).keys == (str(PAGE_ROWS), str(2 * PAGE_ROWS))
