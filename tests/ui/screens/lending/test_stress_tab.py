"""The stress tab: presets and own shocks, a run in a real child, three compared, stop and failure.

Nothing here computes in the window's process: the child does, as on a desk.
"""

from dataclasses import replace

import pytest

from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.sandbox_staff import ANALYST, MAKER, sandbox_actor
from app.ui.screens.monitor.stress_tab import StressTab
from tests.ui.screens.lending.conftest import Driver

ALL = ["RATE_UP", "INCOME_DOWN", "UNEMPLOYMENT_UP", "PROPERTY_DOWN", "COMBINED"]


@pytest.fixture
def analyst(desk, workbench):
    workbench.shell.desk = desk.acting(sandbox_actor(ANALYST))
    return workbench.shell.desk


@pytest.fixture
def tab(qtbot, workbench, analyst):
    made = StressTab(workbench)
    qtbot.addWidget(made)
    made.resize(1334, 560)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: made.form.scenario.value() is not None)
    yield made
    made.hide()


@pytest.fixture
def driver(tab, qtbot):
    return Driver(tab, qtbot)


def run(tab, driver, scenario):
    tab.form.scenario.set_value(scenario)
    driver.press("action.monitor.run_stress")
    driver.until(lambda: [each.name for each in tab.runs][-1:] == [scenario])
    driver.until(lambda: not driver.find("action.monitor.stop_stress").isEnabled())


def test_the_first_visit_offers_the_combined_preset(tab, driver):
    assert tab.form.scenario.value() == "COMBINED"
    fields = ("rate_shock_bp", "income_shock_percent", "unemployment_points",
              "collateral_haircut_percent", "random_state")  # fmt: skip
    assert [driver.inside("form.stress").text(name) for name in fields] == [
        "200",
        "-15.00",
        "5.00",
        "20.00",
        "42",
    ]
    assert "Choose a scenario and run it." in driver.words()
    assert "Scenario, not forecast" in driver.words()


def test_a_changed_field_or_slider_makes_the_shocks_ones_own(tab, driver):
    driver.inside("form.stress").type("unemployment_points", "7.5")
    assert tab.form.scenario.value() == "typed"
    tab.form.scenario.set_value("RATE_UP")
    assert driver.inside("form.stress").text("unemployment_points") == "0.00"
    driver.inside("form.stress").find("slider.income_shock_percent").setValue(12)
    assert (
        driver.inside("form.stress").text("income_shock_percent"),
        tab.form.scenario.value(),
    ) == ("-12.00", "typed")
    assert tab.form.request().shocks.rate_shock_ppm == 20_000
    assert tab.form.request().shocks.income_shock_ppm == -120_000


def test_a_run_is_computed_in_a_child_and_shown(tab, driver, workbench):
    run(tab, driver, "COMBINED")
    found = tab.runs[0]
    assert found.loans > 20
    figures = driver.cells("table.stress", 0)
    assert figures[2] == "Expected loss, shadow"
    assert driver.cells("table.stress", 2)[0] == "All together, 42"
    loans = sum(int(cell) for cell in driver.cells("table.stress_segments", 1))
    assert loans == found.loans
    chart = driver.find("chart.stress").table_rows()
    assert [row[0] for row in chart[1:]] == driver.cells("table.stress_segments", 0)
    assert "Shadow ECL, not the regulatory provision." in driver.text("text.stress_method")
    assert "random state 42" in driver.text("text.stress_method")
    titles = [job.title for job in workbench.runner.jobs()]
    assert "Computing the scenario" in titles
    assert not (workbench.desk.data_dir / "jobs" / "stress").exists()
    driver.find("stress_by").set_value("state")
    assert sum(int(cell) for cell in driver.cells("table.stress_segments", 1)) == found.loans


def test_up_to_three_runs_stand_beside_each_other(tab, driver):
    for name in ALL[:4]:
        run(tab, driver, name)
        driver.until(lambda name=name: tab.runs[-1].name == name)
    assert [each.name for each in tab.runs] == ALL[1:4]
    assert driver.cells("table.stress", 2)[0].startswith("Incomes down")
    assert driver.cells("table.stress", 4)[0].startswith("Security down")
    tab.set_scope(MonitorScope(product_code="HOME_PURCHASE"))
    assert tab.runs == ()
    assert "Choose a scenario and run it." in driver.words()


def test_a_field_that_does_not_fit_says_so_and_nothing_runs(tab, driver):
    driver.inside("form.stress").type("rate_shock_bp", "much")
    driver.press("action.monitor.run_stress")
    assert "“much” is not one" in driver.words()
    driver.inside("form.stress").type("rate_shock_bp", "200")
    driver.inside("form.stress").type("income_shock_percent", "15")
    driver.press("action.monitor.run_stress")
    driver.until(lambda: "a fall: -99 to 0" in driver.words())
    assert tab.runs == ()
    assert driver.find("action.monitor.run_stress").isEnabled()


def test_a_run_can_be_stopped_and_started_again(tab, driver, workbench):
    driver.press("action.monitor.run_stress")
    driver.press("action.monitor.stop_stress")
    assert "Stopped. Nothing was kept." in driver.words()
    driver.until(lambda: not workbench.runner.active())
    assert tab.runs == ()
    driver.button("Read again").click()
    driver.until(lambda: len(tab.runs) == 1)


def test_a_book_that_cannot_be_read_offers_to_try_again(tab, driver, workbench, analyst):
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(analyst, open_book=broken)
    driver.press("action.monitor.run_stress")
    driver.until(lambda: driver.offers("Try again"))
    workbench.shell.desk = analyst
    driver.button("Try again").click()
    driver.until(lambda: len(tab.runs) == 1)


def test_without_loans_it_says_so(tab, driver):
    tab.set_scope(MonitorScope(product_code="NO_SUCH"))
    driver.press("action.monitor.run_stress")
    driver.until(lambda: "No loan here has money owed on it" in driver.words())


def test_a_maker_is_told_who_may_look(qtbot, workbench, desk):
    workbench.shell.desk = desk.acting(sandbox_actor(MAKER))
    tab = StressTab(workbench)
    qtbot.addWidget(tab)
    tab.show()
    tab.refresh()
    assert "Only supervisors, risk analysts and auditors see this" in Driver(tab, qtbot).words()
    assert not workbench.runner.active()
    tab.hide()


def test_its_models_keep_their_promises(tab, driver, qtmodeltester):
    run(tab, driver, "COMBINED")
    for name in ("table.stress", "table.stress_segments"):
        qtmodeltester.check(driver.find(name).model())
