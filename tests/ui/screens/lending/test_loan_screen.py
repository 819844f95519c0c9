"""S61 on a real book: the account of a late loan, an earlier day, what fails, what is opened."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from app.rules.dates import date_shown
from app.rules.money import rupees_shown, rupees_text
from app.services.find_loans import FindLoans, find_loans
from app.services.read_classification import read_classification
from app.services.read_loan import ReadLoan, read_loan
from app.services.steps.account_borrower import OtherLoan
from app.services.steps.sandbox_staff import ANALYST, sandbox_actor
from app.ui.screens.loan_account.account_words import due_words, entry_words
from app.ui.screens.loan_account.loan_screen import LoanScreen
from app.ui.screens.loan_account.why_words import why_cure, why_reasons
from db.records.lists import LoanFilter
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Role
from tests.file_formats.letter_reading import pages_of

TABLES = ("schedule", "ledger", "charges", "payments", "security", "ltv", "classes", "provision",
          "documents", "timeline", "balance")  # fmt: skip


@pytest.fixture
def late(desk):
    """The account that owes most."""
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    worst = max(rows, key=lambda row: row.overdue_paise)
    return read_loan(ReadLoan(worst.loan_id), desk)


@pytest.fixture
def page(workbench, drive, late):
    driver = drive(LoanScreen(workbench), loan_id=late.loan.loan_id)
    driver.until(lambda: driver.text("figure.outstanding_balance") != "—")
    return driver


def test_head_tabs_and_why_card_say_what_the_service_says(page, late):
    figures = late.figures
    assert page.raw("figure.outstanding_balance") == rupees_text(figures.outstanding_paise)
    assert page.raw("figure.overdue_amount") == rupees_text(figures.overdue_paise)
    assert page.raw("figure.days_past_due") == str(figures.days_late) != "0"
    assert page.raw("figure.asset_class") == late.loan.asset_class
    assert page.raw("figure.next_due_date") == figures.next_due_on.isoformat()
    assert page.raw("figure.provision_required") == rupees_text(late.provision_paise)
    assert page.raw("figure.oldest_unpaid_due") == figures.oldest_unpaid_due.isoformat()
    arrears = figures.overdue_paise + sum(other.row.overdue_paise for other in late.others)
    assert page.raw("figure.cure_amount") == rupees_text(arrears)
    assert page.cells("table.schedule", 6) == [due_words(line) for line in late.schedule]
    assert page.cells("table.ledger", 1) == [entry_words(line) for line in late.ledger]
    assert len(page.cells("table.payments", 0)) == len(late.payments)
    assert len(page.cells("table.classes", 0)) == len(late.classes) > 0
    assert len(page.cells("table.timeline", 0)) == len(late.timeline)


def test_the_why_card_goes_with_schedule_and_class(page):
    for name in ("class", "ledger", "schedule"):
        page.press(f"tab.{name}")
        shown = name != "ledger"
        page.until(lambda shown=shown: page.find("panel.why").isVisible() is shown)


def test_as_on_an_earlier_day_and_back(page, late, desk):
    on = late.figures.oldest_unpaid_due - timedelta(days=1)
    then = read_loan(ReadLoan(late.loan.loan_id, on), desk).figures
    assert then.days_late < late.figures.days_late
    page.find("as_of_date").setText(date_shown(on))
    page.until(lambda: page.raw("figure.days_past_due") == str(then.days_late))
    page.until(lambda: f"as on {date_shown(on)}" in page.words())
    assert page.raw("figure.overdue_amount") == rupees_text(then.overdue_paise)
    assert not page.find("figure.cure_amount").isVisible()
    page.button("Back to today").click()
    page.until(lambda: page.raw("figure.days_past_due") == str(late.figures.days_late))
    assert "as on" not in page.words()


def test_a_day_before_the_loan_is_said_beside_the_account(page, late):
    before = late.loan.disbursement_date - timedelta(days=1)
    page.find("as_of_date").setText(date_shown(before))
    page.until(lambda: "Choose a day from the disbursement" in page.words())
    assert page.raw("figure.days_past_due") == str(late.figures.days_late)


def test_an_account_that_cannot_be_read_offers_to_try_again(workbench, drive, desk, late):
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    driver = drive(LoanScreen(workbench), loan_id=late.loan.loan_id)
    driver.until(lambda: driver.offers("Try again"))
    workbench.shell.desk = desk
    driver.button("Try again").click()
    driver.until(lambda: driver.raw("figure.days_past_due") == str(late.figures.days_late))


def test_who_may_not_read_loans_is_told_who_may(workbench, drive, desk, late):
    nobody = replace(desk.person(), roles=frozenset({Role.ADMIN}))
    workbench.shell.desk = desk.acting(nobody)
    driver = drive(LoanScreen(workbench), loan_id=late.loan.loan_id)
    driver.until(lambda: "It can be done by" in driver.words())
    assert not driver.offers("Try again")


def test_another_loan_starts_on_the_first_tab_and_today(workbench, drive, desk, late):
    page = LoanScreen(workbench)
    driver = drive(page, loan_id=late.loan.loan_id)
    driver.press("tab.ledger")
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    other = next(row for row in rows if not row.overdue_paise and row.outstanding_paise)
    page.opened(loan_id=other.loan_id)
    page.refresh()
    driver.until(lambda: driver.raw("figure.days_past_due") == "0")
    assert driver.find("tab.schedule").isChecked()
    assert not driver.find("figure.cure_amount").isVisible()
    assert page.heading.window_title.endswith(other.reference)


def test_a_change_of_this_loan_is_read_again(workbench, page, late, desk):
    first = page.find("table.schedule").model().rows()
    workbench.notices.tell("loan", late.loan.loan_id)
    page.until(lambda: page.find("table.schedule").model().rows() is not first)


def test_tabs_and_lists_by_keys_alone(page):
    tab = page.find("tab.schedule")
    tab.setFocus()
    QTest.keyClick(tab, Qt.Key.Key_Right)
    assert page.find("tab.ledger").isChecked()
    QTest.keyClick(page.find("tab.ledger"), Qt.Key.Key_End)
    table = page.find("table.ledger")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert table.currentIndex().row() == 0


def test_every_list_is_a_proper_model(page, qtmodeltester):
    for name in TABLES:
        qtmodeltester.check(page.find(f"table.{name}").model())


def test_letters_open_their_page(page, workbench, late):
    table = page.find("table.documents")
    assert table.model().rowCount() == len(late.letters)
    page.find("screen.loan")._open_documents()
    name, arguments = workbench.shell.visits[-1]
    assert (name, arguments["application_id"]) == ("documents", late.loan.application_id)


def test_the_statement_opens_with_its_key(page, workbench, late):
    page.press("action.loan.statement")
    assert workbench.shell.visits[-1] == ("statement", {"loan_id": late.loan.loan_id})


def offered(page, action_id: str) -> bool:
    """Whether the account offers it: the shell hides the button of an action that is not shown."""
    return page.host.findChild(QAction, f"action.{action_id}").isVisible()


def test_a_payment_is_recorded_from_the_account_of_today_alone(page, workbench, late):
    page.until(lambda: offered(page, "loan.record_payment"))
    assert not offered(page, "loan.disburse")  # all of it was paid out
    page.press("action.loan.record_payment")
    assert workbench.shell.visits[-1] == ("payment", {"loan_id": late.loan.loan_id})
    page.find("as_of_date").setText(date_shown(late.loan.disbursement_date))
    page.until(lambda: not offered(page, "loan.record_payment"))


def test_a_closed_account_takes_no_payment(workbench, drive, desk):
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    closed = next(row for row in rows if row.status is LoanStatus.CLOSED)
    driver = drive(LoanScreen(workbench), loan_id=closed.loan_id)
    driver.until(lambda: driver.raw("figure.outstanding_balance") == "0.00")
    for action_id in ("record_payment", "disburse", "quote", "change"):
        assert not offered(driver, f"loan.{action_id}")
    assert offered(driver, "loan.statement")


def test_the_why_card_names_what_pulled_the_loan_and_when_nothing_cures(late, desk):
    why = read_classification(late.loan.loan_id, desk)
    rows = find_loans(FindLoans(LoanFilter(), 2), desk).page.rows
    other = next(row for row in rows if row.loan_id != late.loan.loan_id)
    two = replace(late, others=(OtherLoan(other, 110),))
    pulled = replace(why, pulled_by=other.reference)
    said = why_reasons(two, pulled)[-1].shown
    assert said == f"{other.reference}, 110 days late: NPA for all loans"
    assert why_cure(late, why).raw == rupees_text(why.cure_paise)
    lost = why_cure(late, replace(why, cure_paise=None))
    assert (lost.head, lost.amount) == ("Identified as a loss", "")
    assert why_cure(late, None) is None


def test_where_little_room_is_left_the_why_card_stays_whole_and_the_chart_goes(page):
    why, chart = page.find("panel.why"), page.find("tab.balance_chart")
    page.until(chart.isVisible)
    page.press("action.loan.log_contact")
    page.until(lambda: not chart.isVisible())
    page.until(lambda: why.height() >= why.heightForWidth(why.width()))
    QTest.keyClick(page.find("contact_note"), Qt.Key.Key_Escape)
    page.until(chart.isVisible)


def test_the_schedule_opens_among_what_was_paid_and_what_is_to_come(page, late):
    table = page.find("table.schedule")
    row = table.currentIndex().row()
    assert late.schedule[row].due_on == late.figures.oldest_unpaid_due
    first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
    assert first < row - 2 or first == 0
    assert last > row + 2 or last in {-1, len(late.schedule) - 1}


def test_the_receipt_of_an_earlier_payment_is_saved(page, late, tmp_path):
    page.press("tab.payments")
    table = page.find("table.payments")
    assert table.currentIndex().row() == 0
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    earlier = late.payments[1]
    words = f"of {rupees_shown(earlier.amount_paise)} received on {date_shown(earlier.on)}"
    assert words in page.words()
    saving = page.find("action.loan.print_receipt").parentWidget()
    assert saving.file_name == f"receipt-{late.loan.reference}-{earlier.on.isoformat()}.pdf"
    saving.save_to(tmp_path / "receipt.pdf")
    page.until(lambda: "Saved as receipt.pdf" in page.words())
    told = "".join(pages_of((tmp_path / "receipt.pdf").read_bytes()))
    assert date_shown(earlier.on).replace(" ", "") in told
    assert late.loan.reference in told


def test_who_takes_no_payments_makes_no_receipts(workbench, drive, desk, late):
    workbench.shell.desk = desk.acting(sandbox_actor(ANALYST))
    driver = drive(LoanScreen(workbench), loan_id=late.loan.loan_id)
    driver.until(lambda: driver.cells("table.payments", 0) != [])
    driver.press("tab.payments")
    button = driver.find("action.loan.print_receipt")
    assert not button.isVisible()
    assert not button.isEnabled()
