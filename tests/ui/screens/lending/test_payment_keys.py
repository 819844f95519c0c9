"""Where the keys stand on S62: what is due by Ctrl+Enter alone, R after a posting, what is more."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.find_loans import FindLoans, find_loans
from app.services.read_payments import read_payments
from app.ui.screens.loan_change.change_screen import LoanChangeScreen
from app.ui.screens.record_payment.payment_screen import PaymentScreen
from db.records.lists import LoanFilter
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.loan_life import Language, PaymentMethod
from tests.file_formats.letter_reading import pages_of
from tests.ui.screens.lending.test_payment_screen import UPI, act, fill, late, page, paid

__all__ = ["late", "page"]


def test_after_a_posting_r_takes_it_back(page, desk, late) -> None:
    fill(page, "1500")
    page.press("action.payment.post")
    page.until(lambda: UPI in page.cells("table.payments", 3))
    focused = QApplication.focusWidget()
    assert focused is page.find("action.payment.print_receipt")
    QTest.keyClick(focused, Qt.Key.Key_R)
    page.until(page.inside("form.reversal").find("reason").isVisible)
    assert page.find("amount").text() == ""


def test_the_due_amount_is_taken_by_ctrl_enter_alone(workbench, drive, desk) -> None:
    rows = find_loans(FindLoans(LoanFilter(), 200), desk).page.rows
    small = next(r for r in rows if 0 < r.overdue_paise < 5_000_000)
    driver = drive(PaymentScreen(workbench), loan_id=small.loan_id)
    driver.until(lambda: QApplication.focusWidget() is driver.find("amount"))
    driver.until(lambda: driver.raw("figure.days_past_due_after") != "")
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, ctrl)
    driver.until(lambda: "The payment is posted." in driver.words())
    newest = read_payments(small.loan_id, desk).payments[0]
    assert (newest.amount_paise, newest.method) == (small.overdue_paise, PaymentMethod.CASH)


def test_what_is_more_than_due_may_go_on_as_a_prepayment(page, desk, late, workbench) -> None:
    choice = page.find("excess_choice")
    assert not choice.isVisible()  # nothing is left over yet
    fill(page, str(late.overdue_paise // 100 + 5_000))
    page.until(choice.isVisible)
    assert act(page, "action.payment.post").text() == "Post payment"
    choice.set_value("prepayment")
    page.until(lambda: act(page, "action.payment.post").text() == "Go on to prepayment")
    page.press("action.payment.post")
    name, arguments = workbench.shell.visits[-1]
    assert (name, arguments["change"]) == ("loan_change", LoanAct.PART_PREPAYMENT)
    assert arguments["values"]["amount"] == late.overdue_paise // 100 * 100 + 500_000
    assert arguments["values"]["payment_reference"] == UPI
    assert paid(desk, late.loan_id) == []  # it is proposed there, by two
    assert page.find("amount").value() is None


def test_the_prepayment_begins_with_what_was_entered(workbench, drive, late) -> None:
    values = {"amount": 500_000, "method": PaymentMethod.UPI, "payment_reference": UPI}
    act_chosen = LoanAct.PART_PREPAYMENT
    begun = {"loan_id": late.loan_id, "change": act_chosen, "values": values}
    driver = drive(LoanChangeScreen(workbench), **begun)
    assert driver.find("change_type").value() is act_chosen
    assert driver.find("amount").value() == 500_000
    assert driver.find("payment_reference").value() == UPI


@pytest.mark.parametrize("language", [Language.EN, Language.HI])
def test_the_receipt_is_saved_as_pdf(page, desk, late, tmp_path, language) -> None:
    fill(page, "1500")
    page.press("action.payment.post")
    page.until(page.find("receipt_language").isVisible)
    page.find("receipt_language").set_value(language)
    card = page.find("action.payment.print_receipt").parentWidget()
    assert card.file_name == f"receipt-{late.reference}-{desk.clock.today().isoformat()}.pdf"
    card.save_to(tmp_path / "receipt.pdf")
    page.until(lambda: "Saved as receipt.pdf" in page.words())
    words = "".join(pages_of((tmp_path / "receipt.pdf").read_bytes()))
    assert late.reference in words
    assert "1,500.00" in words
    card.save_to(tmp_path / "receipt.txt")
    page.until(lambda: "Name a file that ends in .pdf" in page.words())
