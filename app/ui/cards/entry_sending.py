"""Sends an entry once: a second press while it runs does nothing, a retry carries the same id."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.services.follow_up_borrower import (
    CorrectContact,
    LogContact,
    SnoozeFollowUp,
    correct_contact,
    log_contact,
    snooze_follow_up,
)
from app.services.read_follow_up import LoggedContact
from app.services.steps.ids import new_id
from app.ui.cards.entry_form import CHANNELS, EntryForm, EntryKind, tr
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.steps.desk import Desk


class EntrySending(QObject):
    """What the form holds, on its way to the book.

    Signals:
        done: it is written; carries the kind of entry and the loan's id.
        failed: carries a TaskFailed that no field explains, or no field that is still shown.
    """

    done = Signal(object, object)
    failed = Signal(object)

    def __init__(self, workbench: Workbench, form: EntryForm, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._form = form
        self._command: UUID | None = None
        self._loan_id: UUID | None = None
        self.busy = False
        form.form.edited.connect(self._forget)

    def send(self, loan_id: UUID, corrected: LoggedContact | None) -> None:
        """Write what the form holds."""
        if self.busy:
            return
        faults = self._form.form.problems()
        self._form.show_errors(faults)
        if faults:
            return
        desk = self._workbench.desk
        self._command = self._command or new_id(desk)
        act = self._act(loan_id, corrected, self._command)
        self.busy, self._loan_id = True, loan_id
        self._workbench.runner.submit(
            Task(
                tr("Writing the entry"),
                Lane.DATABASE,
                lambda _control: act(desk),
                owner="follow_up",
                writes=True,
            ),
            self._written,
            self._refused,
        )

    def _act(
        self, loan_id: UUID, corrected: LoggedContact | None, command_id: UUID
    ) -> "Callable[[Desk], object]":
        form, values = self._form, self._form.form.values()
        if form.kind is EntryKind.SNOOZE:
            until, why = values["snooze_until"], values["snooze_reason"]
            note = str(values["contact_note"] or "")
            return partial(snooze_follow_up, SnoozeFollowUp(command_id, loan_id, until, why, note))
        if form.kind is EntryKind.CORRECTION and corrected is not None:
            contact = corrected.contact
            request = CorrectContact(command_id, contact.contact_id, contact.version, form.said())
            return partial(correct_contact, request)
        channel = CHANNELS[form.kind]
        logged = LogContact(command_id, loan_id, channel, form.said(), values["override_reason"])
        return partial(log_contact, logged)

    def _forget(self, _name: str) -> None:
        """Other content is another entry, with an id of its own."""
        self._command = None

    def _written(self, _answer: object) -> None:
        self.busy, self._command = False, None
        self.done.emit(self._form.kind, self._loan_id)

    def _refused(self, failure: TaskFailed) -> None:
        self.busy = False
        if failure.fields and self._form.isVisible():
            self._form.show_errors(failure.fields)
        else:
            self.failed.emit(failure)
