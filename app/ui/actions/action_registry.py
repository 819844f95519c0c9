"""Makes the actions of the list: one QAction each, with its keys, words and name.

Icons are drawn by the buttons, in the colours of the theme shown.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from app.rules.permissions import may
from app.ui.actions.action_list import ACTIONS
from app.ui.actions.action_spec import WINDOW, ActionSpec
from db.vocabulary.people import Role

_TEXT_INPUTS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)


class UnknownActionError(KeyError):
    """No such id stands in the list of actions."""


class LetterGuard(QObject):
    """Lets a single-letter key act only while no text field has focus (screens.md A3)."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action)
        self._action = action
        self._keys = action.shortcut()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        typing = isinstance(now, _TEXT_INPUTS)
        self._action.setShortcut(QKeySequence() if typing else self._keys)


class ActionRegistry(QObject):
    """The one source of actions."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs = {spec.id: spec for spec in ACTIONS}

    def spec(self, action_id: str) -> ActionSpec:
        """Return an action's data.

        Raises:
            UnknownActionError: the list has no such id.
        """
        if action_id not in self._specs:
            raise UnknownActionError(action_id)
        return self._specs[action_id]

    def specs(self, context: str | None = None) -> tuple[ActionSpec, ...]:
        """Return all actions, or those of one context."""
        return tuple(s for s in ACTIONS if context in (None, s.context))

    def allowed(self, action_id: str, roles: Iterable[Role]) -> bool:
        """Say whether a person with these roles may see the action."""
        act = self.spec(action_id).act
        return act is None or may(roles, act)

    def hide_forbidden(self, page: QWidget, roles: Iterable[Role]) -> None:
        """Take away the actions of a page that a person with these roles may not do (A1)."""
        held = tuple(roles)
        for action in page.actions():
            spec = action.property("spec")
            if isinstance(spec, ActionSpec) and not self.allowed(spec.id, held):
                action.setVisible(False)

    def create(self, action_id: str, handler: Callable[[], object], parent: QWidget) -> QAction:
        """Make the action for a screen or the window.

        Args:
            action_id: id without `action.`.
            handler: what it does; a bound method of the parent or a part of it.
            parent: the widget in which the keys act.
        """
        spec = self.spec(action_id)
        action = QAction(spec.words, parent)
        action.setObjectName(spec.name)
        action.setProperty("spec", spec)
        action.setToolTip(f"{spec.words}  {spec.shown_keys}".strip())
        if spec.keys:
            action.setShortcut(QKeySequence(spec.keys))
            whole = spec.context == WINDOW
            action.setShortcutContext(
                Qt.ShortcutContext.WindowShortcut
                if whole
                else Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            if len(spec.keys) == 1:
                LetterGuard(action)
        action.triggered.connect(lambda _checked=False: handler())
        parent.addAction(action)
        return action
