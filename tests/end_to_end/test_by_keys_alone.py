"""The same path by keys alone: no mouse, no button pressed by its name, no text put into a field.

Every key goes to whatever has the focus in the active window, as a keyboard's keys do. What has
the focus at the important moments is part of what is proved (screens.md A3, F13, part C).
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from app.services.keep_draft import open_draft
from app.services.today_work import today_work
from tests.end_to_end.conftest import answering_questions
from tests.end_to_end.test_first_assessment import CUSTOMER, LOAN

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
MOST_STEPS = 60


class Keyboard:
    """Presses keys and says what has the focus; knows nothing else of the window."""

    def __init__(self, desk):
        self.desk = desk
        self.pressed = 0  # beside the typing of data

    def press(self, key, modifier=NONE):
        self.pressed += 1
        QTest.keyClick(self._focus(), key, modifier)

    def type(self, text):
        QTest.keyClicks(self._focus(), text)

    def focus(self):
        """The object name of what has the focus, or of the nearest named widget around it."""
        widget = QApplication.focusWidget()
        while widget is not None and not widget.objectName():
            widget = widget.parentWidget()
        return widget.objectName() if widget is not None else ""

    def arrives(self, screen, focus):
        """Wait until a screen stands and what it is for has the focus."""
        self.desk.wait_for_screen(screen)
        self.desk.wait_until(lambda: self.focus() == focus)

    def go(self, name, key=Key.Key_Return):
        """Step from field to field until one has the focus; it fails when none ever has."""
        walked = []
        while self.focus() != name:
            walked.append(self.focus())
            assert len(walked) < MOST_STEPS, f"no way to {name}: {walked}"
            self.press(key)

    def _focus(self):
        assert self.desk.window.isActiveWindow()
        return QApplication.focusWidget()


@pytest.fixture
def book_url(tmp_path):
    return f"sqlite:///{tmp_path / 'desk.sqlite3'}"


@pytest.fixture
def keys(desk_window, qtbot):
    desk_window.window.activateWindow()
    qtbot.waitUntil(desk_window.window.isActiveWindow)
    return Keyboard(desk_window)


def sign_in(keys):
    keys.arrives("sign_in", "staff_id")
    for name, text in (
        ("staff_id", "anita"),
        ("full_name", "Anita Desai"),
        ("branch_code", "0412"),
        ("password", "touchstone 0412 desk"),
    ):
        keys.go(name)  # Enter: it means the next field until the last one signs in
        keys.type(text)
    keys.press(Key.Key_Return)
    keys.arrives("today", "action.application.new")  # nothing is to do: the one button


def register(keys):
    keys.press(Key.Key_2, CTRL)
    keys.arrives("customers", "action.customer.new")
    keys.press(Key.Key_N, CTRL)
    keys.arrives("customer_form", "full_name")
    fill_customer(keys)


def fill_customer(keys, already=()):
    for name, text in CUSTOMER.items():
        if name not in already:
            keys.go(name)
            keys.type(text)
    for consent in ("consent_bureau", "consent_data_use", "consent_contact"):
        keys.go(consent)
        keys.press(Key.Key_Space)


def enter_loan(keys):
    keys.arrives("application_form", "loan_purpose")
    for name, text in LOAN.items():
        keys.go(name)
        keys.type(text)
    keys.desk.wait_until(lambda: keys.desk.raw("figure.estimated_emi") == "22371.00")


def assessed(keys):
    desk = keys.desk
    desk.wait_for_screen("decision")
    desk.wait_until(lambda: desk.raw("figure.credit_score") != "")
    assert 300 <= float(desk.raw("figure.credit_score")) <= 850


def test_from_sign_in_to_assessment_by_keys_alone(keys):
    sign_in(keys)
    register(keys)
    keys.press(Key.Key_Return, CTRL | SHIFT)  # save and start application
    enter_loan(keys)
    keys.press(Key.Key_Return, CTRL)  # score and review
    assessed(keys)
    assert keys.focus() == "action.decision.correct_fact"
    for name in ("table.policy_checks", "table.reasons", "tab.waterfall"):
        keys.go(name, Key.Key_Tab)
    keys.press(Key.Key_Right)
    keys.desk.wait_until(lambda: keys.focus() == "tab.all_factors")

    keys.press(Key.Key_3, CTRL)
    keys.arrives("applications", "table.applications")
    keys.press(Key.Key_Return)
    assessed(keys)
    keys.press(Key.Key_Escape)
    keys.arrives("applications", "table.applications")


def test_papers_and_review_by_keys_alone(keys, tmp_path):
    (tmp_path / "payslip.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    desk = keys.desk
    sign_in(keys)
    register(keys)
    keys.press(Key.Key_Return, CTRL | SHIFT)
    enter_loan(keys)
    to_tab(keys, "documents")
    keys.go("document_kind", Key.Key_Tab)
    keys.type("Payslips")
    keys.go("document_file", Key.Key_Tab)
    keys.type(str(tmp_path / "payslip.pdf"))
    keys.go("action.document.attach", Key.Key_Tab)
    keys.press(Key.Key_Return)
    desk.wait_until(lambda: "Not checked" in states_of_papers(desk))
    while keys.focus() != "table.documents":
        keys.press(Key.Key_Backtab, SHIFT)
    for _ in range(states_of_papers(desk).index("Not checked")):
        keys.press(Key.Key_Down)
    keys.press(Key.Key_Return)  # the original was seen
    desk.wait_until(lambda: "Checked" in states_of_papers(desk))

    to_tab(keys, "review")
    keys.press(Key.Key_Return, CTRL)
    assessed(keys)


def to_tab(keys, name):
    """Back to the tabs, then along them."""
    while not keys.focus().startswith("tab."):
        keys.press(Key.Key_Backtab, SHIFT)
    keys.go(f"tab.{name}", Key.Key_Right)


def states_of_papers(desk):
    """The second column of the checklist, from its top."""
    model = desk.window.findChild(QAbstractItemView, "table.documents").model()
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def test_a_known_customer_is_scored_with_few_keys(keys):
    sign_in(keys)
    register(keys)
    keys.press(Key.Key_Return, CTRL)  # save
    keys.desk.wait_for_screen("customer")
    keys.pressed = 0
    keys.press(Key.Key_2, CTRL)
    keys.arrives("customers", "table.customers")
    keys.press(Key.Key_N)  # start application of the current row
    enter_loan(keys)
    keys.press(Key.Key_Return, CTRL)
    assessed(keys)
    assert keys.pressed <= 12  # screens.md part C


def test_what_is_missing_is_reached_by_keys(keys):
    sign_in(keys)
    keys.press(Key.Key_2, CTRL)
    keys.arrives("customers", "action.customer.new")
    keys.press(Key.Key_Return)  # the button of the empty list
    keys.arrives("customer_form", "full_name")
    keys.type("Ravi Reddy")
    keys.press(Key.Key_Return, CTRL)
    keys.desk.wait_until(lambda: keys.focus() == "errors.summary")
    keys.press(Key.Key_Return)
    keys.desk.wait_until(lambda: keys.focus() == "date_of_birth")
    fill_customer(keys, already=("full_name",))
    keys.press(Key.Key_Return, CTRL)
    keys.arrives("customer", "tab.overview")


@pytest.mark.qt_log_ignore(r"This plugin does not support propagateSizeHints\(\)")
def test_what_was_just_typed_is_kept_when_the_window_closes(keys):
    sign_in(keys)
    keys.press(Key.Key_N, CTRL)
    keys.arrives("application_form", "customer_id")
    keys.go("loan_amount")
    keys.type("10L")
    with answering_questions():  # Enter on "Keep draft", the default
        keys.press(Key.Key_Q, CTRL)  # at once: the draft's own timer has not run yet
        window = keys.desk.window
        keys.desk.wait_until(lambda: not window.isVisible())
    (draft,) = today_work(window.desk).drafts
    assert open_draft(draft.draft_id, window.desk)["fields"]["loan_amount"] == 100_000_000
