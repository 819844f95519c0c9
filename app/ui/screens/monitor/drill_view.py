"""The loans behind one figure: exactly those, with their sum; Enter opens the account."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.rules.money import count_shown, rupees
from app.services.steps.monitor_scope import MonitorScope
from app.ui.item_models.columns import Column
from app.ui.item_models.paged_source import PagedSource
from app.ui.item_models.windowed_model import WindowedModel
from app.ui.screens.monitor.drill_pages import CountWork, DrillPages, PageWork
from app.ui.screens.monitor.monitor_tab import DrillWish
from app.ui.tasks.task import TaskFailed
from app.ui.widgets.card import Card
from app.ui.widgets.figure_words import plain_amount
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.monitor import FigureRow


class DrillView(QWidget):
    """Stands over the figures while it is open.

    Signals:
        left: back to the figures.
    """

    left = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._pages = DrillPages("", MonitorScope(), bench.desk)
        self._rows: WindowedModel[FigureRow] = WindowedModel(self._columns(), bench.theme, self)
        self._table = TableView("table.drill", self.tr("Loans behind the figure"))
        self._table.set_records(self._rows)
        self._table.opened.connect(self._open)
        self._source = PagedSource(
            self._rows,
            bench.runner,
            self.tr("Reading the loans behind a figure"),
            self._page,
            self._count,
        )
        self._states = StateStack(self._table, bench, self.tr("Reading the loans…"))
        self._card = Card(" ", " ", tight=True)
        self._build()

    def show_wish(self, wish: DrillWish, scope: MonitorScope) -> None:
        """Read the loans of a figure."""
        self._pages = DrillPages(wish.figure, scope, self._bench.desk)
        self._rows.reset()
        self._card.set_title(wish.title)
        self._card.set_detail("")
        self._states.forget()
        self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def stop(self) -> None:
        """Let go of what is being read."""
        self._source.stop()

    def _page(self, after: str | None, limit: int) -> PageWork:
        return self._pages.read(after, limit)

    def _count(self) -> CountWork:
        return self._pages.count()

    def _read(self) -> None:
        self._source.restart()
        self._states.loading(self._source, self._read)
        self._states.setFocus()

    def _show(self, _rows: int) -> None:
        lines = self._pages.lines
        if lines is None:
            return
        one, many = self._counted(lines.rows)
        words = one if lines.count == 1 else many.replace("%1", count_shown(lines.count))
        words = words.replace("%2", rupees(lines.amount_paise))
        self._card.set_detail(words)
        if lines.rows:
            self._states.content()
        else:
            self._states.empty(self.tr("Nothing stands behind this figure."))

    def _counted(self, rows: Sequence[FigureRow]) -> tuple[str, str]:
        """What is counted, one and many: loans, instalments, or receipts and decisions."""
        instalments = bool(rows) and all(row.item is not None for row in rows)
        if instalments:
            return self.tr("1 instalment, %2"), self.tr("%1 instalments, %2")
        if rows and all(row.loan_id is not None and row.day is None for row in rows):
            return self.tr("1 loan, %2"), self.tr("%1 loans, %2")
        return self.tr("1 line, %2"), self.tr("%1 lines, %2")

    def _fail(self, failure: TaskFailed) -> None:
        self._states.failed(failure, self._read)

    def _open(self, row: FigureRow) -> None:
        if row.loan_id is not None:
            self._bench.navigate("loan", loan_id=row.loan_id)

    def _build(self) -> None:
        self._source.first_page.connect(self._show)
        self._source.failed.connect(self._fail)
        self._card.head.addWidget(state_button(self.tr("Back to the figures"), self.left.emit))
        self._card.body.addWidget(self._states, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 8, 16, 8)
        lines.addWidget(self._card, 1)

    def _detail(self, row: FigureRow) -> str:
        """Which instalment, and the day it fell due or was booked; nothing for a whole loan."""
        words = self.tr("instalment %1").replace("%1", str(row.item)) if row.item else ""
        day = date_shown(row.day) if row.day else ""
        return ", ".join(part for part in (words, day) if part)

    def _columns(self) -> tuple[Column[FigureRow], ...]:
        return (
            Column("reference", self.tr("Loan"), lambda r: r.reference, 160, strong=True),
            Column("branch", self.tr("Branch"), lambda r: f"{r.branch_id:04d}", 90, muted=True),
            Column("detail", self.tr("Detail"), self._detail, 240, muted=True),
            Column(
                "amount", self.tr("Amount ₹"), lambda r: plain_amount(r.amount_paise), 150, "right"
            ),
        )
