"""The right side of Today: my applications by status, drafts on this PC, my book."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.money import rupees_compact, rupees_shown, rupees_text
from app.services.today_work import TodayWork
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.today.work_columns import draft_columns
from app.ui.widgets.card import Card
from app.ui.widgets.kpi_tile import CountTile
from app.ui.widgets.labels import FigureLabel, label
from app.ui.widgets.lending_cells import UNKNOWN, word_of
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.workbench import Workbench
from app.ui.widgets.wrapped_table import WrappedTable
from db.records.book import Draft
from db.vocabulary.loan_life import ApplicationStatus

WIDTH = 320
_DRAFTS_SHOWN = 6
_EMPTY_HEIGHT = 44
_COUNTED = (
    ("kpi.my_draft", ApplicationStatus.DRAFT),
    ("kpi.my_pending", ApplicationStatus.PENDING),
    ("kpi.my_proposed", ApplicationStatus.PROPOSED),
    ("kpi.my_returned", ApplicationStatus.RETURNED),
    ("kpi.my_approved", ApplicationStatus.APPROVED),
)


class SideCards(QWidget):
    """Three cards above each other. `draft_opened` carries the chosen `Draft`."""

    draft_opened = Signal(Draft)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._tiles = {
            status: CountTile(name, word_of("application_status", status))
            for name, status in _COUNTED
        }
        self._drafts = WrappedTable("table.drafts", self.tr("Unfinished drafts"))
        self._drafts.hide_header()
        self._draft_rows = RecordsModel(draft_columns(), workbench.theme)
        self._drafts.set_records(self._draft_rows)
        self._drafts.opened.connect(self._open_draft)
        self._drafts.fitted.connect(self._fit_drafts)
        self._draft_states = StateStack(self._drafts, workbench, self.tr("Reading drafts…"))
        self._draft_states.setFixedHeight(_EMPTY_HEIGHT)
        self._disbursed = FigureLabel(
            "kpi.my_disbursed_month", "strong", self.tr("Disbursed this month")
        )
        self._calls = FigureLabel("kpi.my_follow_ups", "strong", self.tr("Loans that need a call"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for card in (self._counts_card(), self._drafts_card(), self._book_card()):
            rows.addWidget(card)
        rows.addStretch(1)

    def loading(self) -> None:
        """The page is read; what was shown stays."""
        self._draft_states.loading()

    def not_read(self) -> None:
        """The read failed or was stopped; the list of things to do says why and tries again."""
        if self._draft_states.waiting() is None:
            self._draft_states.keep()
        else:
            self._draft_states.empty(self.tr("Not read."))

    def show_work(self, work: TodayWork) -> None:
        """Show counts, drafts and sums as read."""
        for status, tile in self._tiles.items():
            count = work.counts.get(status, 0)
            tile.show_value(str(count), str(count))
        self._draft_rows.set_rows(work.drafts)
        if work.drafts:
            self._fit_drafts()
            self._draft_states.content()
        else:
            self._draft_states.setFixedHeight(_EMPTY_HEIGHT)
            self._draft_states.empty(self.tr("No unfinished drafts."))
        paise = work.disbursed_month_paise
        self._disbursed.show_figure(
            rupees_compact(paise), rupees_text(paise), describe=rupees_shown(paise)
        )

    def _fit_drafts(self) -> None:
        """As high as the first few need, each with all its words."""
        if self._draft_rows.rowCount():
            self._drafts.fit_rows(_DRAFTS_SHOWN)
            self._draft_states.setFixedHeight(self._drafts.height())

    def show_calls(self, count: int | None) -> None:
        """Show how many of my loans need a call today; None while it is not known."""
        words = UNKNOWN if count is None else f"{count:,}"
        self._calls.show_figure(words, "" if count is None else str(count), describe=words)

    def _counts_card(self) -> Card:
        card = Card(self.tr("My applications"))
        line = QHBoxLayout()
        line.setSpacing(0)
        for tile in self._tiles.values():
            line.addWidget(tile)
        card.body.addLayout(line)
        return card

    def _drafts_card(self) -> Card:
        card = Card(self.tr("Unfinished drafts"), self.tr("on this PC"), tight=True)
        card.body.addWidget(self._draft_states)
        return card

    def _book_card(self) -> Card:
        card = Card(self.tr("My book"))
        line = QHBoxLayout()
        line.addWidget(label(self.tr("Disbursed this month"), "body"))
        line.addStretch(1)
        line.addWidget(self._disbursed)
        card.body.addLayout(line)
        calls = QHBoxLayout()
        calls.addWidget(label(self.tr("Loans that need a call"), "body"))
        calls.addStretch(1)
        calls.addWidget(self._calls)
        card.body.addLayout(calls)
        self.show_calls(None)
        return card

    def _open_draft(self, draft: object) -> None:
        if isinstance(draft, Draft):
            self.draft_opened.emit(draft)
