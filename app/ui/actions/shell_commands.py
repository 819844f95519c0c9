"""What the window's keys do with the page shown, the panes, the tray, the theme."""

from collections.abc import Callable
from functools import partial
from operator import methodcaller

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.ui.actions.action_registry import ActionRegistry
from app.ui.actions.shell_actions import sheet_of, window_sheet
from app.ui.theme import theme_of
from app.ui.widgets.shell_frame import ShellFrame
from app.ui.widgets.shell_lock import ShellLock
from app.ui.widgets.shortcut_sheet import ShortcutSheet

_PAGE_HOOKS = {
    "app.refresh": "refresh",
    "draft.save": "store_draft",
    "draft.discard": "discard_draft",
    "list.find": "find_in_list",
    "list.new": "new_item",
    "list.clear_filters": "clear_filters",
}


class ShellCommands(QObject):
    """The commands that need no history and no person."""

    def __init__(
        self, window: QMainWindow, parts: ShellFrame, registry: ActionRegistry, lock: ShellLock
    ) -> None:
        super().__init__(window)
        self._window = window
        self._parts = parts
        self._registry = registry
        self._lock = lock
        parts.status.jobs.clicked.connect(self.toggle_tray)
        lock.closed.connect(partial(parts.windows.close_all, but_walls=True))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does."""
        of_page: dict[str, Callable[[], object]] = {
            action_id: self._for_page(hook) for action_id, hook in _PAGE_HOOKS.items()
        }
        return of_page | {
            "app.find": self.find,
            "app.toggle_context": self._parts.context.toggle,
            "app.next_pane": self.next_pane,
            "app.previous_pane": self.previous_pane,
            "app.jobs": self.toggle_tray,
            "app.shortcuts": self.show_sheet,
            "app.lock": self.lock_desk,
            "app.theme": self.switch_theme,
            "app.quit": self._window.close,
        }

    def find(self) -> None:
        """Go into the find box."""
        self._parts.top.find_box.setFocus()
        self._parts.top.find_box.selectAll()

    def next_pane(self) -> None:
        """F6."""
        self._move_pane(1)

    def previous_pane(self) -> None:
        """Shift+F6."""
        self._move_pane(-1)

    def toggle_tray(self) -> None:
        """Show or hide the jobs."""
        bar = self._parts.status
        self._parts.tray.toggle(bar.mapTo(self._window, QPoint(12, -6)))

    def show_sheet(self) -> None:
        """Show every key of the page and of the window."""
        page = self._parts.pages.shown()
        groups = (
            (self.tr("This page"), sheet_of(self._registry, page.name if page else "")),
            (self.tr("Everywhere"), window_sheet(self._registry)),
        )
        ShortcutSheet(groups, self._window).open()

    def lock_desk(self) -> None:
        """Blank at once; drafts are stored first."""
        self._parts.pages.store_drafts()
        self._lock.lock()

    def switch_theme(self) -> None:
        """Light or dark."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme_of().apply(app, "dark" if theme_of().name == "light" else "light")

    def _for_page(self, hook: str) -> Callable[[], object]:
        def act() -> None:
            page = self._parts.pages.shown()
            if page is not None:
                methodcaller(hook)(page)

        return act

    def _move_pane(self, step: int) -> None:
        panes = self._parts.panes()
        focus = QApplication.focusWidget()
        inside = [i for i, pane in enumerate(panes) if focus and _holds(pane, focus)]
        place = (inside[0] if inside else -1) + step
        if panes:
            enter(panes[place % len(panes)])


def enter(pane: QWidget, wanted: QWidget | None = None) -> None:
    """Put the focus where it is wanted in a pane, else where it was last, else where Tab begins."""
    last = wanted or pane.focusWidget()
    if last is not None and last is not pane and last.isVisible():
        last.setFocus(Qt.FocusReason.TabFocusReason)
        return
    following: QWidget | None = pane
    while following is not None and _holds(pane, following):
        tab = following.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tab and following.isVisible() and following.isEnabled():
            following.setFocus(Qt.FocusReason.TabFocusReason)
            return
        following = following.nextInFocusChain()


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)
