from dataclasses import replace

import pytest

from app.services.steps.sandbox_staff import CHECKER, MAKER, sandbox_actor
from app.services.watch_portfolio import portfolio_summary
from app.ui.screens.portfolio.portfolio_screen import PortfolioScreen
from app.ui.widgets.figure_words import raw_number
from db.vocabulary.people import Role


@pytest.fixture
def checker(desk, workbench):
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    return workbench.shell.desk


@pytest.fixture
def page(workbench, drive, checker):
    driver = drive(PortfolioScreen(workbench))
    driver.until(lambda: driver.raw("kpi.active_loans") != "")
    return driver


def test_tiles_carry_the_figures_of_the_summary(page, checker):
    summary = portfolio_summary(checker)
    assert page.raw("kpi.active_loans") == str(summary.active_loans)
    assert page.raw("kpi.npa_ratio") == raw_number(summary.npa_ratio)
    assert page.raw("kpi.par30") == raw_number(summary.par30)
    assert page.raw("kpi.approval_rate") == raw_number(summary.approval_rate)
    assert page.find("kpi.npa_ratio").accessibleDescription()


def test_tables_hold_classes_purposes_and_alerts(page, checker):
    assert page.cells("table.classes", 0)[0] == "Standard"
    assert len(page.cells("table.classes", 0)) == 9
    counted = sum(int(loans) for loans in page.cells("table.loan_distribution", 1))
    assert counted == sum(int(loans) for loans in page.cells("table.classes", 1))
    levels = [str(alert.level).capitalize() for alert in portfolio_summary(checker).alerts]
    assert [cell.capitalize() for cell in page.cells("table.alerts", 0)] == levels


def test_the_trend_reads_as_a_table(page):
    rows = page.find("chart.trend").table_rows()
    assert rows[0] == ("Month", "NPA ratio")
    assert len(rows) == 13
    assert rows[-1][0] == "Sep 26"


def test_without_loans_the_page_says_what_it_needs(workbench, drive, new_desk):
    actor = replace(new_desk.person(), roles=frozenset({Role.SUPERVISOR}))
    workbench.shell.desk = new_desk.acting(actor)
    driver = drive(PortfolioScreen(workbench))
    driver.until(lambda: "The portfolio needs disbursed loans." in driver.words())


def test_an_officer_is_told_who_may_look_and_nothing_is_tried_again(workbench, drive, desk):
    workbench.shell.desk = desk.acting(sandbox_actor(MAKER))
    driver = drive(PortfolioScreen(workbench))
    assert "Only supervisors, risk analysts and auditors see this" in driver.words()
    assert not driver.offers("Try again")
    assert workbench.runner.jobs() == ()
    assert driver.raw("kpi.npa_ratio") == ""


def test_a_book_that_cannot_be_read_offers_to_try_again(workbench, drive, checker):
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(checker, open_book=broken)
    driver = drive(PortfolioScreen(workbench))
    driver.until(lambda: driver.offers("Try again"))
    workbench.shell.desk = checker
    driver.button("Try again").click()
    driver.until(lambda: driver.raw("kpi.active_loans") != "")
