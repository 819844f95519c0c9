"""S62 by keys and by names: entered, shown while typed, posted once, reversed by two."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from app.services.find_loans import FindLoans, find_loans
from app.services.post_repayment import PostRepayment, ReceiptFacts, post_repayment
from app.services.read_payments import PaymentState, read_payments
from app.services.reverse_repayment import ProposeReversal, propose_reversal
from app.services.steps.ids import new_id
from app.services.steps.sandbox_staff import CHECKER, sandbox_actor
from app.ui.screens.record_payment.payment_screen import PaymentScreen
from db.records.lists import LoanFilter
from db.vocabulary.loan_life import AssetClass, LoanStatus, PaymentMethod
from tests.ui.screens.lending.conftest import Driver

UPI = "431277881200"


@pytest.fixture
def late(desk):
    """A loan with arrears."""
    rows = find_loans(FindLoans(LoanFilter(), 200), desk).page.rows
    return next(r for r in rows if r.overdue_paise and r.asset_class is not AssetClass.STANDARD)


@pytest.fixture
def page(workbench, drive, late) -> Driver:
    driver = drive(PaymentScreen(workbench), loan_id=late.loan_id)
    driver.until(lambda: driver.raw("figure.days_past_due_after") != "")
    return driver


def paid(desk, loan_id):
    return [each for each in read_payments(loan_id, desk).payments if each.reference == UPI]


def act(page: Driver, name: str) -> QAction:
    return next(a for a in page.find("screen.payment").actions() if a.objectName() == name)


def fill(page: Driver, amount: str) -> None:
    page.type("amount", amount)
    page.find("method").set_value(PaymentMethod.UPI)
    page.type("reference", UPI)


def test_what_is_due_is_filled_in_and_worked_out(page, desk, late) -> None:
    seen = read_payments(late.loan_id, desk)
    assert page.find("amount").value() == seen.due_paise == late.overdue_paise
    assert page.raw("figure.days_past_due_after") == "0"
    assert page.raw("figure.advance") == "0.00"
    assert len(page.cells("table.allocation", 0)) == 4
    assert len(page.cells("table.payments", 0)) == len(seen.payments)
    assert QApplication.focusWidget() is page.find("amount")
    for name in ("table.allocation", "table.payments"):
        QAbstractItemModelTester(page.find(name).model())


def test_the_effect_follows_the_typing(page) -> None:
    page.type("amount", "1")
    page.until(lambda: "Clears none of" in page.words() or "1 more" in page.words())
    page.type("amount", "90000000")
    page.until(lambda: "more than everything still to be paid" in page.words())
    page.type("value_date", "01 Oct 2026")
    page.until(lambda: "in the future" in page.words())
    page.find("amount").setText("")
    page.until(lambda: "Enter an amount." in page.words())


def test_it_is_posted_by_keys_and_once(page, desk, late) -> None:
    amount = page.find("amount")
    QTest.keyClicks(amount, "1500")
    for _ in range(2):  # Enter is the next field
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "UPI")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), UPI)
    post = act(page, "action.payment.post")
    post.trigger()
    assert post.text() == "Posting…"
    post.trigger()  # a second press
    page.until(lambda: "The payment is posted." in page.words())
    (line,) = paid(desk, late.loan_id)
    assert (line.amount_paise, line.state) == (150_000, PaymentState.STANDS)
    page.until(lambda: page.find("amount").suggested() != "")
    assert page.find("amount").value() is None  # offered only: another press takes nothing more
    assert page.find("reference").value() == ""
    post.trigger()
    assert "Enter the amount received" in page.words()
    assert len(paid(desk, late.loan_id)) == 1
    act(page, "action.payment.copy_receipt").trigger()
    text = QGuiApplication.clipboard().text()
    assert late.reference in text
    assert "Rs 1,500" in text
    assert str(line.repayment_id) in text


def test_what_is_missing_stands_at_its_field(page, desk, late) -> None:
    page.find("method").set_value(None)
    page.press("action.payment.post")
    assert "Choose how the money came" in page.words()
    page.find("method").set_value(PaymentMethod.UPI)
    page.type("reference", "12")
    page.press("action.payment.post")
    page.until(lambda: "A UPI reference has 12 digits" in page.words())
    assert paid(desk, late.loan_id) == []


def test_much_cash_asks_for_a_name(page) -> None:
    assert not page.find("pan_number").isVisible()
    page.find("method").set_value(PaymentMethod.CASH)
    page.type("amount", "50000.01")
    page.until(page.find("pan_number").isVisible)
    page.press("action.payment.post")
    page.until(lambda: "needs the PAN of the payer" in page.words())
    page.tick("form_60")
    page.press("action.payment.post")
    page.until(lambda: "The payment is posted." in page.words())
    assert not page.find("pan_number").isVisible()


def test_a_repeated_reference_warns(page, desk, late) -> None:
    facts = ReceiptFacts(100, PaymentMethod.UPI, reference=UPI)
    post_repayment(PostRepayment(new_id(desk), late.loan_id, facts), desk)
    fill(page, "2")
    page.until(lambda: "was posted before" in page.words())


def test_a_retry_after_a_failure_posts_once(page, desk, late, workbench) -> None:
    """The answer is lost after the book took the payment: pressing again posts nothing more."""
    fill(page, "1500")
    lost = threading.Event()

    class Losing:
        """A unit of work whose first commit is kept while its answer is lost."""

        def __init__(self, book) -> None:
            self._book = book

        def __enter__(self):
            book = self._book.__enter__()
            commit = book.commit

            def commit_and_lose() -> None:
                commit()
                if not lost.is_set():
                    lost.set()
                    raise OSError

            book.commit = commit_and_lose
            return book

        def __exit__(self, *error: object) -> None:
            self._book.__exit__(*error)

        def for_reading(self):
            return self._book.for_reading()

    workbench.shell.desk = replace(desk, open_book=lambda: Losing(desk.open_book()))
    page.press("action.payment.post")
    page.until(lost.is_set)
    page.until(lambda: act(page, "action.payment.post").text() == "Post payment")
    assert len(paid(desk, late.loan_id)) == 1
    page.press("action.payment.post")
    page.until(lambda: "The payment is posted." in page.words())
    assert len(paid(desk, late.loan_id)) == 1


def test_two_people_undo_a_payment_on_the_page(page, desk, late, workbench, drive) -> None:
    facts = ReceiptFacts(150_000, PaymentMethod.UPI, reference=UPI)
    post_repayment(PostRepayment(new_id(desk), late.loan_id, facts), desk)
    page.find("screen.payment").refresh()
    page.until(lambda: UPI in page.cells("table.payments", 3))
    page.find("table.payments").go_to(0)
    act(page, "action.payment.reverse").trigger()
    reason = page.inside("form.reversal").find("reason")
    page.until(reason.isVisible)
    act(page, "action.payment.reverse").trigger()
    assert "Choose the reason" in page.words()
    reason.set_value("REV-BOUNCE")
    act(page, "action.payment.reverse").trigger()
    page.until(lambda: "You proposed its reversal" in page.words())
    assert not act(page, "action.payment.confirm_reversal").isEnabled()
    page.host.close()
    workbench.shell.desk = desk.acting(sandbox_actor(CHECKER))
    other = drive(PaymentScreen(workbench), loan_id=late.loan_id)
    other.until(lambda: "proposes to reverse it" in other.words())
    act(other, "action.payment.decline_reversal").trigger()
    other.until(lambda: "Write why it stands" in other.words())
    act(other, "action.payment.confirm_reversal").trigger()
    other.until(lambda: "Reversed" in other.cells("table.payments", 9))
    (line,) = paid(desk, late.loan_id)
    assert line.state is PaymentState.REVERSED


def test_the_proposer_takes_it_back(page, desk, late) -> None:
    facts = ReceiptFacts(150_000, PaymentMethod.UPI, reference=UPI)
    done = post_repayment(PostRepayment(new_id(desk), late.loan_id, facts), desk)
    propose_reversal(ProposeReversal(new_id(desk), done.repayment_id, "REV-DUPLICATE"), desk)
    page.find("screen.payment").refresh()
    page.until(lambda: UPI in page.cells("table.payments", 3))
    page.find("table.payments").go_to(0)
    page.until(lambda: "You proposed its reversal" in page.words())
    act(page, "action.payment.withdraw_reversal").trigger()
    page.until(lambda: "You proposed its reversal" not in page.words())
    assert paid(desk, late.loan_id)[0].state is PaymentState.STANDS


def test_a_loan_is_found_by_its_last_digits(workbench, drive, late) -> None:
    driver = drive(PaymentScreen(workbench))
    assert "Choose a loan" in driver.words()
    assert not act(driver, "action.payment.post").isEnabled()
    picker = driver.find("loan_id")
    picker.setFocus()
    QTest.keyClicks(picker, late.reference.removeprefix("L-"))
    driver.until(lambda: picker.completer().model().rowCount() > 0)
    (words,) = picker.completer().model().stringList()
    picker.completer().activated.emit(words)
    picker.completer().popup().hide()
    driver.until(lambda: driver.find("amount").value() == late.overdue_paise)


def test_a_closed_loan_says_why_it_takes_none(workbench, drive, desk) -> None:
    rows = find_loans(FindLoans(LoanFilter(), 200), desk).page.rows
    closed = next(row for row in rows if row.status is LoanStatus.CLOSED)
    driver = drive(PaymentScreen(workbench), loan_id=closed.loan_id)
    driver.until(lambda: "is closed since" in driver.words())
    assert not act(driver, "action.payment.post").isEnabled()


def test_what_cannot_be_read_offers_to_try_again(workbench, drive, desk, late) -> None:
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    driver = drive(PaymentScreen(workbench), loan_id=late.loan_id)
    driver.until(lambda: driver.offers("Try again"))
    workbench.shell.desk = desk
    driver.button("Try again").click()
    driver.until(lambda: driver.raw("figure.days_past_due_after") != "")


def test_a_preview_that_fails_leaves_the_typing(page, workbench, desk) -> None:
    def broken() -> object:
        raise OSError

    workbench.shell.desk = replace(desk, open_book=broken)
    page.type("amount", "77")
    page.until(lambda: page.offers("Try again"))
    assert page.find("amount").value() == 7_700
    workbench.shell.desk = desk
    page.button("Try again").click()
    page.until(lambda: not page.offers("Try again"))


def test_another_loan_leaves_nothing_of_the_one_before(page, late, desk) -> None:
    rows = find_loans(FindLoans(LoanFilter(), 200), desk).page.rows
    other = next(r for r in rows if r.loan_id != late.loan_id and r.overdue_paise)
    fill(page, "1")
    screen = page.find("screen.payment")
    screen.opened(loan_id=other.loan_id)
    assert page.find("amount").value() is None
    assert page.find("reference").value() == ""
    screen.refresh()
    page.until(lambda: page.find("amount").value() == other.overdue_paise)
