"""S21 Overview: sums, monthly dues, score history."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.dates import month_shown
from app.rules.money import rupees_compact, rupees_shown, rupees_text
from app.services.read_customer import CustomerView
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.customer.score_history import ScoreHistory
from app.ui.theme import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.kpi_tile import KpiTile
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from db.records.people import Obligation

_TABLE_HEIGHT = 200


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


def due_columns() -> tuple[Column[Obligation], ...]:
    """Lender, kind, monthly amount, outstanding, end."""
    return (
        Column("lender", _tr("Paid to"), lambda due: due.lender_name, 150, strong=True),
        Column("kind", _tr("Kind"), _kind, 150),
        Column("monthly", _tr("Monthly ₹"), _monthly, 84, align="right"),
        Column("outstanding", _tr("Outstanding ₹"), _outstanding, 104, align="right"),
        Column("ends", _tr("Ends"), _ends, 80, align="right"),
    )


class OverviewTab(QWidget):
    """Tiles above, two cards below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sanctioned = KpiTile("kpi.sanctioned", self.tr("Sanctioned"))
        self._outstanding = KpiTile("kpi.outstanding", self.tr("Outstanding"))
        self._overdue = KpiTile("kpi.overdue", self.tr("Overdue"))
        self._rows: RecordsModel[Obligation] = RecordsModel(due_columns(), theme)
        self._table = TableView("table.obligations", self.tr("Monthly dues"))
        self._table.set_records(self._rows)
        self._states = StateStack(self._table)
        self._total = label("", "small")
        self._history = ScoreHistory()
        self._dues = Card(self.tr("Monthly dues"), corner=self._total, tight=True)
        self._build()

    def show_customer(self, view: CustomerView) -> None:
        """Show one customer."""
        for tile, paise, definition in (
            (self._sanctioned, view.sanctioned_paise, self.tr("Principal of all loans with us")),
            (self._outstanding, view.exposure_paise, self.tr("Principal still owed to us")),
            (self._overdue, view.overdue_paise, self.tr("Due and not paid")),
        ):
            said = f"{definition}: {rupees_shown(paise)}"
            tile.show_value(rupees_compact(paise), rupees_text(paise), definition=said)
        self._show_dues(view.customer.obligations)
        self._history.show_scores(view.score_history)

    def _show_dues(self, dues: Sequence[Obligation]) -> None:
        self._rows.set_rows(dues)
        together = sum(due.monthly_amount_paise for due in dues)
        words = self.tr("Together %1 a month").replace("%1", rupees_shown(together))
        self._total.setText(words if dues else "")
        if dues:
            self._states.content()
        else:
            self._states.empty(self.tr("No monthly dues on record."))

    def _build(self) -> None:
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for tile in (self._sanctioned, self._outstanding, self._overdue):
            tiles.addWidget(tile, 1)
        self._states.setFixedHeight(_TABLE_HEIGHT)
        self._dues.body.addWidget(self._states)
        self._dues.body.addStretch(1)  # else the heading takes what the other card is higher
        history = Card(self.tr("Internal score, each time it was made"))
        history.body.addWidget(self._history)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self._dues, 3)
        cards.addWidget(history, 2)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 12, 16, 16)
        rows.setSpacing(12)
        rows.addLayout(tiles)
        rows.addLayout(cards)
        rows.addStretch(1)


def _kind(due: Obligation) -> str:
    return word_of("obligation_type", due.obligation_type)


def _monthly(due: Obligation) -> str:
    return rupees_shown(due.monthly_amount_paise).removeprefix("₹")


def _outstanding(due: Obligation) -> str:
    if due.outstanding_paise is None:
        return UNKNOWN
    return rupees_shown(due.outstanding_paise).removeprefix("₹")


def _ends(due: Obligation) -> str:
    return month_shown(due.end_date) if due.end_date else UNKNOWN
