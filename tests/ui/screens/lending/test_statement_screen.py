"""S64 on a real book: pages of a period, what does not fit, saving, stopping, failing."""

from dataclasses import replace
from threading import Event

import pytest

from app.rules.dates import date_shown
from app.rules.money import rupees
from app.services.find_loans import FindLoans, find_loans
from app.services.read_statement import (
    MakeStatement,
    StatementFormat,
    StatementWanted,
    read_statement,
)
from app.ui.screens.statement.statement_screen import StatementScreen
from app.ui.tasks.task import Lane, Task
from db.records.lists import LoanFilter
from db.vocabulary.loan_life import Language
from db.vocabulary.people import Role
from tests.ui.screens.conftest import idle


@pytest.fixture
def loan(desk):
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    return max(rows, key=lambda row: row.overdue_paise)


@pytest.fixture
def screen(workbench):
    return StatementScreen(workbench)


@pytest.fixture
def page(screen, drive, loan):
    driver = drive(screen, loan_id=loan.loan_id)
    driver.until(lambda: driver.find("panel.preview").count() > 0)
    return driver


def test_the_last_year_is_offered_with_its_pages_and_sums(page, loan, desk):
    begin, end = (page.find(name).value() for name in ("from_date", "to_date"))
    assert end == desk.clock.today()
    lines = read_statement(StatementWanted(loan.loan_id, begin, end), desk).lines
    assert rupees(lines.closing_paise) in page.words()
    assert page.find("screen.statement").heading.title.endswith(loan.reference)


def test_another_language_and_period_are_other_pages(page, screen, loan, desk):
    page.find("from_date").setText(date_shown(loan.disbursement_date))
    page.until(lambda: not screen._pause.isActive() and idle(screen))
    whole = read_statement(StatementWanted(loan.loan_id), desk).lines
    page.until(lambda: f"\n{len(whole.rows)}" in page.words())
    first = page.find("panel.preview")._pictures
    page.find("language").set_value(Language.HI)
    page.until(lambda: page.find("panel.preview")._pictures is not first)


def test_a_period_that_is_none_is_said_at_its_field(page, screen):
    page.find("to_date").setText("01 Jan 2030")
    page.until(lambda: "may not be later than today" in page.words())
    page.find("to_date").setText("")
    page.until(lambda: "Enter the day" in page.words())


@pytest.mark.parametrize("kind", list(StatementFormat))
def test_a_statement_is_saved(page, screen, loan, tmp_path, kind):
    target = tmp_path / f"account.{kind}"
    screen.save_to(MakeStatement(StatementWanted(loan.loan_id), format=kind), target)
    page.until(lambda: f"Saved as {target.name}" in page.words())
    assert target.stat().st_size > 500


def test_what_cannot_be_written_or_is_not_allowed_is_said(page, screen, loan, tmp_path, desk):
    request = MakeStatement(StatementWanted(loan.loan_id))
    screen.save_to(request, tmp_path / "nowhere" / "account.pdf")
    page.until(lambda: "The folder of the file is not there" in page.words())
    caller = replace(desk.person(), roles=frozenset({Role.ASSISTANT}))
    screen.workbench.shell.desk = desk.acting(caller)
    screen.save_to(request, tmp_path / "account.pdf")
    page.until(lambda: "It can be done by" in page.words())
    assert not (tmp_path / "account.pdf").exists()


def test_saving_can_be_stopped(page, screen, loan, tmp_path):
    held = Event()  # the database lane works on something else meanwhile
    hold = Task("hold", Lane.DATABASE, lambda _control: () if held.wait(20) else None, quiet=True)
    screen.workbench.runner.submit(hold, page.find("panel.preview").show_pictures)
    screen.save_to(MakeStatement(StatementWanted(loan.loan_id)), tmp_path / "account.pdf")
    page.until(lambda: page.offers("Cancel"))
    page.button("Cancel").click()
    held.set()
    page.until(lambda: idle(screen))
    assert not (tmp_path / "account.pdf").exists()
    page.until(lambda: "Stopped. No file was made." in page.words())
    assert not page.offers("Cancel")


def test_pages_that_cannot_be_made_offer_to_try_again(workbench, drive, desk, loan):
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    driver = drive(StatementScreen(workbench), loan_id=loan.loan_id)
    driver.until(lambda: driver.offers("Try again"))
    workbench.shell.desk = desk
    driver.button("Try again").click()
    driver.until(lambda: driver.find("panel.preview").count() > 0)
