from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.read_application import read_application
from app.ui.screens.applications.applications_screen import ApplicationsScreen
from app.ui.tasks.change_notice import Change
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Scope

TABLE = "table.applications"


@pytest.fixture
def page(workbench, drive):
    driver = drive(ApplicationsScreen(workbench))
    driver.until(lambda: driver.text("status.count") == "90 applications")
    return driver


def test_the_list_shows_score_risk_and_next_step(page):
    page.until(lambda: "\u2026" not in page.cells(TABLE, 0)[:20])
    assert len(page.cells(TABLE, 0)) == 90
    assert page.cells(TABLE, 0)[0].startswith("A-")
    assert set(page.cells(TABLE, 8)[:20]) <= {"Low", "Medium", "High"}
    assert all(300 <= int(score) <= 850 for score in page.cells(TABLE, 7)[:20])


def test_filters_and_search_narrow_and_clear(page, pending):
    page.find("filter.status").set_value(ApplicationStatus.PENDING)
    page.until(lambda: page.text("status.count") == f"{len(pending)} applications")
    page.until(lambda: set(page.cells(TABLE, 6)) == {"Pending"})
    page.type("search_text", pending[0].reference)
    page.until(lambda: page.cells(TABLE, 0) == [pending[0].reference])
    page.find("search_text").setText("nobody at all")
    page.until(lambda: "No application matches" in page.words())
    screen = page.find("screen.applications")
    screen.clear_filters()
    page.until(lambda: page.text("status.count") == "90 applications")
    assert page.find("filter.scope").value() == Scope.BRANCH


def test_purpose_narrows(page):
    page.find("filter.purpose").set_value(LoanPurpose.EDUCATION)
    page.until(lambda: set(page.cells(TABLE, 2)) == {"Education"})


def test_enter_opens_and_the_keys_start_and_copy(page, workbench, desk):
    page.until(lambda: page.cells(TABLE, 0)[0].startswith("A-"))
    table = page.find(TABLE)
    row = table.current_row()
    QTest.keyClick(table, Qt.Key.Key_Return)
    page.press("action.application.duplicate")
    page.press("action.application.new")
    assert workbench.shell.visits == [
        ("decision", {"application_id": row.application_id}),
        ("application_form", {"copy_of": row.application_id}),
        ("application_form", {}),
    ]


def test_withdrawing_asks_for_the_reason_and_tells(page, workbench, desk, pending, qtbot):
    page.find("filter.status").set_value(ApplicationStatus.PENDING)
    page.until(lambda: page.text("status.count") == f"{len(pending)} applications")
    page.until(lambda: set(page.cells(TABLE, 6)) == {"Pending"})
    row = page.find(TABLE).current_row()
    page.press("action.application.withdraw")
    strip = page.inside("form.withdraw")
    strip.press("action.application.withdraw")
    assert "Choose why it is withdrawn" in page.words()
    strip.type("reason", "Customer")
    strip.find("reason").set_value("WDR-CUSTOMER")
    with qtbot.waitSignal(workbench.notices.changed, timeout=20_000) as told:
        strip.press("action.application.withdraw")
    assert told.args == [Change("application", (row.application_id,))]
    stored = read_application(row.application_id, desk).application
    assert stored.status is ApplicationStatus.WITHDRAWN
    page.until(lambda: page.text("status.count") == f"{len(pending) - 1} applications")
    assert not strip.root.isVisible()


def test_no_applications_yet(workbench, drive, new_desk):
    workbench.shell.desk = new_desk
    driver = drive(ApplicationsScreen(workbench))
    driver.until(lambda: "No applications yet." in driver.words())


def test_a_list_that_cannot_be_read_offers_to_try_again(workbench, drive, desk):
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    driver = drive(ApplicationsScreen(workbench))
    driver.until(lambda: driver.offers("Try again"))
    workbench.shell.desk = desk
    driver.button("Try again").click()
    driver.until(lambda: driver.text("status.count") == "90 applications")
