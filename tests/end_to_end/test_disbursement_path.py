"""From an approval to money out by two people, through the real window on both engines.

The statement is accepted, the payment proposed and confirmed by another person from Today; the loan
stands in the list with the schedule of its statement.
"""

import pytest
from PySide6.QtCore import Qt

from app.services.find_loans import FindLoans, find_loans
from app.services.read_disbursement import read_disbursement
from app.services.read_schedule import read_schedule
from db.records.lists import LoanFilter
from db.vocabulary.loan_life import ApplicationStatus
from tests.end_to_end.test_by_keys_alone import Keyboard
from tests.end_to_end.test_decision_path import (
    approve_tighter,
    find_application,
    make_statement,
    open_queue,
    propose,
    set_value,
    stored,
    switch_to,
    wait_for_status,
    window,
)
from tests.end_to_end.test_first_assessment import apply, register

__all__ = ["window"]
PAYMENT = {
    "beneficiary_account": "5010 0012 345678",
    "ifsc_code": "hdfc0001234",
    "mandate_reference": "UMRN-HDFC7021234",
}


@pytest.fixture
def accepted(window):  # the fixture of that file
    """An approval of 7 lakh whose statement the borrower accepted; its maker is at the desk."""
    register(window)
    apply(window)
    propose(window)
    switch_to(window, "meera")
    open_queue(window)
    approve_tighter(window, "7L")
    switch_to(window, "anita")
    find_application(window)
    make_statement(window)
    window.press("action.document.record_acceptance")
    window.wait_until(lambda: window._find("accepted_on").isVisible())
    window.press("action.document.record_acceptance")
    window.wait_until(lambda: looked_at(window).checks[1].state == "pass")
    return window


def looked_at(driver):
    return read_disbursement(stored(driver).application.application_id, driver.window.desk)


def open_payment(driver):
    find_application(driver)
    driver.press("action.decision.show_disbursement")
    driver.wait_for_screen("disbursement")
    driver.wait_until(lambda: driver.rows("table.checks") == 8)
    driver.wait_until(lambda: driver._find("beneficiary_account").isEnabled())


def confirm_by_keys_alone(driver):
    """From Today: Enter opens what waits, C asks, Enter on the button pays it out."""
    keys = Keyboard(driver)
    driver.wait_until(lambda: driver.rows("table.to_do") == 1)
    keys.arrives("today", "table.to_do")
    keys.press(Qt.Key.Key_Return)
    keys.arrives("disbursement", "table.checks")
    driver.wait_until(lambda: driver._pressable("action.disbursement.confirm") is not None)
    keys.press(Qt.Key.Key_C)
    driver.wait_until(lambda: keys.focus() == "action.disbursement.confirm")
    keys.press(Qt.Key.Key_Return)


def test_from_approval_to_money_out_by_two_people(accepted):
    driver = accepted
    open_payment(driver)
    for name, text in PAYMENT.items():
        driver.type(name, text)
    set_value(driver, "agreement_date", driver.window.desk.clock.today())
    planned = driver.raw("figure.emi_amount")
    driver.press("action.disbursement.propose")
    driver.wait_until(lambda: looked_at(driver).waiting is not None)
    switch_to(driver, "meera")
    confirm_by_keys_alone(driver)
    wait_for_status(driver, ApplicationStatus.DISBURSED)
    (loan,) = find_loans(FindLoans(LoanFilter(), 2), driver.window.desk).page.rows
    assert loan.principal_paise == loan.outstanding_paise == 70_000_000
    schedule = read_schedule(loan.loan_id, driver.window.desk)
    assert f"{schedule.emi_paise / 100:.2f}" == planned
    driver.press("action.app.go_loans")
    driver.wait_for_screen("loans")
    driver.wait_until(lambda: driver.rows("table.loans") == 1)
