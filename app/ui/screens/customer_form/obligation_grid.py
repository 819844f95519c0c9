"""Monthly dues of a customer: an entry line (`form.obligation`) above a table of them."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.dates import month_shown
from app.rules.money import rupees_shown
from app.services.register_customer import ObligationEntry
from app.ui.actions.action_button import action_button
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.customer_form.obligation_line import ObligationLine
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

_MOST_SHOWN = 6


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerForm", words)


def obligation_columns() -> tuple[Column[ObligationEntry], ...]:
    """Lender, kind, monthly amount, outstanding, end."""
    return (
        Column("lender", _tr("Paid to"), lambda due: due.lender_name, 200, strong=True),
        Column("kind", _tr("Kind"), _kind, 180),
        Column("monthly", _tr("Monthly ₹"), _monthly, 100, align="right"),
        Column("outstanding", _tr("Outstanding ₹"), _outstanding, 120, align="right"),
        Column("ends", _tr("Ends"), _ends, 96, align="right"),
    )


class ObligationGrid(QWidget):
    """What is typed so far. `changed` is sent after each added or removed due."""

    changed = Signal()

    def __init__(
        self, workbench: Workbench, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._dues: tuple[ObligationEntry, ...] = ()
        self._line = ObligationLine(today, self)
        self._table = TableView("table.obligations", self.tr("Monthly dues"))
        self._rows: RecordsModel[ObligationEntry] = RecordsModel(
            obligation_columns(), workbench.theme
        )
        self._table.set_records(self._rows)
        self._total = label("", "small")
        registry = workbench.registry
        self._add = registry.create("obligation.add", self._add_due, self)
        self._remove = registry.create("obligation.remove", self._remove_due, self)
        self._line.submitted.connect(self._add_due)
        self._build(self._add, self._remove)
        self._show(())

    @property
    def line(self) -> ObligationLine:
        """The entry line."""
        return self._line

    def value(self) -> tuple[ObligationEntry, ...]:
        """The dues, in the order they were typed."""
        return self._dues

    def set_value(self, dues: Sequence[ObligationEntry]) -> None:
        """Show stored dues."""
        self._line.clear()
        self._show(tuple(dues))

    def take_line(self) -> bool:
        """Add a due that stands typed in the entry line; False if it cannot be read."""
        if self._line.is_empty():
            return True
        self._add_due()
        return self._line.is_empty()

    def _build(self, add: QAction, remove: QAction) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self._line)
        keys = QHBoxLayout()
        keys.addWidget(action_button(add, "plain", small=True))
        keys.addWidget(action_button(remove, "plain", small=True))
        keys.addStretch(1)
        keys.addWidget(self._total)
        rows.addLayout(keys)
        rows.addWidget(self._table)

    def _add_due(self) -> None:
        due = self._line.taken()
        if due is None:
            return
        self._line.clear()
        self._show((*self._dues, due))
        self.changed.emit()

    def _remove_due(self) -> None:
        due = self._table.current_row()
        if not isinstance(due, ObligationEntry):
            return
        kept = list(self._dues)
        kept.remove(due)
        self._show(tuple(kept))
        self.changed.emit()

    def _show(self, dues: tuple[ObligationEntry, ...]) -> None:
        self._dues = dues
        self._rows.set_rows(dues)
        self._table.setVisible(bool(dues))
        self._table.fit_rows(_MOST_SHOWN)
        self._remove.setEnabled(bool(dues))
        together = sum(due.monthly_amount_paise for due in dues)
        words = self.tr("Together %1 a month").replace("%1", rupees_shown(together))
        self._total.setText(words if dues else self.tr("No monthly dues typed"))


def _kind(due: ObligationEntry) -> str:
    return word_of("obligation_type", due.obligation_type)


def _monthly(due: ObligationEntry) -> str:
    return rupees_shown(due.monthly_amount_paise).removeprefix("₹")


def _outstanding(due: ObligationEntry) -> str:
    if due.outstanding_paise is None:
        return UNKNOWN
    return rupees_shown(due.outstanding_paise).removeprefix("₹")


def _ends(due: ObligationEntry) -> str:
    return month_shown(due.end_date) if due.end_date else UNKNOWN
