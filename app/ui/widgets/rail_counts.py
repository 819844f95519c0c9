"""The number beside a page of the rail: what waits there, read again when something changed."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.services.steps.desk import Desk
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.rail import Rail
from app.ui.widgets.workbench import Workbench

Counter = Callable[[Desk], int]


class RailCounts(QObject):
    """Asks for the number of one page while the rail offers it."""

    def __init__(self, workbench: Workbench, rail: Rail, page: str, count: Counter) -> None:
        super().__init__(rail)
        self._workbench = workbench
        self._rail = rail
        self._page = page
        self._count = count
        rail.offered.connect(self.ask)
        workbench.notices.changed.connect(self._note)

    def ask(self) -> None:
        """Read the number; nothing while the person may not open the page."""
        if not self._rail.offers(self._page):
            return
        desk, count = self._workbench.desk, self._count
        self._workbench.runner.submit(
            Task(
                self.tr("Counting what waits"),
                Lane.DATABASE,
                lambda _control: count(desk),
                key=f"rail.{self._page}",
                owner="rail",
                quiet=True,
            ),
            self._show,
            self._forget,
        )

    def _show(self, number: int) -> None:
        self._rail.show_count(self._page, number)

    def _forget(self, _failure: TaskFailed) -> None:
        """A number that could not be read is no number."""
        self._show(0)

    def _note(self, change: Change) -> None:
        if change.touches("application"):
            self.ask()
