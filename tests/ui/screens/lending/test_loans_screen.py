from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.rules.money import rupees
from app.services.find_loans import FindLoans, count_loans, find_loans
from app.services.keep_view import my_views
from app.ui.screens.loans.loans_screen import LoansScreen
from app.ui.widgets.lending_cells import word_of
from db.records.lists import LoanDue, LoanFilter
from db.vocabulary.loan_life import AssetClass, LoanStatus
from db.vocabulary.people import Role, Scope
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
    assert all(late.replace(",", "").isdigit() for late in page.cells(TABLE, 6)[:10])


def test_a_class_is_shown_of_open_loans_alone(page, desk):
    page.until(lambda: "\u2026" not in page.cells(TABLE, 7))
    found = find_loans(FindLoans(LoanFilter(), 500), desk).page
    rows = {row.reference: row for row in found.rows}
    ends = {LoanStatus.CLOSED: "Closed", LoanStatus.WRITTEN_OFF: "Written off"}
    shown = zip(page.cells(TABLE, 0), page.cells(TABLE, 7), strict=True)
    for number, words in shown:
        row = rows[number]
        assert words == ends.get(row.status, word_of("asset_class", row.asset_class))
    assert {row.status for row in rows.values()} > {LoanStatus.CLOSED}


def test_class_and_search_narrow_and_clear(page, total):
    page.find("filter.asset_class").set_value(AssetClass.STANDARD)
    page.until(lambda: set(page.cells(TABLE, 7)) == {"Standard"})
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


def test_the_totals_are_those_of_the_filtered_list(page, desk):
    page.find("filter.due").set_value(LoanDue.OVERDUE)
    totals = count_loans(LoanFilter(due=LoanDue.OVERDUE), desk).totals
    assert totals.loans > 1
    page.until(lambda: page.text("status.count") == f"{totals.loans} loans")
    words = page.words()
    for paise in totals[1:]:
        assert rupees(paise) in words
    assert "day-end 30 Sep 2026" in words
    assert "0" not in page.cells(TABLE, 6)


def test_down_leads_from_the_search_to_what_it_found(page, workbench, desk):
    wanted = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    one = next(row for row in wanted if row.status is LoanStatus.ACTIVE)
    search, table = page.find("search_text"), page.find(TABLE)
    search.setFocus()
    QTest.keyClicks(search, one.reference.removeprefix("L-"))
    page.until(lambda: page.text("status.count") == "1 loan")
    QTest.keyClick(search, Qt.Key.Key_Down)
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_P)
    page.until(lambda: workbench.shell.visits == [("payment", {"loan_id": one.loan_id})])


def test_down_stays_in_a_search_that_found_nothing(page):
    search = page.find("search_text")
    search.setFocus()
    QTest.keyClicks(search, "nobody at all")
    page.until(lambda: "No loan matches" in page.words())
    QTest.keyClick(search, Qt.Key.Key_Down)
    assert search.hasFocus()


def test_a_view_sets_its_filters_and_a_filter_leaves_the_view(page, desk):
    view = page.find("filter.view")
    for name, wanted in (
        ("npa", LoanFilter(npa=True)),
        ("due_this_week", LoanFilter(due=LoanDue.THIS_WEEK)),
        ("mine_overdue", LoanFilter(due=LoanDue.OVERDUE, scope=Scope.MINE)),
    ):
        view.set_value(name)
        count = count_loans(wanted, desk).total
        words = "1 loan" if count == 1 else f"{count} loans"
        page.until(lambda words=words: page.text("status.count") == words)
        assert view.value() == name
    page.find("filter.scope").set_value(None)
    assert view.value() == "overdue"
    page.find("filter.product").set_value("VEHICLE")
    assert view.value() is None


def test_products_and_officers_of_the_book_are_offered(page, workbench):
    page.until(lambda: page.find("filter.officer").count() > 1)
    officer = page.find("filter.officer")
    officer.set_value(workbench.person.user_id)
    page.until(lambda: set(page.cells(TABLE, 10)) == {workbench.person.full_name})


def test_enter_opens_the_account(page, workbench):
    page.find(TABLE).go_to(2)
    page.press("action.loan.open")
    name, arguments = workbench.shell.visits[-1]
    assert name == "loan"
    assert arguments["loan_id"] == page.find(TABLE).current_row().row.loan_id


def test_a_closed_loan_says_why_it_takes_no_payment(page, workbench, desk):
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    place = next(place for place, row in enumerate(rows) if row.status is LoanStatus.CLOSED)
    page.find(TABLE).go_to(place)
    page.until(lambda: page.find(TABLE).current_row().row.status is LoanStatus.CLOSED)
    page.press("action.loan.record_payment")
    page.until(lambda: "no payment can be posted" in page.words())
    assert rows[place].reference in page.words()
    assert workbench.shell.visits == []


def test_a_payment_is_recorded_on_the_current_loan(page, workbench, desk):
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    place = next(place for place, row in enumerate(rows) if row.status is LoanStatus.ACTIVE)
    page.find(TABLE).go_to(place)
    page.press("action.loan.record_payment")
    loan_id = page.find(TABLE).current_row().row.loan_id
    assert workbench.shell.visits[-1] == ("payment", {"loan_id": loan_id})


def test_the_list_is_saved_as_a_file(page, tmp_path, total):
    screen = page.find("screen.loans")
    screen.export_to(tmp_path / "loans.csv")
    page.until(lambda: "Saved as loans.csv" in page.words())
    lines = (tmp_path / "loans.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == total + 1
    screen.export_to(tmp_path / "loans.txt")
    page.until(lambda: "Name a file that ends in .xlsx or .csv" in page.words())


def test_who_may_not_export_is_told(page, tmp_path, workbench, desk):
    caller = replace(desk.person(), roles=frozenset({Role.ASSISTANT}))
    workbench.shell.desk = desk.acting(caller)
    page.find("screen.loans").export_to(tmp_path / "loans.csv")
    page.until(lambda: "It can be done by" in page.words())
    assert not (tmp_path / "loans.csv").exists()


def test_the_model_is_a_proper_one(page, qtmodeltester):
    page.until(lambda: "\u2026" not in page.cells(TABLE, 0)[:10])
    qtmodeltester.check(page.find(TABLE).model())


def keep_view_by_keys(page, title):
    page.find("filter.asset_class").set_value(AssetClass.STANDARD)
    page.until(page.find("action.list.keep_view").isEnabled)
    page.press("action.list.keep_view")
    name = page.find("view_name")
    page.until(name.isVisible)
    QTest.keyClick(name, Qt.Key.Key_Return)
    page.until(lambda: "Enter a name for the view" in page.words())
    QTest.keyClicks(name, title)
    QTest.keyClick(name, Qt.Key.Key_Return)
    page.until(lambda: not name.isVisible())
    page.until(page.find("action.list.forget_view").isEnabled)


def test_a_view_of_ones_own_is_kept_and_chosen(page, desk):
    assert not page.find("action.list.keep_view").isEnabled()  # nothing is narrowed yet
    keep_view_by_keys(page, "Sound loans")
    view = page.find("filter.view")
    assert "Sound loans" in view.currentText()
    page.find("filter.asset_class").set_value(None)
    page.until(lambda: view.value() is None)
    (kept,) = my_views("loans", desk)
    view.set_value(kept.view_id)
    page.until(lambda: page.find("filter.asset_class").value() is AssetClass.STANDARD)
    page.until(lambda: set(page.cells(TABLE, 7)) == {"Standard"})


def test_a_view_of_ones_own_is_there_another_day_until_it_is_forgotten(
    page, desk, workbench, drive
):
    keep_view_by_keys(page, "Sound loans")
    page.host.close()
    (kept,) = my_views("loans", desk)
    again = drive(LoansScreen(workbench))
    view = again.find("filter.view")
    again.until(lambda: view.findText("View: Sound loans") > 0)
    view.set_value(kept.view_id)
    again.until(again.find("action.list.forget_view").isEnabled)
    again.press("action.list.forget_view")
    again.until(lambda: view.findText("View: Sound loans") < 0)
    assert my_views("loans", desk) == ()
