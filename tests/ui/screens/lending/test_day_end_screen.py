"""S66 on a real book: look, close, and the files of the day."""

import csv
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.services.steps.day_work import Movement, WaitingAct
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.day_end.day_end_screen import DayEndScreen
from app.ui.screens.day_end.day_end_words import movement_columns, waiting_columns
from app.ui.screens.day_end.day_files import save_journal, save_report
from db.vocabulary.loan_life import AssetClass


@dataclass(frozen=True)
class LaterClock:
    """The sandbox's day and three more."""

    day: date

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        return datetime.combine(self.day, datetime.min.time(), UTC).replace(hour=9)


@pytest.fixture
def page(workbench, drive, desk):
    """The supervisor three days after the last closed one."""
    later = LaterClock(desk.clock.today() + timedelta(days=3))
    workbench.shell.desk = replace(desk, clock=later).acting(sandbox_actor(CHECKER))
    driver = drive(DayEndScreen(workbench))
    driver.until(lambda: "Closed up to" in driver.words())
    return driver


def test_a_day_is_closed_after_a_dry_run_and_once(page):
    run = page.find("action.day_end.run")
    assert not run.isEnabled()
    page.press("action.day_end.preview")
    page.until(lambda: "Dry run of 3 days. Nothing is kept." in page.words())
    moved = [page.cells("table.movements", column) for column in range(3)]
    provision = page.find("figure.provision").property("rawValue")
    assert run.isEnabled()
    page.press("action.day_end.run")
    page.until(lambda: "3 days are closed." in page.words())
    assert [page.cells("table.movements", column) for column in range(3)] == moved
    assert page.find("figure.provision").property("rawValue") == provision
    assert page.find("action.day_end.make_report").isEnabled()
    page.until(lambda: "is closed, and the clock of the sandbox stands still" in page.words())
    page.press("action.day_end.preview")
    page.until(lambda: "has been closed before: nothing changes." in page.words())


def test_a_sandbox_whose_day_is_closed_looks_at_the_days_to_come(workbench, drive, desk):
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    page = drive(DayEndScreen(workbench))
    page.until(lambda: "the clock of the sandbox stands still" in page.words())
    assert page.find("date").value() == desk.clock.today() + timedelta(days=1)
    page.type("date", "10 Oct 2026")
    page.press("action.day_end.preview")
    page.until(lambda: "Dry run of 10 days. Nothing is kept." in page.words())
    assert page.cells("table.movements", 0)  # something to see
    assert not page.find("action.day_end.run").isEnabled()
    with desk.read_book() as book:
        assert book.day_ends.last_closed(desk.person().branch_id) == desk.clock.today()


def test_its_keys_work_where_the_page_begins(page):
    page.find("screen.day_end").first_focus().setFocus()
    focused = QApplication.focusWidget()
    assert not isinstance(focused, QLineEdit)
    QTest.keyClick(focused, Qt.Key.Key_D)
    page.until(lambda: "Dry run of 3 days. Nothing is kept." in page.words())


def test_a_day_that_cannot_be_read_is_said_at_its_field(page):
    page.type("date", "31 Sep 2026")
    assert "31 Sep 2026" in page.words() or "September" in page.words()
    assert not page.find("action.day_end.preview").isEnabled()
    page.type("date", "30 Sep 2026")
    assert page.find("action.day_end.preview").isEnabled()


def test_what_waits_is_said_and_a_file_is_written(page, tmp_path):
    page.until(lambda: "No receipt and no proposal waits." in page.words())
    page.find("dry_run").setChecked(False)
    page.press("action.day_end.run")
    page.until(lambda: "3 days are closed." in page.words())
    screen = page.find("screen.day_end")
    report, journal = tmp_path / "report.csv", tmp_path / "journal.csv"
    assert save_report(screen._done, report, None) == report
    day = screen._done.day
    assert save_journal(day, journal, screen.workbench.desk, None) == journal
    for file in (report, journal):
        with file.open(newline="", encoding="utf-8-sig") as lines:
            assert next(csv.reader(lines))[0] == "business_date"


def test_the_models_behave(qtmodeltester, workbench):
    model = RecordsModel(movement_columns(), workbench.theme)
    model.set_rows((Movement(AssetClass.STANDARD, AssetClass.SMA_0, 3),))
    qtmodeltester.check(model)
    waits: RecordsModel[WaitingAct] = RecordsModel(waiting_columns(), workbench.theme)
    waits.set_rows((WaitingAct("WRITE_OFF", date(2026, 4, 3), None, "L-7"),))
    qtmodeltester.check(waits)
    said = [waits.data(waits.index(0, column)) for column in range(waits.columnCount())]
    assert said[1:] == ["L-7", "03 Apr 2026"]
