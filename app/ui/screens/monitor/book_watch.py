"""Looks now and then whether an act was committed to the book, at this desk or another.

On PostgreSQL the server tells (LISTEN), and what it told is fetched; a SQLite file is looked at.
Either way one short question on the database lane, so that no thread stands waiting.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.steps.desk import BookNotices, Desk
from app.ui.tasks.change_notice import Change
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.workbench import Workbench

LOOK_MS = 2_000
_SHOWN = frozenset({"loan", "book", "application", "rule"})


class BookWatch(QObject):
    """Rests after a failure until `resume`: whoever reads the book says what is wrong.

    Signals:
        moved: the book has moved on since the last look.
    """

    moved = Signal()

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._notices: list[BookNotices] = []  # opened on the lane, one for the window's life
        self._timer = QTimer(self, singleShot=True)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._stopped = False
        bench.notices.changed.connect(self._note)

    def resume(self) -> None:
        """The book has been read: look again in a while."""
        if not self._stopped and not self._timer.isActive():
            self._timer.start()

    def look(self) -> None:
        """Ask once."""
        desk = self._bench.desk
        self._bench.runner.submit(
            Task(
                self.tr("Looking for news of the book"),
                Lane.DATABASE,
                lambda _control: self._ask(desk),
                key="monitor.watch",
                owner="monitor",
                quiet=True,
            ),
            self._told,
            self._failed,
        )

    def stop(self) -> None:
        """The window closes."""
        self._stopped = True
        self._timer.stop()
        for notices in self._notices:
            notices.stop()
        if self._notices:
            self.look()  # lets the connection go

    def _note(self, change: Change) -> None:
        """An act of this window is known at once."""
        if change.kind in _SHOWN:
            self.moved.emit()

    def _ask(self, desk: Desk) -> Sequence[object]:
        """On the lane; the first question opens the notices."""
        if not self._notices:
            opened = desk.open_notices()
            if opened is None:
                return ()
            self._notices.append(opened)
        return self._notices[0].wait(0)

    def _told(self, news: Sequence[object]) -> None:
        if news:
            self.moved.emit()
        self.resume()

    def _failed(self, _failure: TaskFailed) -> None:
        """Nothing is said here: the next reading fails too, and tells."""
