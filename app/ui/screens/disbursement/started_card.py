"""The loan that a payment starts: what is credited, the instalment, and every due."""

from PySide6.QtWidgets import QHBoxLayout

from app.rules.dates import date_shown
from app.services.read_disbursement import DisbursementView
from app.services.steps.disbursed_loan import DisbursedLoan
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.disbursement.disbursement_columns import schedule_columns
from app.ui.widgets.card import Card
from app.ui.widgets.fact_list import PairList
from app.ui.widgets.figure_words import amount_words, raw_amount
from app.ui.widgets.labels import FigureLabel, label
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

_ROW_HEIGHT = 22


class StartedCard(Card):
    """Figures over the schedule; nothing is shown while the terms give no loan."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(self.tr("The loan from this payment on"), tight=True)
        self._net = FigureLabel("figure.net_amount", "strong", self.tr("Credited"))
        self._emi = FigureLabel("figure.emi_amount", "strong", self.tr("Instalment"))
        self._broken = FigureLabel("figure.broken_interest", title=self.tr("Broken period"))
        self._interest = FigureLabel("figure.total_interest", title=self.tr("All interest"))
        self._fees = FigureLabel("figure.fees", title=self.tr("Fees taken off"))
        self._last = FigureLabel("figure.last_due_date", title=self.tr("Last due"))
        self._why = label("", "muted", wrap=True)
        self._rows = RecordsModel(schedule_columns(), workbench.theme)
        self._table = TableView("table.schedule", self.tr("Schedule"), row_height=_ROW_HEIGHT)
        self._table.set_records(self._rows)
        self._build()

    def show_loan(self, view: DisbursementView) -> None:
        """Show what the terms give."""
        loan = view.loan
        self._why.setText("; ".join(view.faults.values()) if loan is None else "")
        self._why.setVisible(loan is None)
        self._rows.set_rows(() if loan is None else loan.started.instalments)
        if loan is None:
            self.set_detail("")
            for figure in self._figures():
                figure.show_figure("", "")
            return
        self._show_figures(loan)

    def _show_figures(self, loan: DisbursedLoan) -> None:
        started = loan.started
        rows = started.instalments
        count = self.tr("%1 dues, first on %2").replace("%1", str(len(rows)))
        self.set_detail(count.replace("%2", date_shown(rows[0].due_on)))
        days = self.tr("%1 days, %2").replace("%1", str(started.broken_days))
        broken = days.replace("%2", amount_words(started.broken_interest_paise))
        for figure, paise in (
            (self._net, loan.net_paise),
            (self._emi, started.emi_paise),
            (self._interest, started.total_interest_paise),
            (self._fees, loan.charges.total_paise),
        ):
            figure.show_figure(amount_words(paise), raw_amount(paise))
        none = self.tr("none")
        shown = broken if started.broken_interest_paise else none
        self._broken.show_figure(shown, raw_amount(started.broken_interest_paise))
        last = rows[-1].due_on
        self._last.show_figure(date_shown(last), last.isoformat())

    def _figures(self) -> tuple[FigureLabel, ...]:
        return (self._net, self._emi, self._broken, self._interest, self._fees, self._last)

    def _build(self) -> None:
        columns = QHBoxLayout()
        columns.setContentsMargins(12, 0, 12, 0)
        columns.setSpacing(32)
        for lines in (
            (
                (self.tr("Credited"), self._net),
                (self.tr("Fees taken off"), self._fees),
                (self.tr("Last due"), self._last),
            ),
            (
                (self.tr("Instalment"), self._emi),
                (self.tr("Broken period"), self._broken),
                (self.tr("All interest"), self._interest),
            ),
        ):
            pairs = PairList()
            for words, figure in lines:
                pairs.add_line(words, figure)
            columns.addWidget(pairs, 1)
        self._why.setContentsMargins(12, 0, 12, 0)
        self.body.addLayout(columns)
        self.body.addWidget(self._why)
        self.body.addWidget(self._table, 1)
