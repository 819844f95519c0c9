"""The line at the window's foot: draft, jobs, person, branch, model; sample data in orange."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.tasks.task_runner import TaskRunner
from app.ui.widgets.card import hair
from app.ui.widgets.labels import IconMark, label

HEIGHT = 24
_JOBS_AFTER_MS = 100


class StatusBar(QFrame):
    """Names of part F: status.draft, status.jobs, status.branch, status.model, status.user."""

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "status-bar")
        self.setFixedHeight(HEIGHT)
        self._runner = runner
        self._draft = label("", "small", "status.draft")
        self.jobs = QPushButton()
        self.jobs.setObjectName("status.jobs")
        self.jobs.setAccessibleIdentifier("status.jobs")
        self.jobs.setProperty("kind", "status")
        self._branch = label("", "small", "status.branch")
        self._model = label("", "small", "status.model")
        self._user = label("", "small", "status.user")
        self._sandbox = QFrame()
        self._bars: list[tuple[QWidget, QLabel]] = []
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_JOBS_AFTER_MS)
        self._timer.timeout.connect(self._show_jobs)
        runner.jobs_changed.connect(self._note_jobs)
        self.show_draft("")
        self._show_jobs()

    def show_draft(self, words: str) -> None:
        """Show what is stored of what was typed."""
        self._draft.setText(words or self.tr("Nothing unsaved"))

    def show_person(self, name: str, branch: str) -> None:
        """Show who sits here and at which branch; empty for nobody."""
        self._user.setText(name)
        self._branch.setText(self.tr("Branch %1").replace("%1", branch) if branch else "")
        self._show_bars()

    def show_model(self, words: str) -> None:
        """Show the model in use."""
        self._model.setText(words)
        self._show_bars()

    def show_sandbox(self, *, sandbox: bool) -> None:
        """Mark sample data."""
        self._sandbox.setVisible(sandbox)

    def _note_jobs(self) -> None:
        """Below 100 ms nothing shows."""
        if not self._timer.isActive():
            self._timer.start()

    def _show_jobs(self) -> None:
        busy = [job for job in self._runner.jobs() if self._runner.is_open(job.request_id)]
        words = self.tr("No jobs running")
        if len(busy) == 1:
            words = busy[0].title
            if busy[0].progress.total:
                done = 100 * busy[0].progress.done // busy[0].progress.total
                words += self.tr(", %1 %").replace("%1", str(done))
        elif busy:
            words = self.tr("%1 jobs running").replace("%1", str(len(busy)))
        self.jobs.setText(words)
        self.jobs.setAccessibleName(self.tr("Jobs: %1").replace("%1", words))

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(10)
        self._sandbox.setProperty("kind", "sandbox")
        inside = QHBoxLayout(self._sandbox)
        inside.setContentsMargins(8, 0, 8, 0)
        inside.setSpacing(6)
        inside.addWidget(IconMark("alert-triangle", "on-accent", 12))
        inside.addWidget(label(self.tr("SANDBOX")))
        line.addWidget(self._sandbox)
        line.addWidget(self._draft)
        line.addWidget(_bar())
        line.addWidget(self.jobs)
        line.addStretch(1)
        for part in (self._user, self._branch, self._model):
            bar = _bar()
            self._bars.append((bar, part))
            line.addWidget(bar)
            line.addWidget(part)
        self._show_bars()

    def _show_bars(self) -> None:
        """A bar stands between two words, not beside nothing."""
        seen = False
        for bar, part in self._bars:
            filled = bool(part.text())
            bar.setVisible(filled and seen)
            seen = seen or filled


def _bar() -> QWidget:
    holder = QWidget()
    lines = QVBoxLayout(holder)
    lines.setContentsMargins(0, 5, 0, 5)
    lines.addWidget(hair(upright=True))
    return holder
