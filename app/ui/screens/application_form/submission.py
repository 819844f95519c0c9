"""One commit of the form: the same command however often it is sent, until it is answered."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.services.enter_application import (
    ApplicationSubmitted,
    SubmitApplication,
    submit_application,
)
from app.services.steps.application_facts import ApplicationFacts
from app.services.steps.ids import new_id
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.workbench import Workbench


class Submission(QObject):
    """Sends an application on the database lane.

    Signals:
        done: the answer, an ApplicationSubmitted.
        failed: a TaskFailed.

    Attributes:
        waits: whether an answer is still to come; a second press then does nothing.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, workbench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._command_id = new_id(workbench.desk)
        self.waits = False

    def start(self) -> None:
        """Begin another application."""
        self._command_id = new_id(self._workbench.desk)
        self.waits = False

    def send(self, facts: ApplicationFacts, draft_id: UUID | None) -> None:
        """Commit and score what was typed; `draft_id` goes with it."""
        desk = self._workbench.desk
        request = SubmitApplication(self._command_id, facts, draft_id)
        self.waits = True
        self._workbench.runner.submit(
            Task(
                self.tr("Scoring the application"),
                Lane.DATABASE,
                lambda _control: submit_application(request, desk),
                owner="application_form",
                writes=True,
            ),
            self._answered,
            self._refused,
        )

    def _answered(self, answer: ApplicationSubmitted) -> None:
        self.start()
        self.done.emit(answer)

    def _refused(self, failure: TaskFailed) -> None:
        self.waits = False
        self.failed.emit(failure)
