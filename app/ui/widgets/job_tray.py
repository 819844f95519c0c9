"""The tray of jobs: running, done, failed with Retry (screens.md A6), over the page's corner."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.tasks.task import OPEN_STATES, Job, JobState
from app.ui.tasks.task_runner import TaskRunner
from app.ui.widgets.labels import IconMark, label

WIDTH = 360
_ICONS = {
    JobState.WAITING: ("clock", "muted"),
    JobState.RUNNING: ("refresh", "accent"),
    JobState.STOPPING: ("player-stop", "muted"),
    JobState.DONE: ("circle-check", "good"),
    JobState.STOPPED: ("player-stop", "muted"),
    JobState.FAILED: ("circle-x", "bad"),
}
_MOST_SHOWN = 8


class JobTray(QFrame):
    """A panel over the page; Esc or Ctrl+J closes it."""

    def __init__(self, runner: TaskRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel.jobs")
        self.setAccessibleName(self.tr("Jobs"))
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(WIDTH)
        self._runner = runner
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(12, 8, 12, 10)
        self._lines.setSpacing(6)
        runner.jobs_changed.connect(self._note)
        self.hide()

    def toggle(self, corner: QPoint) -> None:
        """Show the tray with its lower left corner here, or hide it."""
        if self.isVisible():
            self.hide()
            return
        self._fill()
        self.show()
        self.adjustSize()
        self.move(corner.x(), corner.y() - self.height())
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _note(self) -> None:
        if self.isVisible():
            bottom = self.geometry().bottomLeft()
            self._fill()
            self.adjustSize()
            self.move(bottom.x(), bottom.y() + 1 - self.height())

    def _fill(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._lines.addWidget(label(self.tr("Jobs"), "strong"))
        jobs = self._runner.jobs()[::-1]
        jobs = tuple(sorted(jobs, key=lambda job: job.state not in OPEN_STATES))
        if not jobs:
            self._lines.addWidget(label(self.tr("No job has run yet."), "muted"))
        for job in jobs[:_MOST_SHOWN]:
            self._lines.addWidget(self._line(job))

    def _line(self, job: Job) -> QWidget:
        made = QWidget()
        made.setAccessibleName(f"{job.title}: {self._words(job)}")
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconMark(*_ICONS[job.state]))
        head.addWidget(label(job.title))
        head.addStretch(1)
        if job.state in OPEN_STATES:
            head.addWidget(self._button(self.tr("Cancel"), job, self._cancel))
        elif job.state is JobState.FAILED:
            head.addWidget(self._button(self.tr("Retry"), job, self._retry))
        lines.addLayout(head)
        words: QLabel = label(self._words(job), "small", wrap=True)
        lines.addWidget(words)
        if job.state is JobState.RUNNING and job.progress.total:
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setRange(0, job.progress.total)
            bar.setValue(job.progress.done)
            lines.addWidget(bar)
        return made

    def _words(self, job: Job) -> str:
        if job.state is JobState.RUNNING and job.progress.total:
            words = self.tr("%1 of %2").replace("%1", f"{job.progress.done:,}")
            words = words.replace("%2", f"{job.progress.total:,}")
            return f"{words} {job.progress.words}".strip()
        if job.state is JobState.FAILED and job.report_id:
            return f"{job.sentence} {self.tr('Report %1').replace('%1', job.report_id)}"
        return {
            JobState.WAITING: self.tr("Waiting"),
            JobState.RUNNING: self.tr("Running"),
            JobState.STOPPING: self.tr("Stopping…"),
            JobState.DONE: self.tr("Done"),
            JobState.STOPPED: self.tr("Stopped"),
            JobState.FAILED: job.sentence,
        }[job.state]

    def _button(self, words: str, job: Job, act: Callable[[int], None]) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "link")
        button.setAccessibleName(f"{words}: {job.title}")
        button.clicked.connect(lambda _checked=False: act(job.request_id))
        return button

    def _cancel(self, request_id: int) -> None:
        self._runner.cancel(request_id)

    def _retry(self, request_id: int) -> None:
        self._runner.retry(request_id)
