"""The drift tab: what was measured, on how many rows, and its states."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.services.steps.drift_figures import DriftLine
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.sandbox_staff import ANALYST, MAKER, sandbox_actor
from app.services.watch_drift import read_drift, report_of, watch_drift
from app.ui.screens.monitor.drift_tab import DriftTab
from app.ui.screens.monitor.drift_words import (
    check_lines,
    measured_words,
    number_words,
    state_words,
)
from app.ui.widgets.form_scroll import FormScroll
from db.vocabulary.operations import AlertLevel, PsiStatus
from db.vocabulary.people import Role
from tests.ui.screens.lending.conftest import Driver

TABLES = ("table.drift", "table.drift_outcomes", "table.drift_bands", "table.drift_decisions")
LINE = DriftLine("credit_score", "Score", Decimal("0.2"), 500, PsiStatus.WATCH, Decimal("0.05"))


@pytest.fixture
def analyst(desk, workbench):
    workbench.shell.desk = desk.acting(sandbox_actor(ANALYST))
    return workbench.shell.desk


@pytest.fixture
def show(qtbot, workbench):
    shown = []

    def made() -> Driver:
        tab = DriftTab(workbench)
        qtbot.addWidget(tab)
        tab.resize(1334, 500)
        tab.show()
        tab.refresh()
        shown.append(tab)
        return Driver(tab, qtbot)

    yield made
    for tab in shown:
        tab.hide()


@pytest.fixture
def driver(show, analyst):
    driver = show()
    driver.until(lambda: driver.cells("table.drift", 0) != [])
    return driver


def test_every_value_stands_with_its_rows_and_few_are_said_to_be_few(driver, analyst):
    report = watch_drift(MonitorScope(), analyst)
    assert driver.cells("table.drift", 0) == [line.label for line in report.lines]
    assert set(driver.cells("table.drift", 3)) == {str(report.rows)}
    assert set(driver.cells("table.drift", 4)) == {"Too few"}
    assert driver.cells("table.drift", 1)[0] == number_words(report.lines[0].index)
    assert f"{report.rows} applications scored in 12 months" in driver.words()


def test_outcomes_bands_and_decisions_are_those_of_the_report(driver, analyst):
    report = watch_drift(MonitorScope(), analyst)
    assert driver.cells("table.drift_outcomes", 0) == [
        "Mean debt to income", "Accuracy on outcomes", "AUC", "KS", "Brier",
    ]  # fmt: skip
    assert set(driver.cells("table.drift_outcomes", 3)) == {"Too few"}
    loans = [int(cell) for cell in driver.cells("table.drift_bands", 1)]
    assert sum(loans) == report.outcomes.rows
    decided = [int(cell) for cell in driver.cells("table.drift_decisions", 1)]
    assert decided == [line.approved for line in report.decisions]
    method = driver.text("text.drift_method")
    assert "drawn, not of any bank" in method
    assert "months after pay-out" in method
    assert "synthetic loans" in driver.words()


@pytest.mark.parametrize("height", [480, 340])
def test_short_tables_keep_every_row_however_low_the_window_is(driver, height):
    driver.host.resize(1334, height)
    area = driver.host.findChild(FormScroll)
    driver.until(lambda: (area.verticalScrollBar().maximum() > 0) is (height < 400))
    for name in TABLES[1:]:
        table = driver.find(name)
        rows = table.model().rowCount()
        assert table.viewport().height() >= rows * table.rowHeight(0)
        assert table.geometry().bottom() <= table.parentWidget().rect().bottom()


def test_models_keep_their_promises(driver, qtmodeltester):
    for name in TABLES:
        qtmodeltester.check(driver.find(name).model())


def test_a_scope_measures_its_own_applications(show, analyst):
    driver = show()
    driver.until(lambda: driver.cells("table.drift", 0) != [])
    driver.host.set_scope(MonitorScope(product_code="HOME_PURCHASE"))
    driver.host.refresh()
    homes = watch_drift(MonitorScope(product_code="HOME_PURCHASE"), analyst)
    driver.until(lambda: driver.cells("table.drift", 3)[0] == str(homes.rows))


def test_a_book_without_scores_says_what_it_needs(show, workbench, new_desk):
    actor = replace(new_desk.person(), roles=frozenset({Role.RISK_ANALYST}))
    workbench.shell.desk = new_desk.acting(actor)
    driver = show()
    driver.until(lambda: "Drift needs applications that this model has scored." in driver.words())


def test_a_maker_is_told_who_may_look(show, workbench, desk):
    workbench.shell.desk = desk.acting(sandbox_actor(MAKER))
    driver = show()
    assert "Only supervisors, risk analysts and auditors see this" in driver.words()
    assert not workbench.runner.active()


def test_a_book_that_cannot_be_read_offers_to_try_again(show, workbench, analyst):
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(analyst, open_book=broken)
    driver = show()
    driver.until(lambda: driver.offers("Try again"))
    workbench.shell.desk = analyst
    driver.button("Try again").click()
    driver.until(lambda: driver.cells("table.drift", 0) != [])


def test_a_state_that_chance_explains_says_so():
    assert state_words(LINE) == "Watch"
    assert state_words(replace(LINE, chance=Decimal("0.2"))) == "Watch, may be chance"
    assert state_words(replace(LINE, state=PsiStatus.SHIFTED)) == "Shifted"
    assert state_words(replace(LINE, index=None)) == "Nothing to compare"


def test_an_alert_and_a_cut_number_of_rows_are_said(analyst):
    model = analyst.model()
    report = report_of(read_drift(MonitorScope(), analyst), model, analyst.rulebook())
    poor = replace(
        report,
        of_rows=report.rows + 1,
        outcomes=replace(report.outcomes, enough=True, accuracy_level=AlertLevel.WARNING),
    )
    assert check_lines(poor)[1].alarm is True
    assert check_lines(poor)[1].against == "at least 90.00 %"
    assert check_lines(report)[1].alarm is None
    words = f"the newest {report.rows} of {report.rows + 1} applications scored in 12 months"
    assert measured_words(poor) == words
