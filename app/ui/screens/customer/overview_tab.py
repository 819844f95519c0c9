"""S21 Overview: sums, what needs attention, last applications, monthly dues, score history."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.rules.dates import month_shown
from app.rules.money import rupees_compact, rupees_shown, rupees_text
from app.services.read_customer_overview import (
    AttentionLine,
    CustomerOverview,
    LoanSums,
    ScoreMade,
    read_customer_overview,
)
from app.ui.cards.list_card import ListCard
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.customer.attention_card import AttentionCard
from app.ui.screens.customer.customer_tab import CustomerTab
from app.ui.screens.customer.record_columns import last_application_columns
from app.ui.screens.customer.score_card import ScoreCard
from app.ui.widgets.kpi_tile import KpiTile
from app.ui.widgets.lending_cells import UNKNOWN, whole_rupees, word_of
from app.ui.widgets.loan_cells import days_late_words
from app.ui.widgets.workbench import Workbench
from db.records.lists import ApplicationRow
from db.records.people import Obligation

_GAP = 12
_HIGHEST = 400  # of the scores: a higher chart says no more


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


def due_columns() -> tuple[Column[Obligation], ...]:
    """Lender, kind, monthly amount, outstanding, end."""
    return (
        Column("lender", _tr("Paid to"), lambda due: due.lender_name, 140, strong=True),
        Column("kind", _tr("Kind"), _kind, 130),
        Column("monthly", _tr("Monthly ₹"), _monthly, 84, align="right"),
        Column("outstanding", _tr("Outstanding ₹"), _outstanding, 104, align="right"),
        Column("ends", _tr("Ends"), _ends, 80, align="right"),
    )


class OverviewTab(CustomerTab):
    """Tiles above; below applications and dues at the left, attention and scores at the right.

    Signals:
        attended: carries the `AttentionLine` somebody chose.
        application_opened: carries the id of an application.
        tab_asked: a tile was opened; carries the tab that tells more.
    """

    attended = Signal(AttentionLine)
    application_opened = Signal(object)
    tab_asked = Signal(str)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench, "overview", _tr("Reading the overview"), read_customer_overview)
        theme = workbench.theme
        self._tiles = {
            "sanctioned": KpiTile("kpi.sanctioned", _tr("Sanctioned")),
            "outstanding": KpiTile("kpi.outstanding", _tr("Outstanding")),
            "overdue": KpiTile("kpi.overdue", _tr("Overdue")),
        }
        applications: RecordsModel[ApplicationRow] = RecordsModel(last_application_columns(), theme)
        self._applications = ListCard(
            "table.last_applications", _tr("Last applications"), applications
        )
        dues: RecordsModel[Obligation] = RecordsModel(due_columns(), theme)
        self._dues = ListCard("table.obligations", _tr("Monthly dues"), dues)
        self._attention = AttentionCard(theme)
        self._scores = ScoreCard(theme)
        self._build()
        self._attention.opened.connect(self.attended)
        self._scores.opened.connect(self._open_application)
        self._applications.table.opened.connect(self._open_application)
        for tile in self._tiles.values():
            tile.opened.connect(self._ask_loans)

    def show_answer(self, answer: object) -> None:
        """Show one customer."""
        if not isinstance(answer, CustomerOverview):
            return
        self._show_sums(answer.sums, answer.days_late)
        self._show_dues(answer.customer.obligations)
        self._attention.show_lines(answer.attention)
        if answer.sees_applications:
            self._show_applications(answer)
            self._scores.show_scores(answer.scores, answer.scale)
        else:
            words = _tr("Your role does not read applications and scores.")
            self._applications.show_absent(words)
            self._scores.show_absent(words)
        self.states.content()

    def _show_sums(self, sums: LoanSums | None, days_late: int) -> None:
        late = ""
        if sums is not None and sums.overdue_paise:
            late = days_late_words(days_late)
        for name, definition in (
            ("sanctioned", _tr("Principal of all loans with us")),
            ("outstanding", _tr("Principal still owed to us")),
            ("overdue", _tr("Due and not paid")),
        ):
            if sums is None:
                self._tiles[name].show_value("", "", _tr("not for your role"), definition)
                continue
            paise = int(getattr(sums, f"{name}_paise"))
            said = f"{definition}: {rupees_shown(paise)}"
            change = _loans_words(sums, name)
            self._tiles[name].show_value(
                rupees_compact(paise),
                rupees_text(paise),
                change,
                said,
                late if name == "overdue" else "",
            )

    def _show_dues(self, dues: Sequence[Obligation]) -> None:
        together = rupees_shown(sum(due.monthly_amount_paise for due in dues))
        words = _tr("Together %1 a month").replace("%1", together)
        self._dues.show_rows(dues, _tr("No monthly dues on record."), words if dues else "")

    def _show_applications(self, view: CustomerOverview) -> None:
        more = view.more_applications
        words = _tr("%1 older on the Applications tab").replace("%1", str(more)) if more else ""
        self._applications.show_rows(view.applications, _tr("No applications yet."), words)

    def _open_application(self, row: object) -> None:
        if isinstance(row, ApplicationRow | ScoreMade):
            self.application_opened.emit(row.application_id)

    def _ask_loans(self, _name: str) -> None:
        self.tab_asked.emit("loans")

    def _build(self) -> None:
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, _GAP, 16, 16)
        rows.setSpacing(_GAP)
        tiles = QHBoxLayout()
        tiles.setSpacing(_GAP)
        for tile in self._tiles.values():
            tiles.addWidget(tile, 1)
        rows.addLayout(tiles)
        cards = QGridLayout()
        cards.setSpacing(_GAP)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(_GAP)
        for card in (self._applications, self._dues):
            left.addWidget(card)
        left.addStretch(1)
        self._scores.setMaximumHeight(_HIGHEST)
        right.addWidget(self._attention)
        right.addWidget(self._scores, 1)
        right.addStretch()
        cards.addLayout(left, 0, 0)
        cards.addLayout(right, 0, 1)
        cards.setColumnStretch(0, 4)
        cards.setColumnStretch(1, 3)
        rows.addLayout(cards, 1)
        self.hold(content)


def _loans_words(sums: LoanSums, name: str) -> str:
    """What a sum is over, in a few words."""
    if not sums.loans:
        return _tr("no loans with us")
    if name == "sanctioned":
        return _tr("1 loan") if sums.loans == 1 else _tr("%1 loans").replace("%1", str(sums.loans))
    if name == "outstanding":
        return _tr("%1 running").replace("%1", str(sums.running))
    if not sums.behind:
        return _tr("nothing is late")
    if sums.behind == 1:
        return _tr("on 1 loan")
    return _tr("on %1 loans").replace("%1", str(sums.behind))


def _kind(due: Obligation) -> str:
    return word_of("obligation_type", due.obligation_type)


def _monthly(due: Obligation) -> str:
    return whole_rupees(due.monthly_amount_paise)


def _outstanding(due: Obligation) -> str:
    if due.outstanding_paise is None:
        return UNKNOWN
    return whole_rupees(due.outstanding_paise)


def _ends(due: Obligation) -> str:
    return month_shown(due.end_date) if due.end_date else UNKNOWN
