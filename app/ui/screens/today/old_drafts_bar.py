"""Asks what becomes of drafts that nobody has touched for long (screens.md F8)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.services.keep_draft import discard_drafts
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.message_bar import InfoBar
from app.ui.widgets.workbench import Workbench
from db.records.book import Draft


class OldDraftsBar(QWidget):
    """Hidden while there is nothing to ask; kept drafts are not asked about again this session.

    Signals:
        deleted: the drafts are gone.
        failed: a TaskFailed.
    """

    deleted = Signal()
    failed = Signal(object)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._kept: set[object] = set()
        self._drafts: tuple[Draft, ...] = ()
        self._delete = _button(self.tr("Delete them"), "old_drafts.delete")
        self._keep = _button(self.tr("Keep them"), "old_drafts.keep")
        self._delete.clicked.connect(self._start)
        self._keep.clicked.connect(self._keep_all)
        self._bar = InfoBar("info", "", (self._delete, self._keep))
        self._bar.setObjectName("")  # a part of the page, no message that came and goes
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._bar)
        self.hide()

    def ask(self, drafts: Sequence[Draft]) -> None:
        """Ask about these drafts."""
        self._drafts = tuple(each for each in drafts if each.draft_id not in self._kept)
        words = self.tr("Drafts not touched for a month or more: %1. They stay until you say so.")
        words = words.replace("%1", str(len(self._drafts)))
        self._bar.words.setText(words)
        self._bar.setAccessibleName(words)
        self.setVisible(bool(self._drafts))

    def _keep_all(self) -> None:
        self._kept |= {draft.draft_id for draft in self._drafts}
        self.hide()

    def _start(self) -> None:
        ids = [draft.draft_id for draft in self._drafts]
        desk = self._workbench.desk
        self.hide()
        self._workbench.runner.submit(
            Task(
                self.tr("Deleting old drafts"),
                Lane.DATABASE,
                lambda _control: discard_drafts(ids, desk),
                owner="today",
                writes=True,
            ),
            self._done,
            self._refused,
        )

    def _done(self, _count: int) -> None:
        self.deleted.emit()

    def _refused(self, failure: TaskFailed) -> None:
        self.failed.emit(failure)


def _button(words: str, name: str) -> QPushButton:
    made = QPushButton(words)
    made.setObjectName(name)
    made.setAccessibleIdentifier(name)
    made.setProperty("kind", "link")
    made.setAutoDefault(True)
    return made
