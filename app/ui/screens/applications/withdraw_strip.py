"""Taking an application back: a strip over the list that asks for the reason first."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.services.enter_application import (
    ApplicationWithdrawn,
    WithdrawApplication,
    withdraw_application,
)
from app.services.read_application import read_application
from app.services.steps.desk import Desk
from app.services.steps.ids import new_id
from app.ui.actions.action_button import action_button
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.form_row import Form, FormRow, FormSection
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.text_edit import TextEdit
from app.ui.widgets.workbench import Workbench
from db.records.lists import ApplicationRow
from db.vocabulary.reasons import WithdrawReason

_NOTE = 500


def take_back(
    application_id: UUID, reason: WithdrawReason, note: str, desk: Desk
) -> ApplicationWithdrawn:
    """Withdraw the application as it stands now (database lane)."""
    version = read_application(application_id, desk).application.version
    request = WithdrawApplication(new_id(desk), application_id, version, reason, note)
    return withdraw_application(request, desk)


class WithdrawStrip(QFrame):
    """Hidden until somebody asks; leaves again with the answer.

    Signals:
        failed: a TaskFailed.
    """

    failed = Signal(object)

    def __init__(self, workbench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._row: ApplicationRow | None = None
        self._title = label("", "strong")
        self._form = Form("form.withdraw")
        section = FormSection()
        reasons = [Choice(r, word_of("withdraw_reason", r)) for r in WithdrawReason]
        section.add(FormRow(self.tr("Reason"), Picker("reason", reasons)))
        section.add(FormRow(self.tr("Note"), TextEdit("note", _NOTE), optional=True))
        self._form.add(section)
        confirm = workbench.registry.create("application.withdraw", self._send, self._form)
        self._form.add_widget(action_button(confirm, style="plain", small=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 12)
        column.addWidget(self._title)
        column.addWidget(self._form)
        self.hide()

    def ask(self, row: ApplicationRow) -> None:
        """Ask why this application is withdrawn."""
        self._row = row
        words = self.tr("Withdraw %1 of %2").replace("%1", row.reference)
        self._title.setText(words.replace("%2", row.full_name))
        self._form.clear()
        self.show()
        self._form.jump_to("reason")

    def _send(self) -> None:
        row, values, desk = self._row, self._form.values(), self._workbench.desk
        if row is None:
            return
        if values["reason"] is None:
            self._form.show_errors({"reason": self.tr("Choose why it is withdrawn")})
            return
        reason, note = WithdrawReason(values["reason"]), values["note"] or ""
        self._workbench.runner.submit(
            Task(
                self.tr("Withdrawing the application"),
                Lane.DATABASE,
                lambda _control: take_back(row.application_id, reason, note, desk),
                owner="applications",
                writes=True,
            ),
            self._withdrawn,
            self._refused,
        )

    def _withdrawn(self, answer: ApplicationWithdrawn) -> None:
        self.hide()
        self._row = None
        self._workbench.notices.tell("application", answer.application_id)

    def _refused(self, failure: TaskFailed) -> None:
        if failure.fields:
            self._form.show_errors(failure.fields)
        else:
            self.hide()
            self.failed.emit(failure)
