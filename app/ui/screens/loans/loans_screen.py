"""S60: the loans of the book with class and days late, filtered, added up, saved as a file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.services.export_loans import ENDINGS, ExportLoans, LoansExported, export_loans
from app.services.find_loans import (
    FindLoans,
    LoanChoices,
    LoansCounted,
    count_loans,
    find_loans,
    loan_choices,
)
from app.services.steps.desk import Desk
from app.services.steps.open_account import why_over
from app.ui.actions.action_button import action_button
from app.ui.item_models.paged_source import PagedSource
from app.ui.item_models.windowed_model import WindowedModel
from app.ui.screens.loans.loan_columns import LoanLine, lines_of, loan_columns
from app.ui.screens.loans.loan_filters import LoanFilters
from app.ui.screens.loans.own_views import OwnViews
from app.ui.screens.loans.totals_strip import TotalsStrip
from app.ui.tasks.task import Lane, Task, TaskControl, TaskFailed
from app.ui.widgets.list_place import ListPlace
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.lists import LoanFilter, Page


def save_loans(request: ExportLoans, desk: Desk, control: TaskControl) -> LoansExported:
    """Write the file of a filtered list (database lane).

    Raises:
        Refused: the person may not export, or the file cannot be written there.
        StoppedError: it was cancelled; nothing was written.
    """
    return export_loans(request, desk, control.progress, control.cancelled)


class LoansScreen(Screen):
    """The list of loans; Enter opens an account."""

    name = "loans"
    lasting = True
    margins = (0, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        create = workbench.registry.create
        self._open = create("loan.open", self._open_current, self)
        self._pay = create("loan.record_payment", self._pay_current, self)
        self._export = create("list.export", self._start_export, self)
        self._waiting = create("loans.waiting", self._open_waiting, self)
        self._day_end = create("loans.day_end", self._open_day_end, self)
        self._model: WindowedModel[LoanLine] = WindowedModel(loan_columns(), workbench.theme)
        self._table = TableView("table.loans", self.tr("Loans"))
        self._table.set_records(self._model)
        self._totals = TotalsStrip()
        self._states = StateStack(self._table, workbench, self.tr("Reading loans…"))
        self._source = PagedSource(
            self._model, workbench.runner, self.tr("Reading loans"), self._read, self._total
        )
        self._offered = False  # the filters know products and officers
        self._place = ListPlace(self._table, self._source.first_page, self._source.counted)
        self._filters = LoanFilters()
        self._views = OwnViews(workbench, self._filters, self)
        self._build()

    # Hooks of the shell.

    def find_in_list(self) -> None:
        """Ctrl+F."""
        self._filters.search.setFocus()

    def clear_filters(self) -> None:
        """Ctrl+Shift+F."""
        self._filters.clear()

    def header_actions(self) -> list[QWidget]:
        """What can be done with the list and with its current row."""
        actions = (self._day_end, self._waiting, self._export, self._open, self._pay)
        return [action_button(each) for each in actions]

    def footer(self) -> QWidget:
        """The totals of the list."""
        return self._totals

    def first_focus(self) -> QWidget:
        """The list."""
        return self._states

    def refresh(self) -> None:
        """Read the list again and stay where one stands in it."""
        self._place.keep()
        self._offered = False
        self._read_list()

    def busy_leaving(self) -> None:
        """Let go of the reads nobody waits for."""
        self._source.stop()

    # Reading.

    def _read_list(self) -> None:
        self.set_heading(Heading(self.tr("Loans")))
        self._source.restart()
        self._states.loading(self._source, self.refresh)

    def _read_choices(self) -> None:
        desk = self.workbench.desk
        task = Task(
            self.tr("Reading products and officers"),
            Lane.DATABASE,
            lambda _control: loan_choices(desk),
            key="loans.choices",
            owner=self.name,
            quiet=True,
        )
        self.workbench.runner.submit(task, self._offer, self._no_choices)

    def _offer(self, choices: LoanChoices) -> None:
        self._filters.offer(choices)

    def _no_choices(self, _failure: TaskFailed) -> None:
        """The list itself says what failed; its filters offer what they offered before."""

    def _read(self, after: str | None, limit: int) -> Callable[[TaskControl], Page[LoanLine]]:
        request, desk = FindLoans(self._filters.filter(), limit, after), self.workbench.desk
        return lambda _control: lines_of(find_loans(request, desk))

    def _total(self) -> Callable[[TaskControl], LoansCounted]:
        wanted, desk = self._filters.filter(), self.workbench.desk
        return lambda _control: count_loans(wanted, desk)

    def _filter_changed(self) -> None:
        self._place.forget()
        self._read_list()

    def _show_totals(self, _total: int) -> None:
        if isinstance(self._source.last_count, LoansCounted):
            self._totals.show_totals(self._source.last_count)

    def _first_page(self, rows: int) -> None:
        """Show the rows, or why there are none; the filters' choices come after the list."""
        if not self._offered:
            self._offered = True
            self._read_choices()
            self._views.strip.read()
        searched = self._filters.search.value()
        if rows:
            self._states.content()
        elif self._filters.filter() == LoanFilter():
            self._states.empty(
                self.tr("No loans yet: a loan appears here once it is disbursed."),
                state_button(self.tr("Open applications"), self._open_applications),
            )
        else:
            words = self.tr("No loan matches “%1”.").replace("%1", searched)
            self._states.no_match(
                words if searched else self.tr("No loan matches these filters."),
                (state_button(self.tr("Clear filters"), self.clear_filters),),
            )

    def _show_failure(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)

    # Acting.

    def _open_waiting(self) -> None:
        self.workbench.navigate("loan_acts")

    def _open_day_end(self) -> None:
        self.workbench.navigate("day_end")

    def _open_current(self) -> None:
        self._open_line(self._table.current_row())

    def _open_line(self, line: object) -> None:
        if isinstance(line, LoanLine):
            self.workbench.navigate("loan", loan_id=line.row.loan_id)

    def _pay_current(self) -> None:
        line = self._table.current_row()
        if not isinstance(line, LoanLine):
            return
        self.clear_messages()
        why = why_over(line.row.status, line.row.reference)
        if why:
            self.show_message("info", why)
        else:
            self.workbench.navigate("payment", loan_id=line.row.loan_id)

    def _open_applications(self) -> None:
        self.workbench.navigate("applications")

    def _start_export(self) -> None:
        kinds = ";;".join(f"{each[1:].upper()} (*{each})" for each in ENDINGS)
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the list"), f"loans{ENDINGS[0]}", kinds
        )
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, target: Path) -> None:
        """Write the filtered list to a file; the tray shows how far it is and cancels it."""
        request, desk = ExportLoans(self._filters.filter(), target), self.workbench.desk
        task = Task(
            self.tr("Saving the list of loans"),
            Lane.DATABASE,
            partial(save_loans, request, desk),
            owner=self.name,
            writes=True,
        )
        self.workbench.runner.submit(task, self._exported, self._not_exported)

    def _exported(self, made: LoansExported) -> None:
        words = self.tr("Saved as %1: %2 loans").replace("%1", made.target.name)
        self.clear_messages()
        self.show_message("good", words.replace("%2", f"{made.loans:,}"))

    def _not_exported(self, failure: TaskFailed) -> None:
        self.clear_messages()
        self.show_message("bad", failure.sentence)

    def _build(self) -> None:
        self._source.counted.connect(self._show_totals)
        self._source.first_page.connect(self._first_page)
        self._source.failed.connect(self._show_failure)
        self._table.opened.connect(self._open_line)
        self._filters.changed.connect(self._filter_changed)
        self.body.setSpacing(0)
        self._views.strip.failed.connect(self._not_exported)
        self._views.strip.closed.connect(self._states.setFocus)
        for link in self._views.links():
            self._totals.add_link(link)
        self.body.addWidget(self._filters)
        self.body.addWidget(self._views.strip)
        self.body.addWidget(self._states, 1)
