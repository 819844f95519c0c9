"""One job of the tray: its state as icon and words, its progress, and what can be done."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.ui.tasks.task import OPEN_STATES, Job, JobState
from app.ui.widgets.labels import IconMark, label

_ICONS = {
    JobState.WAITING: ("clock", "muted"),
    JobState.RUNNING: ("refresh", "accent"),
    JobState.STOPPING: ("player-stop", "muted"),
    JobState.DONE: ("circle-check", "good"),
    JobState.STOPPED: ("player-stop", "muted"),
    JobState.FAILED: ("circle-x", "bad"),
}


class JobLine(QWidget):
    """Title and button above, state and age below, a bar while the amount of work is known."""

    def __init__(
        self, job: Job, cancel: Callable[[int], object], retry: Callable[[int], object]
    ) -> None:
        super().__init__()
        self.setAccessibleName(f"{job.title}: {self._words(job)}")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconMark(*_ICONS[job.state]))
        head.addWidget(label(job.title))
        head.addStretch(1)
        if job.state in OPEN_STATES and job.state is not JobState.STOPPING:
            head.addWidget(_link(self.tr("Cancel"), job, cancel))
        elif job.state is JobState.FAILED:
            head.addWidget(_link(self.tr("Retry"), job, retry))
        lines.addLayout(head)
        below = QHBoxLayout()
        below.setContentsMargins(22, 0, 0, 0)
        below.addWidget(label(self._words(job), "small", wrap=True), 1)
        lines.addLayout(below)
        if job.state is JobState.RUNNING and job.progress.total:
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setRange(0, job.progress.total)
            bar.setValue(job.progress.done)
            lines.addWidget(bar)

    def _words(self, job: Job) -> str:
        words = {
            JobState.WAITING: self.tr("Waiting"),
            JobState.RUNNING: self._running(job),
            JobState.STOPPING: self.tr("Stopping…"),
            JobState.DONE: self.tr("Done"),
            JobState.STOPPED: job.sentence or self.tr("Stopped"),
            JobState.FAILED: job.sentence,
        }[job.state]
        if job.report_id:
            return f"{words.rstrip('.')}. {self.tr('Reference %1').replace('%1', job.report_id)}"
        if job.seconds:
            return self.tr("%1, %2 s").replace("%1", words).replace("%2", str(job.seconds))
        return words

    def _running(self, job: Job) -> str:
        if not job.progress.total:
            return self.tr("Running")
        words = self.tr("%1 of %2").replace("%1", f"{job.progress.done:,}")
        words = words.replace("%2", f"{job.progress.total:,}")
        return f"{words} {job.progress.words}".strip()


def _link(words: str, job: Job, act: Callable[[int], object]) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("kind", "link")
    button.setAccessibleName(f"{words}: {job.title}")
    button.setAutoDefault(True)  # Enter presses it
    button.clicked.connect(lambda _checked=False: act(job.request_id))
    return button
