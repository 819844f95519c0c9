"""Payment of the due amount by keys alone: find, last 4 digits, Enter, P, Ctrl+Enter.

Source: screens.md part C. On both engines, through the real window; nothing else is pressed.
"""

from PySide6.QtCore import Qt

from app.services.read_payments import read_payments
from db.vocabulary.loan_life import PaymentMethod
from tests.end_to_end.test_by_keys_alone import CTRL, Keyboard
from tests.end_to_end.test_decision_path import window
from tests.end_to_end.test_first_assessment import apply, register
from tests.end_to_end.test_loan_change_path import lend

__all__ = ["window"]
LAST_DIGITS = 4


def test_the_due_amount_is_paid_with_four_key_presses(window):  # the fixture of that file
    driver, keys = window, Keyboard(window)
    driver.window.activateWindow()
    driver.wait_until(driver.window.isActiveWindow)
    register(driver)
    apply(driver)
    loan = lend(driver, missed=1)
    driver.press("action.app.go_today")
    driver.wait_for_screen("today")
    due = read_payments(loan.loan_id, driver.window.desk).due_paise
    assert due > 0
    before = keys.pressed
    keys.press(Qt.Key.Key_K, CTRL)
    keys.type(loan.reference[-LAST_DIGITS:])
    keys.press(Qt.Key.Key_Return)
    driver.wait_for_screen("loan")
    driver.wait_until(lambda: driver.raw("figure.outstanding_balance") != "")
    keys.press(Qt.Key.Key_P)
    driver.wait_for_screen("payment")
    driver.wait_until(lambda: keys.focus() == "amount" and driver._find("amount").value() == due)
    keys.press(Qt.Key.Key_Return, CTRL)
    assert keys.pressed - before == 4  # beside the four digits
    driver.wait_until(lambda: read_payments(loan.loan_id, driver.window.desk).due_paise == 0)
    newest = read_payments(loan.loan_id, driver.window.desk).payments[0]
    assert (newest.amount_paise, newest.method) == (due, PaymentMethod.CASH)
