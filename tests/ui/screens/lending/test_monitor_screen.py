"""The monitor's window on a sandbox: figures, drills, keys, wall, refresh (S80)."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.services.drill_figure import drill_figure
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.sandbox_staff import CHECKER, MAKER, sandbox_actor
from app.services.watch_classes import watch_classes
from app.services.watch_tiles import monitor_tiles
from app.ui.item_models.heat_model import HeatModel
from app.ui.item_models.records_model import RecordsModel
from app.ui.item_models.windowed_model import WindowedModel
from app.ui.screens.monitor.monitor_screen import MonitorScreen
from app.ui.screens.monitor.roll_tab import RollTab
from app.ui.screens.monitor.tile_figures import raw_value, tile_figures
from db.vocabulary.people import Role
from tests.services.made_report import rolls

TABS = (
    "overview", "class", "cohorts", "roll", "concentration", "security", "repayment", "stress",
    "drift",
    "alerts",
)  # fmt: skip
OF_TABS = {
    "overview": "chart.trend chart.default_trend chart.approval_trend chart.disbursement_trend",
    "class": "table.classes chart.classes_by_month",
    "cohorts": "cohort_measure table.cohorts chart.cohorts",
    "roll": "table.roll_rates chart.roll_rates chart.rolled_worse",
    "concentration": "concentration_by table.concentration table.loan_distribution",
    "security": "table.collateral table.ltv_bands",
    "repayment": "table.repayment chart.repayment_calendar",
    "stress": "table.stress chart.stress scenario",
    "drift": "table.drift",
    "alerts": "table.alerts alert_note snooze_until",
}


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


def drilled(page):
    page.until(lambda: page.find("table.drill").isVisible())
    model = page.find("table.drill").model()
    page.until(lambda: model.rowCount() > 0)
    return [model.row_at(row) for row in range(model.rowCount())]


def test_tiles_carry_the_figures_of_the_service(page, checker):
    answer = monitor_tiles(MonitorScope(), checker)
    assert len(answer.tiles) == 13
    for tile in answer.tiles:
        assert page.raw(f"kpi.{tile.name}") == raw_value(tile.value, tile.unit)
        definition = page.find(f"kpi.{tile.name}").accessibleDescription()
        assert tile.definition in definition
        assert tile.numerator.label in definition
        assert tile.denominator is None or tile.denominator.label in definition


def test_a_share_of_nothing_says_what_there_was_to_divide_by(checker):
    answer = monitor_tiles(MonitorScope(), checker)
    tile = answer.tile("approval_rate")
    nobody = replace(tile, value=None, change=None, denominator=replace(tile.denominator, value=0))
    figure = tile_figures(replace(answer, tiles=(nobody,)), {})["approval_rate"]
    assert (figure.shown, figure.change) == ("", "Decided 0")
    unknown = replace(nobody, denominator=replace(tile.denominator, value=None))
    figure = tile_figures(replace(answer, tiles=(unknown,)), {})["approval_rate"]
    assert (figure.shown, figure.change) == ("", "")


@pytest.mark.parametrize("name", ["npa_ratio", "par30", "active_loans", "default_rate"])
def test_enter_on_a_tile_lists_exactly_its_loans(page, checker, name):
    tile = monitor_tiles(MonitorScope(), checker).tile(name)
    page.find(f"kpi.{name}").setFocus()
    QTest.keyClick(page.find(f"kpi.{name}"), Qt.Key.Key_Return)
    rows = drilled(page)
    lines = drill_figure(tile.figure, MonitorScope(), checker)
    assert {row.loan_id for row in rows} == {row.loan_id for row in lines.rows}
    counted = len(rows) if tile.numerator.unit == "count" else sum(r.amount_paise for r in rows)
    assert counted == tile.numerator.value
    assert f"{len(rows):,} loans" in page.words()


def test_a_listed_loan_opens_its_account_and_escape_goes_back(page, workbench):
    tile = page.find("kpi.npa_ratio")
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Return)
    first = drilled(page)[0]
    table = page.find("table.drill")
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert workbench.shell.visits[-1] == ("loan", {"loan_id": first.loan_id})
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert page.find("kpi.npa_ratio").isVisible()
    assert not page.find("table.drill").isVisible()


def test_the_value_of_a_tile_is_copied_as_scripts_read_it(page):
    tile = page.find("kpi.npa_ratio")
    tile.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(tile, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text() == page.raw("kpi.npa_ratio")


def test_the_definition_of_the_tile_with_the_keys_is_said_at_the_foot(page):
    tile = page.find("kpi.par30")
    tile.setFocus()
    assert page.text("status.said") == tile.accessibleDescription()
    QTest.keyClick(tile, Qt.Key.Key_Right)
    assert page.text("status.said") == page.find("kpi.par60").accessibleDescription()


def test_every_tab_shows_what_part_f_names(page):
    for tab, names in OF_TABS.items():
        choose(page, tab)
        for name in names.split():
            found = page.host.findChildren(QWidget, name)
            assert len(found) == 1, name
            assert found[0].accessibleName(), name


def test_every_model_of_every_tab_is_sound(page, qtmodeltester):
    for tab in TABS:
        choose(page, tab)
    screen = page.host.findChild(MonitorScreen)
    kinds = (RecordsModel, HeatModel, WindowedModel)
    models = [model for kind in kinds for model in screen.findChildren(kind)]
    assert len(models) >= 9
    for model in models:
        qtmodeltester.check(model, force_py=False)


def test_classes_add_up_to_the_book_and_list_their_loans(page, checker):
    choose(page, "class")
    rows = page.find("table.classes").model().rows()
    assert len(rows) == 10
    assert rows[-1].loans == sum(row.loans for row in rows[:-1])
    assert {"Sub-standard", "Doubtful 1"} <= {row.words for row in rows}
    answer = watch_classes(MonitorScope(), checker)
    assert [row.loans for row in rows[:-1]] == [each.loans for each in answer.classes]
    table = page.find("table.classes")
    worst = max(range(9), key=lambda place: rows[place].loans)
    table.go_to(worst)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    listed = drilled(page)
    assert len(listed) == rows[worst].loans
    assert sum(row.amount_paise for row in listed) == rows[worst].amount_paise


def test_away_from_overview_the_tiles_are_one_strip(page):
    high = page.find("kpi.npa_ratio").height()
    choose(page, "class")
    assert page.find("kpi.npa_ratio").height() < high
    assert page.raw("kpi.npa_ratio") != ""
    choose(page, "overview")
    assert page.find("kpi.npa_ratio").height() == high


def test_a_chart_turns_into_its_table_and_back(page):
    chart = page.find("chart.default_trend")
    page.button("Table").click()
    page.until(lambda: page.host.findChildren(QWidget, "twin.chart.trend") != [])
    twin = page.find("twin.chart.trend")
    assert twin.isVisible()
    assert twin.model().rowCount() in {12, 13}
    page.button("Chart").click()
    assert not twin.isVisible()
    assert chart.isVisible()


def test_a_product_narrows_every_figure(page, checker):
    before = int(page.raw("kpi.active_loans"))
    picker = page.find("filter.product")
    picker.setCurrentIndex(1)
    page.until(lambda: int(page.raw("kpi.active_loans") or before) != before)
    scope = MonitorScope(product_code=picker.value())
    tile = monitor_tiles(scope, checker).tile("active_loans")
    assert page.raw("kpi.active_loans") == str(tile.value)


def test_on_a_wall_nobody_is_named(page):
    choose(page, "concentration")
    by = page.find("concentration_by")
    assert any("Officer" in by.itemText(place) for place in range(by.count()))
    screen = page.host.findChild(MonitorScreen)
    QTest.keyClick(screen, Qt.Key.Key_F11)
    assert screen.window().isFullScreen()
    offered = {by.itemText(place) for place in range(by.count())}
    assert not offered & {"Officer", "Employer"}
    assert not page.find("filter.officer").isVisible()
    words = page.words()
    for staff in (CHECKER, MAKER):
        assert sandbox_actor(staff).full_name not in words
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert not screen.window().isFullScreen()
    assert page.find("filter.officer").isVisible()


def test_without_loans_it_says_what_it_needs(workbench, drive, new_desk):
    actor = replace(new_desk.person(), roles=frozenset({Role.SUPERVISOR}))
    workbench.shell.desk = new_desk.acting(actor)
    driver = drive(MonitorScreen(workbench))
    driver.until(lambda: "No loan has been disbursed yet" in driver.words())
    assert driver.raw("kpi.npa_ratio") == ""
    assert driver.offers("Open applications")


def test_an_officer_is_told_who_may_look_and_nothing_is_tried_again(workbench, drive, desk):
    workbench.shell.desk = desk.acting(sandbox_actor(MAKER))
    driver = drive(MonitorScreen(workbench))
    assert "Only supervisors, risk analysts and auditors see this" in driver.words()
    assert not driver.offers("Try again")
    assert workbench.runner.jobs() == ()


def test_the_list_of_names_is_part_of_part_f():
    names = json.loads(Path(__file__).with_name("object_names.json").read_text(encoding="utf-8"))
    assert {f"tab.{tab}" for tab in TABS} <= set(names["screen.monitor"]["names"].split())


def test_the_rolls_name_the_two_month_ends_they_compare(page):
    choose(page, "roll")
    page.host.findChild(RollTab).show_answer(rolls())  # of a day a month after them
    assert "each bucket owed on 31 Jul 2026, by where it stood on 31 Aug 2026" in page.words()


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_export_writes_every_tab_and_says_so(page, tmp_path, ending):
    screen = page.host.findChild(MonitorScreen)
    target = tmp_path / f"book.{ending}"
    screen.export.save(target, MonitorScope())
    page.until(lambda: f"Saved as book.{ending}" in page.words())
    assert target.read_bytes()[:2] in {b"%P", b"PK"}
    page.button("Close").click()
    page.until(lambda: "Saved as" not in page.words())


def test_an_export_that_cannot_be_written_says_why(page, tmp_path):
    screen = page.host.findChild(MonitorScreen)
    screen.export.save(tmp_path / "book.doc", MonitorScope())
    page.until(lambda: "Name a file that ends in .pdf or .xlsx." in page.words())
    screen.export.save(tmp_path / "nowhere" / "book.pdf", MonitorScope())
    page.until(lambda: "The folder of the file is not there" in page.words())


def test_a_high_tab_does_not_keep_the_window_high(page):
    choose(page, "stress")
    tabs = page.host.findChild(MonitorScreen)._parts.tabs
    high = tabs.minimumSizeHint().height()
    choose(page, "overview")
    assert tabs.minimumSizeHint().height() < high


def test_where_nothing_fits_the_filters_can_be_cleared(page):
    picker = page.find("filter.product")
    for place in range(1, picker.count()):
        picker.setCurrentIndex(place)
        page.until(lambda: page.text("status.data_time") != "reading…")
        if "No loan fits" in page.words():
            break
    page.until(lambda: page.offers("Clear filters"))
    page.button("Clear filters").click()
    page.until(lambda: page.find("kpi.npa_ratio").isVisible())
    assert picker.value() is None


def test_the_window_is_no_wider_than_the_smallest_screen(page):
    screen = page.host.findChild(MonitorScreen)
    for tab in TABS:
        choose(page, tab)
        assert screen.minimumSizeHint().width() <= 1_366, tab
