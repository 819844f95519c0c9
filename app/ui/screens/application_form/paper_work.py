"""What is done with the papers of the form, on the database lane: attach, check, remove."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.services.attach_document import (
    AttachDocument,
    Attachment,
    CheckDocument,
    attach_document,
    check_document,
    remove_document,
)
from app.services.steps.ids import new_id
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_life import DocumentKind


class PaperWork(QObject):
    """Reads files and writes papers off the window's thread.

    Signals:
        attached: the new Attachment.
        checked: the Attachment as it is now.
        removed: the id of a paper that is gone.
        failed: a TaskFailed.
        busy_changed: whether a file is being read.
    """

    attached = Signal(object)
    checked = Signal(object)
    removed = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, workbench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._open = 0

    def attach(self, path: Path, kind: DocumentKind) -> None:
        """Read a file and keep it as a paper of that kind."""
        desk = self._workbench.desk
        request = AttachDocument(new_id(desk), path, kind)
        self._count(1)
        task = Task(
            self.tr("Attaching the document"),
            Lane.DATABASE,
            lambda _control: attach_document(request, desk),
            owner="application_form",
            writes=True,
        )
        self._workbench.runner.submit(task, self._attached, self._refused)

    def check(self, paper: Attachment) -> None:
        """Note that a paper was compared with its original, or take that back."""
        desk = self._workbench.desk
        wanted = paper.checked_at is None
        request = CheckDocument(new_id(desk), paper.attachment_id, wanted)
        task = Task(
            self.tr("Noting the check"),
            Lane.DATABASE,
            lambda _control: check_document(request, desk),
            owner="application_form",
            writes=True,
            quiet=True,
        )
        self._workbench.runner.submit(task, self._checked, self._failed)

    def remove(self, attachment_id: UUID) -> None:
        """Take a paper away for good."""
        desk, command_id = self._workbench.desk, new_id(self._workbench.desk)

        def work(_control: object) -> UUID:
            remove_document(command_id, attachment_id, desk)
            return attachment_id

        task = Task(
            self.tr("Removing the document"),
            Lane.DATABASE,
            work,
            owner="application_form",
            writes=True,
            quiet=True,
        )
        self._workbench.runner.submit(task, self._removed, self._failed)

    def _attached(self, paper: Attachment) -> None:
        self._count(-1)
        self.attached.emit(paper)

    def _refused(self, failure: TaskFailed) -> None:
        self._count(-1)
        self.failed.emit(failure)

    def _checked(self, paper: Attachment) -> None:
        self.checked.emit(paper)

    def _removed(self, attachment_id: UUID) -> None:
        self.removed.emit(attachment_id)

    def _failed(self, failure: TaskFailed) -> None:
        self.failed.emit(failure)

    def _count(self, step: int) -> None:
        self._open += step
        self.busy_changed.emit(self._open > 0)
