"""The one main window: what its keys do and how pages come and go (screens.md A2, A3)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from app.services.steps.desk import Actor, Desk
from app.ui.actions.action_registry import ActionRegistry
from app.ui.actions.shell_actions import RAIL, make_shell_actions
from app.ui.actions.shell_commands import ShellCommands, enter
from app.ui.screen_catalogue import OWN_WINDOWS, build_screen, count_queue, find_records
from app.ui.tasks.change_notice import ChangeNotice
from app.ui.tasks.lane import NeverStopped, Stoppable
from app.ui.tasks.task_runner import TaskRunner
from app.ui.theme import theme_of
from app.ui.widgets.closing import Closing
from app.ui.widgets.find_box import FoundRecord
from app.ui.widgets.job_notice import JobNotice
from app.ui.widgets.own_window import PROGRAM, stop_timers
from app.ui.widgets.page_history import PageHistory, Visit
from app.ui.widgets.screen import Screen
from app.ui.widgets.shell_frame import ShellFrame
from app.ui.widgets.shell_lock import ShellLock
from app.ui.widgets.workbench import OpenSandbox, Workbench

SIZE = (1366, 768)
LEAST_SIZE = (1024, 640)
SIGN_IN = "sign_in"
_OUTSIDE = frozenset({"app.quit", "app.theme", "app.shortcuts", "app.refresh", "app.jobs"})
_FOUND = {
    "customer": ("customer", "customer_id"),
    "application": ("decision", "application_id"),
    "loan": ("loan", "loan_id"),
}


def has_room(available: QSize, wanted: QSize) -> bool:
    """Whether a window of that size fits with its frame and title."""
    return available.width() > wanted.width() and available.height() > wanted.height()


class MainWindow(QMainWindow):
    """Answers as the `Shell` of every screen.

    Attributes:
        workbench: what every screen is handed.
        parts: top bar, rail, heading, pages, side panel, status bar, tray.
    """

    def __init__(
        self,
        desk: Desk,
        open_sandbox: OpenSandbox | None = None,
        make_stop: Callable[[], Stoppable] = NeverStopped,
    ) -> None:
        super().__init__()
        self.setObjectName("window.main")
        self.setAccessibleIdentifier("window.main")
        self._desk = desk
        self._registry = ActionRegistry(self)
        self._history = PageHistory()
        runner = TaskRunner(self, make_stop=make_stop)
        runner.hold()
        self._painted = False
        self.workbench = Workbench(
            self, runner, self._registry, theme_of(), ChangeNotice(self), open_sandbox
        )
        self.parts = ShellFrame(self.workbench, self._build_page, (find_records, count_queue), self)
        self.setCentralWidget(self.parts)
        self._lock = ShellLock(self.workbench, self)
        self._closing = Closing(runner, self.close, self)
        JobNotice(runner, self.parts.pages, self)
        self._commands = ShellCommands(self, self.parts, self._registry, self._lock)
        handlers = self._commands.handlers() | self._handlers()
        self._actions = make_shell_actions(self._registry, handlers, self)
        self._listen()
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*SIZE)
        self._show_person()
        self.navigate(SIGN_IN)

    # The Shell that screens see.

    @property
    def desk(self) -> Desk:
        """The session's desk as it is now."""
        return self._desk

    def navigate(self, name: str, **arguments: object) -> None:
        """Open a page, unless the one shown may not be left; some have a window of their own."""
        if name in OWN_WINDOWS:
            self.parts.windows.visit(name, **arguments)
        elif self._leave():
            visit = Visit(name, dict(arguments))
            self._history.go(visit)
            self._show(visit)
            self.parts.windows.give_way()

    def sign_in(self, actor: Actor | None) -> None:
        """Put a person at the desk and open Today, or nobody and open sign-in."""
        self.parts.windows.close_all()
        self.parts.forget_pages()
        self._history.clear()
        self._desk = self._desk.acting(actor) if actor else self._desk.without_actor()
        self._show_person()
        self.navigate("today" if actor else SIGN_IN)
        wanted = self.parts.windows.at_sign_in
        if wanted and actor and self._registry.allowed("app.open_monitor", actor.roles):
            self.navigate(wanted)

    def use_desk(self, desk: Desk) -> None:
        """Work on another book from now on."""
        self._desk = desk
        self._show_person()

    def open_on_screen(self) -> None:
        """Show the window; where its frame has no room around it, it fills the screen."""
        fits = has_room(self.screen().availableSize(), self.size())
        (self.show if fits else self.showMaximized)()

    # Qt's events.

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask while something is written that people know of; else store drafts, end the lanes."""
        runner = self.workbench.runner
        page = self.parts.pages.shown()
        leaves = page is None or page.can_leave()
        if not leaves or not self._closing.allowed():
            event.ignore()
            return
        self.parts.pages.store_drafts()
        self.parts.windows.close_all()
        stop_timers(self)
        runner.shut_down()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the lanes start after the first paint."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.workbench.runner.release)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; what was typed is kept by the page."""
        if event.key() == Qt.Key.Key_Escape and not self._lock.locked:
            self._step(-1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow the rail of a narrow window."""
        super().resizeEvent(event)
        self.parts.fit(self.width())

    def _listen(self) -> None:
        self.parts.top.find_box.found.connect(self._open_found)
        self.parts.header.crumb_chosen.connect(self.navigate)
        self._lock.switch_asked.connect(partial(self.sign_in, None))
        self._lock.moved.connect(self._show_heading)

    # Pages.

    def _build_page(self, name: str) -> Screen:
        page = build_screen(name, self.workbench)
        self._registry.hide_forbidden(page, self._desk.actor.roles if self._desk.actor else ())
        page.heading_changed.connect(self._show_heading)
        page.draft_changed.connect(partial(self.parts.show_draft, page))
        return page

    def _leave(self) -> bool:
        page = self.parts.pages.shown()
        leaves = page is None or page.can_leave()
        if page is not None and leaves:
            page.store_draft()
            page.busy_leaving()
        return leaves

    def _show(self, visit: Visit) -> None:
        page = self.parts.pages.page(visit.name)
        self.parts.status.show_draft("")
        page.opened(**visit.arguments)
        # Asked before: showing the page gives the keys to whatever Tab reaches first.
        wanted = page.first_focus() or page.focusWidget()
        self.parts.show_page(page)
        self._show_heading()
        page.refresh()
        if page.page_header:
            enter(page, wanted)

    def _show_heading(self) -> None:
        page = self.parts.pages.shown()
        if page is None:
            return
        heading = page.heading
        self.parts.header.show_heading(heading)
        # While the desk is locked the title names nobody: a taskbar shows it.
        words = "" if self._lock.locked else heading.window_title or heading.title
        star = "*" if heading.dirty else ""
        self.setWindowTitle(f"{words}{star} - {PROGRAM}" if words else PROGRAM)

    def _step(self, step: int) -> None:
        visit = self._history.peek(step)
        if visit is not None and visit.name != SIGN_IN and self._leave():
            self._history.move(step)
            self._show(visit)

    def _open_found(self, record: FoundRecord) -> None:
        name, argument = _FOUND[record.kind]
        self.navigate(name, **{argument: record.record_id})

    # People and actions.

    def _show_person(self) -> None:
        actor = self._desk.actor
        roles = actor.roles if actor else frozenset()
        self._actions.enable(
            lambda action_id: (
                action_id in _OUTSIDE
                or (actor is not None and self._registry.allowed(action_id, roles))
            )
        )
        by_id = self._actions.by_id
        self.parts.rail.set_items(
            [
                (name, by_id[action_id], self._registry.spec(action_id).icon)
                for name, action_id in RAIL
                if by_id[action_id].isEnabled()
            ]
        )
        self.parts.top.set_menu(self._actions.menu())
        self.parts.show_person(actor, sandbox=self._desk.sandbox)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        own: dict[str, Callable[[], object]] = {
            "app.back": partial(self._step, -1),
            "app.forward": partial(self._step, 1),
            "app.sign_out": partial(self.sign_in, None),
        }
        return own | {action_id: partial(self.navigate, name) for name, action_id in RAIL}
