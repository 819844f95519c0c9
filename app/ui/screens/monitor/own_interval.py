"""How often a person wants the figures read again, kept at any desk of the branch (S80)."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.services.keep_view import KeepView, SavedView, keep_view, my_views
from app.ui.screens.monitor.refresh_clock import RefreshClock
from app.ui.screens.monitor.top_row import TopRow
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable

_LIST, _TITLE, _MINUTES = "monitor", "refresh", "refresh_minutes"


class OwnInterval(QObject):
    """Between what a person chooses in the top row and the clock that rings.

    Signals:
        failed: it could not be read or kept; carries why, as a sentence.
    """

    failed = Signal(str)

    def __init__(self, bench: Workbench, top: TopRow, clock: RefreshClock, parent: QObject) -> None:
        super().__init__(parent)
        self._bench, self._top, self._clock = bench, top, clock
        self._read = False
        top.minutes_changed.connect(self._chosen)

    def allow(self, least: int) -> None:
        """The rules allow no shorter one. What the person had chosen before is read once."""
        self._top.set_least_minutes(least)
        self._clock.set_minutes(self._top.minutes)
        if not self._read:
            self._read = True
            self._run(partial(my_views, _LIST, self._bench.desk), self._take_up, writes=False)

    def _chosen(self, minutes: int) -> None:
        self._clock.set_minutes(minutes)
        wish = KeepView(_LIST, _TITLE, {_MINUTES: minutes})
        self._run(partial(keep_view, wish, self._bench.desk), self._kept, writes=True)

    def _run(
        self,
        act: "Callable[[], tuple[SavedView, ...]]",
        done: "Callable[[tuple[SavedView, ...]], None]",
        *,
        writes: bool,
    ) -> None:
        task = Task(
            self.tr("Keeping the interval") if writes else self.tr("Reading the interval"),
            Lane.DATABASE,
            lambda _control: act(),
            key=None if writes else "monitor.interval",
            owner="monitor",
            quiet=True,
            writes=writes,
        )
        self._bench.runner.submit(task, done, self._fail)

    def _take_up(self, views: tuple[SavedView, ...]) -> None:
        for view in views:
            if view.title == _TITLE and isinstance(view.content.get(_MINUTES), int):
                self._top.choose_minutes(view.content[_MINUTES])
                self._clock.set_minutes(self._top.minutes)

    def _kept(self, _views: tuple[SavedView, ...]) -> None:
        """It shows already."""

    def _fail(self, failure: TaskFailed) -> None:
        self.failed.emit(failure.sentence)
