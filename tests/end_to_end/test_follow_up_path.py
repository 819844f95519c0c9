"""A late loan is called, a promise written, corrected and rests until its day, by keys alone."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.services.find_follow_ups import FollowUpFilter, FollowUpNeed, find_follow_ups
from app.services.read_follow_up import read_follow_up
from db.vocabulary.operations import PromiseStatus
from tests.end_to_end.test_by_keys_alone import CTRL, Keyboard
from tests.end_to_end.test_decision_path import window
from tests.end_to_end.test_first_assessment import apply, register
from tests.end_to_end.test_loan_change_path import lend

__all__ = ["window"]


def fill(driver, keys, amount: str, day: str) -> None:
    """Amount, day, and outside the hours the reason that is asked then; Ctrl+Enter."""
    keys.go("promise_amount", Qt.Key.Key_Tab)
    keys.type(amount)
    keys.press(Qt.Key.Key_Tab)
    keys.go("promise_date", Qt.Key.Key_Tab)
    keys.type(day)
    keys.press(Qt.Key.Key_Tab)
    if driver._find("override_reason").isVisible():
        keys.go("override_reason", Qt.Key.Key_Tab)
        keys.type("The customer called")
    keys.press(Qt.Key.Key_Return, CTRL)


def test_a_promise_is_written_corrected_and_brings_rest(window):  # the fixture of that file
    driver, keys = window, Keyboard(window)
    register(driver)
    apply(driver)
    loan = lend(driver, missed=3)
    desk = driver.window.desk
    keys.press(Qt.Key.Key_6, CTRL)
    keys.arrives("follow_up", "table.follow_up")
    driver.wait_until(lambda: driver.rows("table.follow_up") == 1)
    driver.wait_until(lambda: driver._find("action.follow_up.promise").isEnabled())
    keys.press(Qt.Key.Key_P)
    driver.wait_until(lambda: driver._find("promise_amount").isVisible())
    fill(driver, keys, "5000", "+5")

    def log():
        return read_follow_up(loan.loan_id, desk).log

    driver.wait_until(lambda: len(log()) == 1)
    (entry,) = log()
    assert (entry.promise.amount_paise, entry.standing.status) == (500_000, PromiseStatus.OPEN)
    assert entry.promise.due_on == desk.clock.today() + timedelta(days=5)
    driver.wait_until(lambda: driver.rows("table.follow_up") == 0)
    assert find_follow_ups(FollowUpFilter(), desk).rows == ()
    resting = find_follow_ups(FollowUpFilter(need=FollowUpNeed.RESTING), desk)
    assert [row.loan_id for row in resting.rows] == [loan.loan_id]
    correct_by_keys(driver, keys)
    driver.wait_until(lambda: log()[0].promise.amount_paise == 400_000)
    assert log()[0].contact.version == 2


def correct_by_keys(driver, keys) -> None:
    """The list of those that rest, its log, Enter on the entry, another amount."""
    segment = driver._find("filter.need.0")
    segment.setFocus(Qt.FocusReason.TabFocusReason)
    keys.press(Qt.Key.Key_Right)
    driver.wait_until(lambda: driver.rows("table.follow_up") == 1)
    driver.wait_until(lambda: driver.rows("table.contacts") == 1)
    keys.go("table.contacts", Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Return)
    driver.wait_until(lambda: driver._find("promise_amount").isVisible())
    keys.go("promise_amount", Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not None
    keys.type("4000")
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Return, CTRL)
