"""S64: the statement of a loan's account, looked at and saved as a file; saving can be stopped."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.rules.day_count import add_months
from app.services.read_statement import (
    MakeStatement,
    StatementPreview,
    make_statement,
    preview_statement,
)
from app.services.steps.desk import Desk
from app.services.steps.letter_file import check_target, write_letter
from app.ui.actions.action_button import action_button
from app.ui.documents.page_pictures import PagePictures, pictures_of
from app.ui.screens.statement.statement_form import StatementForm
from app.ui.tasks.task import Lane, Task, TaskControl, TaskFailed
from app.ui.widgets.screen import Crumb, Heading, Screen
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench

if TYPE_CHECKING:
    from app.ui.tasks.task_runner import TaskHandle

_MONTHS = 12  # what is offered first
_PAUSE_MS = 300  # in typing a day


def save_statement(request: MakeStatement, target: Path, desk: Desk, control: TaskControl) -> Path:
    """Make a statement and write it (database lane).

    Raises:
        Refused: as `make_statement`, or the file cannot be written there.
        StoppedError: it was cancelled; nothing was written.
    """
    check_target(target, f".{request.format}")
    write_letter(target, make_statement(request, desk, control.cancelled).content)
    return target


class StatementScreen(Screen):
    """Fields at the left, the pages of the letter at the right; Ctrl+Enter saves."""

    name = "statement"
    rail = "loans"
    margins = (16, 0, 16, 16)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._make = workbench.registry.create("statement.make", self._start_saving, self)
        self._loan: UUID | None = None
        self._number = ""
        self._saving: TaskHandle | None = None
        self._form = StatementForm(self._today)
        self._pages = PagePictures("panel.preview")
        self._states = StateStack(self._pages, workbench, self.tr("Making the pages…"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._form.changed.connect(self._pause.start)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._form)
        line.addWidget(self._states, 1)
        self.body.addLayout(line, 1)

    # Hooks of the shell.

    def opened(self, **arguments: object) -> None:
        """Show the statement of the loan `loan_id`."""
        loan_id = arguments.get("loan_id")
        if isinstance(loan_id, UUID) and loan_id != self._loan:
            self._loan, self._number = loan_id, ""
            self._states.forget()
            self._form.start(add_months(self._today(), -_MONTHS), self._today())
            self._pause.stop()
            self.set_heading(Heading(self.tr("Statement"), (Crumb(self.tr("Loans"), "loans"),)))
        self.clear_messages()

    def header_actions(self) -> list[QWidget]:
        """Save the statement."""
        return [action_button(self._make)]

    def first_focus(self) -> QWidget | None:
        """The first day."""
        return self._form.form.row("from_date").input

    def busy_leaving(self) -> None:
        """No page is made for nobody."""
        self._pause.stop()

    def refresh(self) -> None:
        """Make the pages of what the fields say."""
        if self._loan is None or (request := self._form.wanted(self._loan)) is None:
            return
        desk = self.workbench.desk
        handle = self.workbench.runner.submit(
            Task(
                self.tr("Making the pages"),
                Lane.DATABASE,
                lambda _control: _looked_at(request, desk),
                key="statement.preview",
                owner=self.name,
                quiet=True,
            ),
            self._show,
            self._failed,
        )
        self._states.loading(handle, self.refresh)

    # Showing.

    def _show(self, preview: StatementPreview) -> None:
        statement = preview.statement
        if statement.loan.loan_id != self._loan:
            return
        self._form.show_sums(statement)
        self._pages.show_pictures(pictures_of(preview.pages))
        self._states.content()
        self._number = reference = statement.loan.reference
        crumbs = (Crumb(self.tr("Loans"), "loans"), Crumb(reference))
        title = self.tr("Statement of %1").replace("%1", reference)
        self.set_heading(Heading(title, crumbs, statement.customer.full_name))

    def _failed(self, failure: TaskFailed) -> None:
        self._form.form.show_errors(failure.fields)
        if failure.fields:
            self._states.empty(self.tr("The pages show once the period fits."))
        else:
            self._states.failed(failure, self.refresh)

    # Saving.

    def _start_saving(self) -> None:
        if self._loan is None or (request := self._form.wanted(self._loan)) is None:
            return
        ending = request.format.value
        name = "-".join(filter(None, ("statement", self._number))) + f".{ending}"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the statement"), name, f"*.{ending}"
        )
        if chosen:
            self.save_to(request, Path(chosen))

    def save_to(self, request: MakeStatement, target: Path) -> None:
        """Write a statement to a file; what could not be written is said on the page."""
        desk = self.workbench.desk
        self._saving = self.workbench.runner.submit(
            Task(
                self.tr("Making the statement"),
                Lane.DATABASE,
                lambda control: save_statement(request, target, desk, control),
                owner=self.name,
                writes=True,
            ),
            self._saved,
            self._refused,
        )
        stop = state_button(self.tr("Cancel"), self._stop_saving)
        self.clear_messages()
        self.show_message("info", self.tr("Making the statement…"), [stop])

    def _stop_saving(self) -> None:
        """Stop; a job that has begun says by itself how it ended."""
        if self._saving is None:
            return
        self._saving.cancel()
        if not self._saving.waiting:
            self.clear_messages()
            self.show_message("info", self.tr("Stopped. No file was made."))

    def _saved(self, target: Path) -> None:
        self.clear_messages()
        self.show_message("good", self.tr("Saved as %1").replace("%1", target.name))

    def _refused(self, failure: TaskFailed) -> None:
        self.clear_messages()
        if failure.fields:
            self._form.form.show_errors(failure.fields)
        else:
            self.show_message("bad", failure.sentence)

    def _today(self) -> date:
        return self.workbench.desk.clock.today()


def _looked_at(request: MakeStatement, desk: Desk) -> StatementPreview:
    return preview_statement(request, desk)
