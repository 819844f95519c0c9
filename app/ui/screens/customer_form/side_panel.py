"""The side panel of S22: age, KYC state, notes, and customers who may be the same person."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.dates import date_shown
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.widgets.card import hair
from app.ui.widgets.fact_list import PairList
from app.ui.widgets.labels import FigureLabel, label
from app.ui.widgets.lending_cells import KYC_LEVELS, UNKNOWN, word_of
from app.ui.widgets.policy_notes import PolicyNote, PolicyNotes
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench
from db.records.lists import SimilarCustomer
from db.vocabulary.people import KycStatus

_MARGIN = 16
_MOST_SHOWN = 6


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerForm", words)


_MATCHES = {
    "pan_number": "Same PAN",
    "phone": "Same phone",
    "full_name": "Same name",
}


def similar_columns() -> tuple[Column[SimilarCustomer], ...]:
    """Who, and why they may be the same."""
    return (
        Column("name", _tr("Name"), lambda row: row.full_name, 156, strong=True, tip=_tip),
        Column("match", _tr("Why"), lambda row: _tr(_MATCHES.get(row.match, row.match)), 98),
    )


def _tip(row: SimilarCustomer) -> str:
    born = date_shown(row.date_of_birth) if row.date_of_birth else ""
    return ", ".join(part for part in (row.reference, born, row.city) if part)


class SidePanel(QWidget):
    """`opened` carries the similar customer that was chosen."""

    opened = Signal(SimilarCustomer)

    def __init__(
        self, workbench: Workbench, open_button: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("About this customer"))
        self._age = FigureLabel("figure.age", "strong", self.tr("Age"))
        self._kyc = FigureLabel("figure.kyc_status", "strong", self.tr("KYC"))
        self._notes = PolicyNotes()
        self._similar_words = label("", "muted", wrap=True)
        self._table = TableView("table.similar_customers", self.tr("Similar customers"))
        self._rows: RecordsModel[SimilarCustomer] = RecordsModel(similar_columns(), workbench.theme)
        self._table.set_records(self._rows)
        self._table.opened.connect(self._open)
        self._open_button = open_button
        self._build()
        self.show_similar(())

    def show_age(self, years: int | None, notes: Sequence[PolicyNote]) -> None:
        """Show the age and what policy says of it."""
        shown = UNKNOWN if years is None else self.tr("%1 years").replace("%1", str(years))
        self._age.show_figure(shown, "" if years is None else str(years))
        self._notes.show_notes(notes)

    def show_kyc(self, status: KycStatus | None) -> None:
        """Show the KYC state that saving would give."""
        if status is None:
            self._kyc.show_figure("", "")
            return
        words = word_of("kyc_status", status)
        self._kyc.show_figure(words, str(status), kind=KYC_LEVELS[status])

    def show_similar(self, found: Sequence[SimilarCustomer]) -> None:
        """Show who was found."""
        self._rows.set_rows(tuple(found))
        self._table.setVisible(bool(found))
        self._table.fit_rows(_MOST_SHOWN)
        self._open_button.setVisible(bool(found))
        count = len(found)
        words = {0: self.tr("Nobody similar found"), 1: self.tr("1 similar customer")}
        self._similar_words.setText(
            words.get(count, self.tr("%1 similar customers").replace("%1", str(count)))
        )

    def current(self) -> SimilarCustomer | None:
        """The chosen similar customer."""
        row = self._table.current_row()
        return row if isinstance(row, SimilarCustomer) else None

    def _build(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        rows.setSpacing(8)
        rows.addWidget(label(self.tr("From what is typed"), "strong"))
        figures = PairList()
        figures.add_line(self.tr("Age"), self._age)
        figures.add_line(self.tr("KYC after saving"), self._kyc)
        rows.addWidget(figures)
        rows.addWidget(self._notes)
        rows.addWidget(hair())
        rows.addWidget(label(self.tr("Similar customers"), "strong"))
        rows.addWidget(self._similar_words)
        rows.addWidget(self._table)
        rows.addWidget(self._open_button)
        rows.addStretch(1)
        note = self.tr("Notes never stop saving. Duplicates are linked later, never merged.")
        rows.addWidget(label(note, "small", wrap=True))

    def _open(self, row: object) -> None:
        if isinstance(row, SimilarCustomer):
            self.opened.emit(row)
