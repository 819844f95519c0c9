"""Reads the loan beside the follow-up list; a late answer for another loan is thrown away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.find_follow_ups import FollowUpRow
from app.services.read_follow_up import FollowUpView, read_follow_up
from app.ui.cards.entry_form import EntryForm
from app.ui.screens.follow_up.follow_up_pane import WIDTH, FollowUpPane
from app.ui.screens.follow_up.follow_up_words import tr
from app.ui.tasks.task import Lane, Task, TaskFailed
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench


class LoanBeside(QWidget):
    """The pane and its states.

    Attributes:
        view: what was read of the loan that is shown; None until it has been.

    Signals:
        shown: the loan has been read.
    """

    shown = Signal()

    def __init__(self, workbench: Workbench, entry: EntryForm) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self._workbench = workbench
        self._row: FollowUpRow | None = None
        self.view: FollowUpView | None = None
        self.pane = FollowUpPane(workbench.theme, entry)
        self._states = StateStack(self.pane, workbench, tr("Reading the loan…"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._states)

    def open(self, row: FollowUpRow | None) -> None:
        """Show the loan of a row; what is shown of the same loan stays until it is read."""
        if row is None or self._row is None or row.loan_id != self._row.loan_id:
            self.view = None
        self._row = row
        if row is None:
            self._states.no_match(tr("Choose a loan to see it here."))
        else:
            self._read()

    def _read(self) -> None:
        row, desk = self._row, self._workbench.desk
        if row is None:
            return
        handle = self._workbench.runner.submit(
            Task(
                tr("Reading the loan"),
                Lane.DATABASE,
                lambda _control: read_follow_up(row.loan_id, desk),
                key="follow_up_loan",
                owner="follow_up",
                quiet=True,
            ),
            self._show,
            self._failed,
        )
        self._states.loading(handle, self._read)

    def _show(self, view: FollowUpView) -> None:
        row = self._row
        if row is None or row.loan_id != view.loan.loan_id:
            return
        self.view = view
        self._states.content()
        self.pane.show_loan(row, view)
        self.shown.emit()

    def _failed(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self._read)
