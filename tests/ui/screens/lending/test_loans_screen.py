from dataclasses import replace

import pytest

from app.services.find_loans import count_loans
from app.ui.screens.loans.loans_screen import LoansScreen
from db.records.lists import LoanFilter
from db.vocabulary.loan_life import AssetClass
from tests.ui.screens.conftest import idle

TABLE = "table.loans"


@pytest.fixture
def total(desk):
    return count_loans(LoanFilter(), desk).total


@pytest.fixture
def page(workbench, drive, total):
    driver = drive(LoansScreen(workbench))
    driver.until(lambda: driver.text("status.count") == f"{total} loans")
    return driver


def test_each_loan_has_class_and_days_late(page, total):
    assert total > 10
    page.until(lambda: "\u2026" not in page.cells(TABLE, 0)[:10])
    assert len(page.cells(TABLE, 0)) == total
    assert page.cells(TABLE, 0)[0].startswith("L-")
    assert all(late.isdigit() for late in page.cells(TABLE, 5)[:10])
    assert set(page.cells(TABLE, 6)[:10]) <= {str(each) for each in AssetClass}


def test_class_and_search_narrow_and_clear(page, total):
    page.find("filter.asset_class").set_value(AssetClass.STANDARD)
    page.until(lambda: set(page.cells(TABLE, 6)) == {"Standard"})
    page.find("search_text").setText("nobody at all")
    page.until(lambda: "No loan matches" in page.words())
    page.find("screen.loans").clear_filters()
    page.until(lambda: page.text("status.count") == f"{total} loans")


def test_no_loans_yet(workbench, drive, new_desk):
    workbench.shell.desk = new_desk
    driver = drive(LoansScreen(workbench))
    driver.until(lambda: "No loans yet" in driver.words())


def test_a_list_that_cannot_be_read_offers_to_try_again(workbench, drive, desk, total):
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    driver = drive(LoansScreen(workbench))
    driver.until(lambda: driver.offers("Try again"))
    workbench.shell.desk = desk
    driver.button("Try again").click()
    driver.until(lambda: driver.text("status.count") == f"{total} loans")


def test_coming_back_finds_the_filter_and_the_place(workbench, drive):
    page = LoansScreen(workbench)
    driven = drive(page)
    table = driven.find("table.loans")
    assert table.model().rowCount() > 5
    table.go_to(5)
    chosen = table.current_row()
    page.busy_leaving()
    page.opened()
    page.refresh()
    driven.until(lambda: idle(page))
    assert table.current_row() == chosen
    driven.find("filter.asset_class").set_value(AssetClass.STANDARD)
    driven.until(lambda: idle(page))
    assert table.currentIndex().row() == 0
    table.go_to(2)
    page.refresh()
    driven.until(lambda: idle(page))
    assert table.currentIndex().row() == 2
    assert driven.find("filter.asset_class").value() is AssetClass.STANDARD
