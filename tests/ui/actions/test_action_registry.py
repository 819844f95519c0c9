from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.resource_files import resource
from app.ui.actions.action_button import action_button
from app.ui.actions.action_list import ACTIONS
from app.ui.actions.action_registry import ActionRegistry, UnknownActionError
from app.ui.actions.action_spec import WINDOW
from app.ui.actions.shell_actions import sheet_of, window_sheet
from db.vocabulary.people import Role


@pytest.fixture
def registry(theme):
    return ActionRegistry()


@pytest.fixture
def page(qtbot):
    made = QWidget()
    QVBoxLayout(made).addWidget(QLineEdit())
    qtbot.addWidget(made)
    return made


def test_ids_are_unique():
    assert max(Counter(spec.id for spec in ACTIONS).values()) == 1


def test_no_two_actions_share_a_key_in_one_context():
    contexts = {spec.context for spec in ACTIONS} - {WINDOW}
    for context in contexts:
        keys = [s.keys for s in ACTIONS if s.keys and s.context in (WINDOW, context)]
        assert max(Counter(keys).values()) == 1, (context, keys)


def test_every_key_is_a_key_and_every_icon_exists():
    for spec in ACTIONS:
        if spec.keys:
            assert QKeySequence(spec.keys).toString() == spec.keys
        if spec.icon:
            assert resource(f"icons/{spec.icon}.svg").is_file()


def test_an_action_carries_its_name_keys_and_words(registry, page, qtbot):
    pressed = []
    action = registry.create("application.submit", lambda: pressed.append(1), page)
    assert action.objectName() == "action.application.submit"
    assert action.text() == "Score and review"
    button = action_button(action)
    page.layout().addWidget(button)
    assert button.objectName() == "action.application.submit"
    assert button.accessibleName() == "Score and review"
    assert button.key_words == "Ctrl+Enter"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [1]


def test_a_button_follows_its_action(registry, page):
    action = registry.create("customer.edit", lambda: None, page)
    button = action_button(action)
    page.layout().addWidget(button)
    action.setEnabled(False)
    action.setText("Edit this section")
    assert not button.isEnabled()
    assert button.text() == "Edit this section"


def test_keys_act_and_letters_only_outside_text_fields(registry, page, qtbot):
    pressed = []
    registry.create("customer.edit", lambda: pressed.append("E"), page)
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_E)
    assert pressed == ["E"]
    field = page.findChild(QLineEdit)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_E)
    assert pressed == ["E"]
    assert field.text() == "e"


def test_an_unknown_id_is_refused(registry, page):
    with pytest.raises(UnknownActionError):
        registry.create("loan.forgive", lambda: None, page)


def test_permission_decides_who_sees_an_action(registry):
    assert registry.allowed("customer.new", [Role.OFFICER])
    assert not registry.allowed("customer.new", [Role.RISK_ANALYST])
    assert not registry.allowed("app.open_monitor", [Role.OFFICER])
    assert registry.allowed("app.open_monitor", [Role.OFFICER, Role.SUPERVISOR])


def test_what_a_person_may_not_do_is_absent(registry, page):
    new = registry.create("application.new", page.close, page)
    opened = registry.create("application.open", page.close, page)
    registry.hide_forbidden(page, (Role.OFFICER,))
    assert new.isVisible()
    registry.hide_forbidden(page, (Role.SUPERVISOR,))
    assert (new.isVisible(), opened.isVisible()) == (False, True)


def test_the_sheet_lists_keys_with_words(registry):
    assert ("Ctrl+K", "Find") in window_sheet(registry)
    assert ("Enter", "Open") in sheet_of(registry, "customers")
