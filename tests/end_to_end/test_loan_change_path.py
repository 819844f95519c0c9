"""A part-prepayment from the account to the second person's Ctrl+Enter, by keys, on both engines.

The loan is in the book already; one person prepays it, another finds it on Today and confirms.
"""

from PySide6.QtCore import Qt

from app.rules.day_count import add_months
from app.services.quote_foreclosure import QuoteForeclosure, quote_foreclosure
from app.services.steps.desk import Actor
from db.vocabulary.loan_account import RepaymentKind
from tests.end_to_end.test_by_keys_alone import CTRL, Keyboard
from tests.end_to_end.test_decision_path import stored, switch_to, window
from tests.end_to_end.test_first_assessment import apply, register
from tests.services.running_loans import LoanPlanned, running_loan

__all__ = ["window"]
MONTHS_RUN = 6
LONG_NUMBER = 4_107_731


def lend(driver, missed=0):
    """A loan whose instalments are paid up to the last `missed` ones, of the first user."""
    desk = driver.window.desk
    with desk.read_book() as book:
        user = book.users.by_staff_id("meera")
    branch_id = desk.person().branch_id
    checker = desk.acting(Actor(user.user_id, user.staff_id, user.full_name, branch_id, user.roles))
    begun = add_months(desk.clock.today(), -MONTHS_RUN)
    planned = LoanPlanned(disbursed_on=begun, paid=MONTHS_RUN - missed)
    application_id = stored(driver).application.application_id
    return running_loan(desk, checker, application_id, planned, LONG_NUMBER)


def propose_by_keys(driver, keys):
    driver.press("action.app.go_loans")
    keys.arrives("loans", "table.loans")
    driver.wait_until(lambda: driver.rows("table.loans") == 1)
    keys.press(Qt.Key.Key_Return)
    driver.wait_for_screen("loan")
    driver.wait_until(lambda: driver.raw("figure.outstanding_balance") != "")
    keys.press(Qt.Key.Key_C)
    keys.arrives("loan_change", "change_type")
    driver.wait_until(lambda: driver.raw("figure.payable_total") != "")
    keys.type("part")
    keys.go("amount", Qt.Key.Key_Tab)
    keys.type("2L")
    keys.press(Qt.Key.Key_Tab)
    driver.wait_until(lambda: driver.raw("figure.interest_saved_tenure") != "")
    keys.press(Qt.Key.Key_Return, CTRL)


def confirm_by_keys(driver, keys):
    driver.wait_until(lambda: driver.rows("table.to_do") >= 1)
    keys.arrives("today", "table.to_do")
    keys.press(Qt.Key.Key_Return)
    keys.arrives("loan_acts", "table.loan_acts")
    driver.wait_until(lambda: driver._find("action.loan_act.confirm").isEnabled())
    keys.press(Qt.Key.Key_Return, CTRL)


def test_a_prepayment_takes_two_people_and_the_account_follows(window):  # the fixture of that file
    driver, keys = window, Keyboard(window)
    register(driver)
    apply(driver)
    loan = lend(driver)
    propose_by_keys(driver, keys)
    desk = driver.window.desk

    def kinds() -> list[RepaymentKind]:
        with desk.read_book() as book:
            rows = book.loans.repayments(loan.branch_id, loan.loan_id)
        return [row.kind for row in rows]

    def waits() -> bool:
        with desk.read_book() as book:
            return len(book.acts.waiting(loan.branch_id)) == 1

    driver.wait_until(waits)
    assert RepaymentKind.PREPAYMENT not in kinds()  # nothing moves on one person's word
    switch_to(driver, "meera")
    confirm_by_keys(driver, keys)
    driver.wait_until(lambda: RepaymentKind.PREPAYMENT in kinds())
    owed = quote_foreclosure(QuoteForeclosure(loan.loan_id, desk.clock.today()), desk).quote
    assert owed.principal_paise == loan.outstanding_paise - 20_000_000
