"""The tray of jobs over the page's corner: running, failed with Retry, done (screens.md A6)."""

import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.tasks.task import OPEN_STATES, JobState
from app.ui.tasks.task_runner import TaskRunner
from app.ui.widgets.job_line import JobLine
from app.ui.widgets.labels import label

WIDTH = 380
_MOST_HEIGHT = 420
_REFILL_MS = 100


class JobTray(QFrame):
    """A panel over the page; Esc or Ctrl+J closes it and gives the keys back."""

    def __init__(self, runner: TaskRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel.jobs")
        self.setAccessibleName(self.tr("Jobs"))
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(WIDTH)
        self._runner = runner
        self._before: QWidget | None = None
        self._list = QScrollArea()
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(2, 8, 2, 8)
        lines.addWidget(self._list)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_REFILL_MS)
        self._pause.timeout.connect(self._refill)
        runner.jobs_changed.connect(self._note)
        self.hide()

    def toggle(self, corner: QPoint) -> None:
        """Show the tray with its lower left corner here, or hide it."""
        if self.isVisible():
            self._close()
            return
        self._before = QApplication.focusWidget()
        self._fill()
        self.show()
        self.move(corner.x(), corner.y() - self.height())
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _close(self) -> None:
        self.hide()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self) -> None:
        """Steps of a busy job come quickly; the list is made anew a few times a second."""
        if self.isVisible() and not self._pause.isActive():
            self._pause.start()

    def _refill(self) -> None:
        if self.isVisible():
            bottom = self.geometry().bottomLeft()
            self._fill()
            self.move(bottom.x(), bottom.y() + 1 - self.height())

    def _fill(self) -> None:
        had = _place_of_keys(self._list)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(12, 0, 12, 2)
        rows.setSpacing(8)
        jobs = self._runner.jobs()[::-1]
        groups = (
            (self.tr("Running"), OPEN_STATES),
            (self.tr("Failed"), {JobState.FAILED}),
            (self.tr("Done"), {JobState.DONE, JobState.STOPPED}),
        )
        for title, states in groups:
            found = [job for job in jobs if job.state in states]
            if found:
                rows.addWidget(label(title, "strong"))
            for job in found:
                rows.addWidget(JobLine(job, self._runner.cancel, self._runner.retry))
        if not jobs:
            rows.addWidget(label(self.tr("Jobs"), "strong"))
            rows.addWidget(label(self.tr("No job has run yet."), "muted"))
        self._list.setWidget(inside)
        inside.resize(WIDTH - 4, inside.sizeHint().height())
        high = inside.layout().totalHeightForWidth(WIDTH - 4)  # type: ignore[union-attr]  # set above
        wanted = max(high, inside.sizeHint().height())
        self.setFixedHeight(min(wanted + 18, _MOST_HEIGHT))
        self._list.ensureVisible(0, 0)
        _give_keys(inside, had)


def _buttons(inside: QWidget) -> list[QWidget]:
    return [each for each in inside.findChildren(QWidget) if each.property("kind") == "link"]


def _place_of_keys(area: QScrollArea) -> int:
    """Which button of the tray has the focus; -1 for none."""
    inside, focus = area.widget(), QApplication.focusWidget()
    buttons = _buttons(inside) if inside is not None else []
    return next((place for place, each in enumerate(buttons) if each is focus), -1)


def _give_keys(inside: QWidget, place: int) -> None:
    """The list is made anew each second; the keys stay where they were."""
    buttons = _buttons(inside)
    if 0 <= place < len(buttons):
        buttons[place].show()
        buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)
