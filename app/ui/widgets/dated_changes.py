"""The place of a list of dated rows, which the form of a change takes while somebody types one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.services.change_rule import ProposalAnswer
from app.services.steps.desk import Desk
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.change_form import ChangeForm
from app.ui.widgets.dated_list import DatedList
from app.ui.widgets.dated_rows import DatedEntry
from app.ui.widgets.workbench import Workbench


@dataclass(frozen=True, slots=True)
class ChangeActs:
    """How a change of one kind is typed and sent.

    Attributes:
        subject: what the form starts from, read on the database lane.
        form: makes the form of a subject.
        typed: the act of what is typed, or None after the form showed its errors.
    """

    subject: Callable[[DatedEntry[Any], tuple[DatedEntry[Any], ...], Desk], object]
    form: Callable[[Any], ChangeForm]
    typed: Callable[[Any], Callable[[Desk], ProposalAnswer] | None]


class DatedChanges(QStackedWidget):
    """List or form.

    Signals:
        mode_changed: the form has come or gone.
        form_made: a form for another row than before.
        edited: something was typed.
        failed: carries a TaskFailed that the form does not show.
    """

    mode_changed = Signal()
    form_made = Signal()
    edited = Signal()
    failed = Signal(object)

    def __init__(self, workbench: Workbench, rows: DatedList, acts: ChangeActs) -> None:
        super().__init__()
        self._workbench = workbench
        self._rows = rows
        self._acts = acts
        self._form: ChangeForm | None = None
        self._about: tuple[object, ...] | None = None
        self._sending = False
        self.addWidget(rows)

    @property
    def form_shown(self) -> ChangeForm | None:
        """The form, None while the list shows."""
        return self._form if self.currentWidget() is self._form else None

    def open_form(self) -> None:
        """Propose a change of the current row; what was typed for it before is still there."""
        entry, form = self._rows.current(), self._form
        if entry is None:
            return
        if form is not None and form.typed and self._about == entry.identity:
            self._show(form)
            return
        self._about = entry.identity
        desk, entries, read = self._workbench.desk, self._rows.book.entries, self._acts.subject
        self._workbench.runner.submit(
            Task(
                self.tr("Reading the row"),
                Lane.DATABASE,
                lambda _control: read(entry, entries, desk),
                key=f"{self._rows.name}.subject",
                owner=self._rows.name,
                quiet=True,
            ),
            self._make,
            self.show_failure,
        )

    def send(self) -> None:
        """Propose what is typed, unless a field has to be put right; a second press waits."""
        form, desk = self.form_shown, self._workbench.desk
        act = None if form is None or self._sending else self._acts.typed(form)
        if act is None:
            return
        self._sending = True
        self._workbench.runner.submit(
            Task(
                self.tr("Sending a change for approval"),
                Lane.DATABASE,
                lambda _control: act(desk),
                owner=self._rows.name,
                writes=True,
            ),
            self._sent,
            self.show_failure,
        )

    def close_form(self) -> None:
        """Show the list; the form keeps what was typed."""
        if self.form_shown is not None:
            self.setCurrentWidget(self._rows)
            self._rows.table.setFocus()
            self.mode_changed.emit()

    def show_failure(self, failure: TaskFailed) -> None:
        """Show what was refused at its fields, or hand it on."""
        self._sending = False
        form = self.form_shown
        if form is not None and failure.fields:
            form.show_errors(failure.fields)
        else:
            self.failed.emit(failure)

    def _make(self, subject: object) -> None:
        self._forget()
        form = self._acts.form(subject)
        form.back_asked.connect(self.close_form)
        form.edited.connect(self.edited)
        self._form = form
        self.addWidget(form)
        self.form_made.emit()
        self._show(form)

    def _show(self, form: ChangeForm) -> None:
        self.setCurrentWidget(form)
        form.start()
        self.mode_changed.emit()

    def _forget(self) -> None:
        form, self._form = self._form, None
        if form is not None:
            self.removeWidget(form)
            form.deleteLater()

    def _sent(self, answer: ProposalAnswer) -> None:
        self._sending = False
        self.close_form()
        self._forget()
        self._rows.go_to_proposal(answer.proposal_id)
        self._workbench.notices.tell("rule", answer.proposal_id)
