"""The parts of the main window and where they stand."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.services.steps.desk import Actor
from app.ui.widgets.context_panel import ContextPanel
from app.ui.widgets.find_box import Finder
from app.ui.widgets.job_tray import JobTray
from app.ui.widgets.own_window import OwnWindows
from app.ui.widgets.page_header import PageHeader
from app.ui.widgets.page_stack import PageStack
from app.ui.widgets.rail import Rail
from app.ui.widgets.rail_counts import Counter, RailCounts
from app.ui.widgets.screen import Screen
from app.ui.widgets.status_bar import StatusBar
from app.ui.widgets.top_bar import TopBar
from app.ui.widgets.workbench import Workbench

NARROW_BELOW = 1280


class ShellFrame(QWidget):
    """Top bar; rail, page with heading and foot, side panel; status bar."""

    def __init__(
        self,
        workbench: Workbench,
        build: Callable[[str], Screen],
        reads: tuple[Finder, Counter],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        find, count_queue = reads
        self._runner = workbench.runner
        self.top = TopBar(workbench, find, window)
        self.rail = Rail()
        self.counts = RailCounts(workbench, self.rail, "queue", count_queue)
        self.header = PageHeader()
        self.pages = PageStack(build)
        self.windows = OwnWindows(build, window)
        self.windows.visited.connect(self.light_page)
        self.context = ContextPanel()
        self.status = StatusBar(workbench.runner)
        self.tray = JobTray(workbench.runner, window)
        self._foot = QFrame()
        self._foot.setProperty("kind", "footer")
        self._foot_line = QVBoxLayout(self._foot)
        self._foot_line.setContentsMargins(16, 6, 16, 6)
        self._foot_widget: QWidget | None = None
        self._build()

    def show_page(self, page: Screen) -> None:
        """Show a page with what it brings: heading, buttons, side panel, foot."""
        self.pages.show_page(page)
        self.header.setVisible(page.page_header)
        for part in (self.top, self.rail):
            part.setVisible(page.page_header)
        self.header.show_actions(page.header_actions() if page.page_header else ())
        self.context.show_widget(page.context_panel())
        self._show_foot(page.footer())
        self.light_page()

    def light_page(self) -> None:
        """Mark the page shown in the rail, whatever was pressed there."""
        page = self.pages.shown()
        if page is not None:
            self.rail.light(page.rail or page.name)

    def show_draft(self, page: Screen, words: str) -> None:
        """Tell of the draft of the page shown; one that was left stores in silence."""
        if self.pages.shown() is page:
            self.status.show_draft(words)

    def show_person(self, actor: Actor | None, *, sandbox: bool) -> None:
        """Show who sits here, with which roles, at which branch; None for nobody."""
        name, branch = (actor.full_name, actor.branch_code) if actor else ("", "")
        roles = ", ".join(str(role) for role in sorted(actor.roles)) if actor else ""
        self.top.user.show_person(name, roles)
        self.status.show_person(name, branch)
        self.status.show_sandbox(sandbox=sandbox)

    def forget_pages(self) -> None:
        """Let go of every page, and of what they asked for (sign-out, another book)."""
        self._runner.forget_receivers()
        self.header.show_actions(())
        self._show_foot(None)
        self.context.clear()
        self.pages.clear()

    def fit(self, width: int) -> None:
        """Show icons alone in the rail of a narrow window."""
        self.rail.set_narrow(narrow=width < NARROW_BELOW)

    def panes(self) -> list[QWidget]:
        """The widgets F6 goes round: find box, rail, page, side panel."""
        page = self.pages.shown()
        stops = [self.top.find_box, self.rail.first(), page, self.context]
        return [stop for stop in stops if stop is not None and stop.isVisible()]

    def _show_foot(self, widget: QWidget | None) -> None:
        if self._foot_widget is not None and self._foot_widget is not widget:
            self._foot_line.removeWidget(self._foot_widget)
            self._foot_widget.hide()
        self._foot_widget = widget
        if widget is not None:
            self._foot_line.addWidget(widget)
            widget.show()
        self._foot.setVisible(widget is not None)

    def _build(self) -> None:
        page = QVBoxLayout()
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self.pages, 1)
        page.addWidget(self._foot)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(page, 1)
        middle.addWidget(self.context)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.top)
        lines.addLayout(middle, 1)
        lines.addWidget(self.status)
