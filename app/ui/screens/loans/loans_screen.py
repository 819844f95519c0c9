"""S60 in its first form: the loans of the book with class and days late."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.money import percent_text
from app.services.find_loans import FindLoans, LoansCounted, LoansFound, count_loans, find_loans
from app.ui.item_models.columns import Column
from app.ui.item_models.paged_source import PagedSource
from app.ui.item_models.windowed_model import WindowedModel
from app.ui.tasks.task import TaskControl, TaskFailed
from app.ui.widgets.figure_words import plain_amount
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import UNKNOWN
from app.ui.widgets.list_place import ListPlace
from app.ui.widgets.loan_cells import class_icon
from app.ui.widgets.picker import Choice, FilterPicker
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.search_edit import SearchEdit
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.lists import LoanFilter, LoanRow, Page
from db.vocabulary.loan_life import AssetClass


def _tr(words: str) -> str:
    return QCoreApplication.translate("LoansScreen", words)


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A loan with its days late, derived for the day of the list."""

    row: LoanRow
    days_past_due: int


def _lines(found: LoansFound) -> Page[LoanLine]:
    days = found.days_past_due
    rows = tuple(LoanLine(row, days[row.loan_id]) for row in found.page.rows)
    return Page(rows, found.page.next)


class LoansScreen(Screen):
    """The list of loans; Enter opens an account."""

    name = "loans"
    lasting = True
    margins = (0, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._model: WindowedModel[LoanLine] = WindowedModel(_columns(), workbench.theme)
        self._table = TableView("table.loans", self.tr("Loans"))
        self._table.set_records(self._model)
        self._count = label("", "muted", name="status.count")
        self._count.setAccessibleName(self.tr("Count of the list"))
        self._states = StateStack(self._table, workbench, self.tr("Reading loans…"))
        self._source = PagedSource(
            self._model, workbench.runner, self.tr("Reading loans"), self._read, self._total
        )
        self._source.counted.connect(self._show_count)
        self._source.first_page.connect(self._first_page)
        self._source.failed.connect(self._show_failure)
        self._place = ListPlace(self._table, self._source.first_page, self._source.counted)
        self._search = SearchEdit("search_text", self.tr("Customer name or loan number"))
        self._class = FilterPicker(
            "filter.asset_class", self.tr("Class"), [Choice(c, str(c)) for c in AssetClass]
        )
        self._table.opened.connect(self._open)
        self._search.searched.connect(self._filter_changed)
        self._class.value_changed.connect(self._filter_changed)
        self._build()

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 0, 16, 12)
        bar.setSpacing(8)
        bar.addWidget(self._search, 1)
        bar.addWidget(self._class)
        bar.addStretch(2)
        self.body.setSpacing(0)
        self.body.addLayout(bar)
        self.body.addWidget(self._states, 1)

    def find_in_list(self) -> None:
        """Ctrl+F."""
        self._search.setFocus()

    def clear_filters(self) -> None:
        """Ctrl+Shift+F."""
        self._search.set_value("")
        self._class.set_value(None)
        self._filter_changed(None)

    def footer(self) -> QWidget:
        """The count of the list."""
        return self._count

    def first_focus(self) -> QWidget:
        """The list."""
        return self._states

    def refresh(self) -> None:
        """Read the list again and stay where one stands in it."""
        self._place.keep()
        self._read_list()

    def _read_list(self) -> None:
        self.set_heading(Heading(self.tr("Loans")))
        self._source.restart()
        self._states.loading(self._source, self.refresh)

    def busy_leaving(self) -> None:
        """Let go of the reads nobody waits for."""
        self._source.stop()

    def _filter(self) -> LoanFilter:
        return LoanFilter(asset_class=self._class.value(), search=self._search.value())

    def _read(self, after: str | None, limit: int) -> Callable[[TaskControl], Page[LoanLine]]:
        request, desk = FindLoans(self._filter(), limit, after), self.workbench.desk
        return lambda _control: _lines(find_loans(request, desk))

    def _total(self) -> Callable[[TaskControl], LoansCounted]:
        wanted, desk = self._filter(), self.workbench.desk
        return lambda _control: count_loans(wanted, desk)

    def _filter_changed(self, _value: object) -> None:
        self._place.forget()
        self._read_list()

    def _show_count(self, total: int) -> None:
        self._count.setText(self.tr("%1 loans").replace("%1", f"{total:,}"))

    def _first_page(self, rows: int) -> None:
        """Show the rows, or why there are none."""
        if rows:
            self._states.content()
        elif self._filter() == LoanFilter():
            self._states.empty(
                self.tr("No loans yet: a loan appears here once it is disbursed."),
                state_button(self.tr("Open applications"), self._open_applications),
            )
        else:
            words = self.tr("No loan matches “%1”.").replace("%1", self._search.value())
            self._states.no_match(
                words if self._search.value() else self.tr("No loan matches these filters."),
                (state_button(self.tr("Clear filters"), self.clear_filters),),
            )

    def _open(self, line: object) -> None:
        if isinstance(line, LoanLine):
            self.workbench.navigate("loan", loan_id=line.row.loan_id)

    def _open_applications(self) -> None:
        self.workbench.navigate("applications")

    def _show_failure(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self.refresh)


def _columns() -> tuple[Column[LoanLine], ...]:
    return (
        Column("reference", _tr("Number"), lambda r: r.row.reference, 84, muted=True),
        Column("name", _tr("Customer"), lambda r: r.row.full_name, 184, strong=True),
        Column(
            "sanctioned",
            _tr("Amount ₹"),
            lambda r: plain_amount(r.row.principal_paise),
            112,
            "right",
        ),
        Column(
            "outstanding",
            _tr("Outstanding ₹"),
            lambda r: plain_amount(r.row.outstanding_paise),
            120,
            "right",
        ),
        Column(
            "overdue", _tr("Overdue ₹"), lambda r: plain_amount(r.row.overdue_paise), 104, "right"
        ),
        Column(
            "late",
            _tr("Days late"),
            lambda r: str(r.days_past_due),
            88,
            "right",
        ),
        Column(
            "class",
            _tr("Class"),
            lambda r: str(r.row.asset_class),
            128,
            icon=lambda r: class_icon(r.row.asset_class),
        ),
        Column("next", _tr("Next due"), _next_due, 104, muted=True),
        Column("emi", _tr("EMI ₹"), lambda r: plain_amount(r.row.emi_paise), 96, "right"),
        Column("rate", _tr("Rate %"), lambda r: percent_text(r.row.rate_ppm), 72, "right"),
        Column("status", _tr("Status"), lambda r: str(r.row.status), 96),
    )


def _next_due(line: LoanLine) -> str:
    due = line.row.next_due_date
    return date_shown(due) if due else UNKNOWN


def _class_icon(line: LoanLine) -> tuple[str, str]:
    return class_icon(line.row.asset_class)
