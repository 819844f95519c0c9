"""The actions of the window: made once, each bound to what the window does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.ui.actions.action_registry import ActionRegistry
from app.ui.actions.action_spec import WINDOW

# Rail entry: screen, action, in their order. Pages of later steps join with their screens.
RAIL = (
    ("today", "app.go_today"),
    ("customers", "app.go_customers"),
    ("applications", "app.go_applications"),
    ("queue", "app.go_queue"),
    ("loans", "app.go_loans"),
    ("follow_up", "app.go_follow_up"),
    ("monitor", "app.open_monitor"),
    ("rules", "app.go_admin"),
)
PERSON_MENU = ("app.theme", "app.shortcuts", "app.lock", "app.sign_out", "app.quit")


@dataclass(frozen=True, slots=True)
class ShellActions:
    """The window's actions by id."""

    by_id: Mapping[str, QAction]

    def enable(self, allowed: Callable[[str], bool]) -> None:
        """Let act what is allowed; the rest has no keys and stands in no menu."""
        for action_id, action in self.by_id.items():
            wanted = allowed(action_id)
            action.setEnabled(wanted)
            action.setVisible(wanted)

    def menu(self) -> tuple[QAction, ...]:
        """The actions of the person's menu."""
        return tuple(self.by_id[action_id] for action_id in PERSON_MENU)


def make_shell_actions(
    registry: ActionRegistry, handlers: Mapping[str, Callable[[], object]], window: QWidget
) -> ShellActions:
    """Make an action for each handler."""
    return ShellActions(
        {action_id: registry.create(action_id, act, window) for action_id, act in handlers.items()}
    )


def sheet_of(registry: ActionRegistry, context: str) -> tuple[tuple[str, str], ...]:
    """Return (keys, words) of the actions of one context that have keys."""
    specs = registry.specs(context)
    return tuple((_native(s.shown_keys), s.words) for s in specs if s.shown_keys)


def window_sheet(registry: ActionRegistry) -> tuple[tuple[str, str], ...]:
    """Return (keys, words) of the window's own actions."""
    return sheet_of(registry, WINDOW)


def _native(keys: str) -> str:
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return (shown or keys).replace("Return", "Enter")
