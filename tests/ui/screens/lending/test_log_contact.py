"""Log contact on S61 and S21: the form of the follow-up in a strip, about the loan chosen."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.find_loans import FindLoans, find_loans
from app.services.read_follow_up import read_follow_up
from app.services.steps.sandbox_staff import ANALYST, sandbox_actor
from app.ui.screens.customer.customer_screen import CustomerScreen
from app.ui.screens.loan_account.loan_screen import LoanScreen
from app.ui.tasks.task import Lane, Task
from db.records.lists import LoanFilter
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.operations import CallOutcome, ContactChannel

SAVE = "action.contact.save"


@pytest.fixture
def running(desk):
    """Running loans by customer, each customer's latest first."""
    found = find_loans(FindLoans(LoanFilter(), 500), desk)
    by_customer = defaultdict(list)
    for row in found.page.rows:
        if row.status in (LoanStatus.ACTIVE, LoanStatus.DEFAULTED):
            by_customer[row.customer_id].append(row)
    for rows in by_customer.values():
        rows.sort(key=lambda row: found.days_past_due[row.loan_id], reverse=True)
    return by_customer


@pytest.fixture
def loan(running, desk):
    """One running loan whose borrower nobody has called today."""
    rows = (row for rows in running.values() for row in rows)
    return next(row for row in rows if not read_follow_up(row.loan_id, desk).log)


@pytest.fixture
def account(workbench, drive, loan):
    driver = drive(LoanScreen(workbench), loan_id=loan.loan_id)
    driver.until(lambda: driver.text("figure.outstanding_balance") != "—")
    driver.press("action.loan.log_contact")
    driver.until(lambda: driver.find(SAVE).isEnabled())
    return driver


def logged(desk, loan_id) -> list:
    return [each.contact for each in read_follow_up(loan_id, desk).log]


def test_a_call_is_written_down_and_stands_on_the_timeline(account, desk, loan) -> None:
    account.type("outcome", "In diff")
    account.type("contact_note", "lost the job")
    account.press(SAVE)
    account.until(lambda: "is written down." in account.words())
    (entry,) = logged(desk, loan.loan_id)
    assert (entry.channel, entry.outcome) == (ContactChannel.CALL, CallOutcome.HARDSHIP)
    assert entry.note == "lost the job"
    account.until(lambda: account.cells("table.timeline", 1)[0] == "Call")
    assert account.cells("table.timeline", 3)[0] == "In difficulty"
    assert not account.find("outcome").isVisible()


def test_a_promise_is_asked_for_at_its_fields_and_kept(account, desk, loan) -> None:
    account.type("outcome", "Promise")
    account.press(SAVE)
    account.until(lambda: "Enter the day of the promise" in account.words())
    account.type("promise_amount", "5000")
    account.type("promise_date", "+5")
    account.press(SAVE)
    account.until(lambda: "is written down." in account.words())
    (entry,) = read_follow_up(loan.loan_id, desk).log
    assert entry.promise.amount_paise == 500_000
    assert entry.promise.due_on == desk.clock.today() + timedelta(days=5)


def test_another_way_of_contact_asks_for_its_own_and_keeps_the_note(account, desk, loan) -> None:
    account.type("contact_note", "as agreed")
    account.press("contact_kind.2")
    assert not account.find("outcome").isVisible()
    assert f"on your loan {loan.reference}" in account.words()
    account.press(SAVE)
    account.until(lambda: "is written down." in account.words())
    (entry,) = logged(desk, loan.loan_id)
    assert (entry.channel, entry.note) == (ContactChannel.MESSAGE, "as agreed")


def test_escape_writes_nothing_and_gives_the_keys_back_to_the_tab_shown(
    account, desk, loan
) -> None:
    account.press("tab.payments")
    account.find("outcome").setFocus()
    account.until(lambda: QApplication.focusWidget() is account.find("outcome"))
    QTest.keyClick(account.find("outcome"), Qt.Key.Key_Escape)
    assert not account.find("outcome").isVisible()
    account.until(lambda: QApplication.focusWidget() is account.find("tab.payments"))
    assert logged(desk, loan.loan_id) == []


@pytest.fixture
def book_is_busy(workbench) -> Iterator[threading.Event]:
    """Acts wait until it is set."""
    free = threading.Event()
    task = Task("Something long", Lane.DATABASE, lambda _control: free.wait(20))
    workbench.runner.submit(task, None)
    yield free
    free.set()


def test_an_entry_that_was_left_while_it_was_written_is_told_and_shown(
    account, book_is_busy
) -> None:
    account.type("outcome", "In diff")
    account.press(SAVE)
    QTest.keyClick(account.find("contact_note"), Qt.Key.Key_Escape)
    assert not account.find("outcome").isVisible()
    book_is_busy.set()
    account.until(lambda: "is written down." in account.words())
    account.until(lambda: account.cells("table.timeline", 1)[0] == "Call")


def test_an_entry_that_was_left_and_then_refused_says_why(account, book_is_busy) -> None:
    account.type("outcome", "Promise")
    account.type("promise_amount", "5000")
    account.press(SAVE)
    QTest.keyClick(account.find("contact_note"), Qt.Key.Key_Escape)
    book_is_busy.set()
    account.until(lambda: "Enter the day of the promise" in account.words())


def test_what_is_typed_stays_when_the_key_is_pressed_again(account, workbench) -> None:
    account.type("contact_note", "half a word")
    account.press("action.loan.log_contact")
    account.until(lambda: not workbench.runner.active())
    assert account.find("contact_note").value() == "half a word"


def test_a_loan_that_is_over_or_a_person_who_does_not_call_is_not_offered_it(
    workbench, drive, desk, loan
) -> None:
    rows = find_loans(FindLoans(LoanFilter(), 500), desk).page.rows
    closed = next(row for row in rows if row.status is LoanStatus.CLOSED)
    driver = drive(LoanScreen(workbench), loan_id=closed.loan_id)
    driver.until(lambda: driver.raw("figure.outstanding_balance") == "0.00")
    assert not driver.host.findChild(QAction, "action.loan.log_contact").isVisible()
    workbench.shell.desk = desk.acting(sandbox_actor(ANALYST))
    other = drive(LoanScreen(workbench), loan_id=loan.loan_id)
    other.until(lambda: other.text("figure.outstanding_balance") != "—")
    assert not other.host.findChild(QAction, "action.loan.log_contact").isVisible()


def test_a_customer_with_two_loans_is_asked_which_the_latest_first(
    workbench, drive, desk, running
) -> None:
    rows = next(each for each in running.values() if is_later(each, desk))
    customer_id = rows[0].customer_id
    driver = drive(CustomerScreen(workbench), customer_id=customer_id)
    driver.press("action.customer.log_contact")
    driver.until(lambda: driver.find("contact_loan").isVisible())
    driver.until(lambda: driver.find(SAVE).isEnabled())
    offered = driver.find("contact_loan")
    assert offered.value() == rows[0].loan_id
    before = logged(desk, rows[0].loan_id)
    offered.set_value(rows[1].loan_id)
    driver.until(lambda: driver.find(SAVE).isEnabled())
    driver.press("contact_kind.1")
    driver.type("outcome", "Visited")
    driver.press(SAVE)
    driver.until(lambda: "is written down." in driver.words())
    assert ContactChannel.VISIT in [each.channel for each in logged(desk, rows[1].loan_id)]
    assert before == logged(desk, rows[0].loan_id)


def is_later(rows, desk) -> bool:
    """Whether the latest of some loans is one, and not the first by number."""
    late = [row.oldest_unpaid_due or desk.clock.today() for row in rows]
    first = min(rows, key=lambda row: row.reference)
    return len(set(late)) > 1 and rows[0] is not first


def test_a_customer_without_a_running_loan_is_told(workbench, drive, asha) -> None:
    driver = drive(CustomerScreen(workbench), customer_id=asha.customer_id)
    driver.press("action.customer.log_contact")
    driver.until(lambda: "No loan is running" in driver.words())
    assert not driver.find("outcome").isVisible()
