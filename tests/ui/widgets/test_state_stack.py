import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from app.ui.tasks.task import TaskFailed
from app.ui.widgets import state_stack
from app.ui.widgets.state_stack import StateStack, ViewState


@pytest.fixture
def stack(qtbot, monkeypatch):
    for name in ("SKELETON_AFTER_MS", "WORDS_AFTER_MS", "CANCEL_AFTER_MS"):
        monkeypatch.setattr(state_stack, name, getattr(state_stack, name) // 50)
    made = StateStack(QLabel("rows"), reading="Reading loans…")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    return made


class Handle:
    def __init__(self):
        self.cancelled = False

    def cancel(self):
        self.cancelled = True


def buttons(stack):
    return {b.text(): b for b in stack.findChildren(QPushButton) if b.isVisible()}


def test_loading_shows_words_then_cancel(stack, qtbot):
    handle = Handle()
    stack.loading(handle)
    assert stack.words() == ""
    qtbot.waitUntil(lambda: stack.words() == "Reading loans…")
    qtbot.waitUntil(lambda: "Cancel" in buttons(stack))
    buttons(stack)["Cancel"].click()
    assert handle.cancelled
    assert "Stopped" in stack.words()


def test_old_content_stays_while_it_is_read_again(stack):
    stack.content()
    stack.loading()
    assert stack.words() == ""
    assert stack.state is ViewState.LOADING


def test_first_use_has_one_sentence_and_one_action(stack):
    stack.empty("No customers yet.", QPushButton("New customer"))
    assert stack.words() == "No customers yet."
    assert list(buttons(stack)) == ["New customer"]


def test_no_match_permission_and_stale(stack):
    stack.no_match("No customer matches 'redy'.", (QPushButton("Clear filters"),))
    assert stack.state is ViewState.NO_MATCH
    stack.no_permission("Only supervisors see this")
    assert stack.words() == "Only supervisors see this"
    stack.stale("Data as of 13:40, offline")
    assert stack.state is ViewState.STALE
    assert stack.words() == ""
    stack.content()
    assert stack.state is ViewState.CONTENT


def test_an_error_offers_to_try_again_and_a_reference(stack, qapp, qtbot):
    tried = []
    stack.failed(
        TaskFailed(1, "Reading loans", "The book is not reached", "AB12"), lambda: tried.append(1)
    )
    assert stack.words() == "The book is not reached."
    buttons(stack)["Copy details"].click()
    assert qapp.clipboard().text() == "Reading loans: AB12"
    buttons(stack)["Try again"].click()
    assert tried == [1]
    stack.failed(TaskFailed(1, "Reading loans", "Sign in first"), QObject)
    qtbot.waitUntil(lambda: list(buttons(stack)) == ["Try again"])


@pytest.fixture
def table_stack(qtbot):
    made = StateStack(QPushButton("first row"))
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitExposed(made):
        made.activateWindow()
    return made


def test_content_takes_the_keys_that_its_skeleton_was_given(table_stack, qtbot):
    table_stack.loading()
    assert table_stack.waiting() is table_stack
    table_stack.setFocus()
    assert not table_stack._content.hasFocus()
    table_stack.content()
    qtbot.waitUntil(table_stack._content.hasFocus)
    assert table_stack.waiting() is None


def test_the_button_of_an_empty_list_takes_the_keys(table_stack, qtbot):
    table_stack.loading()
    table_stack.setFocus()
    button = QPushButton("New")
    table_stack.empty("Nothing yet.", button)
    qtbot.waitUntil(button.hasFocus)


def test_somebody_elses_keys_are_left_alone(table_stack, qtbot):
    table_stack.loading()
    field = QLineEdit(table_stack)
    field.show()
    field.setFocus()
    table_stack.empty("Nothing yet.", QPushButton("New"))
    table_stack.content()
    assert field.hasFocus()


def test_another_record_does_not_keep_the_content_of_the_last(stack):
    failure = TaskFailed(1, "Reading", "The book is away", "r1")
    stack.content()
    stack.forget()
    stack.loading()
    stack.failed(failure, lambda: None)
    assert stack.state is ViewState.ERROR
    assert "The book is away" in stack.words()
