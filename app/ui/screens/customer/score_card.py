"""The card of the score history: the chart, or the same scores as a table."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.rules.score_bands import ScoreScale
from app.services.read_customer_overview import ScoreMade
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.customer.fact_words import whole_score
from app.ui.screens.customer.score_chart import ScoreChart, spoken, standing
from app.ui.theme import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tabs import Tabs


def _tr(words: str) -> str:
    return QCoreApplication.translate("CustomerScreen", words)


def score_columns() -> tuple[Column[ScoreMade], ...]:
    """Day, score, level, application, model, whether it still speaks."""
    return (
        Column("day", _tr("Made on"), lambda s: date_shown(bank_day(s.at)), 106),
        Column("score", _tr("Score"), _score, 50, "right", strong=True),
        Column("level", _tr("Risk"), lambda s: word_of("risk_level", s.level), 68),
        Column("reference", _tr("For"), lambda s: s.reference, 64),
        Column("model", _tr("Model"), lambda s: s.model_id, 92, muted=True),
        Column("state", _tr("State"), _state, 84, muted=True, tip=standing),
    )


class ScoreCard(Card):
    """Chart and table of one list of scores. `opened` carries a `ScoreMade`."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_tr("Internal score, each time it was made"))
        self._rows: RecordsModel[ScoreMade] = RecordsModel(score_columns(), theme)
        self.chart = ScoreChart()
        self.table = TableView("table.score_history", _tr("Score history"))
        self.table.set_records(self._rows)
        self._said = label("", "small", wrap=True)
        self._tabs = Tabs(detached=True)
        self._states = StateStack(self._tabs)
        self._build()
        self.chart.chosen.connect(self._say)
        self.chart.opened.connect(self.opened)
        self.table.opened.connect(self.opened)

    def show_scores(self, scores: Sequence[ScoreMade], scale: ScoreScale) -> None:
        """Show scores, oldest first; the table has the newest on top."""
        self._rows.set_rows(tuple(reversed(scores)))
        self._tabs.bar_widget.setVisible(bool(scores))
        if not scores:
            self._states.empty(_tr("No score yet: an application gets one when it is submitted."))
            return
        self.chart.show_scores(scores, scale)
        self._states.content()

    def show_absent(self, words: str) -> None:
        """Say why this person sees no scores."""
        self._tabs.bar_widget.hide()
        self._states.no_permission(words)

    def _say(self, score: object) -> None:
        if isinstance(score, ScoreMade):
            self._said.setText(spoken(score))

    def _build(self) -> None:
        page = QWidget()
        lines = QVBoxLayout(page)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addWidget(self.chart, 1)
        lines.addWidget(self._said)
        self._tabs.add("score_chart", _tr("Chart"), page)
        self._tabs.add("score_table", _tr("Table"), self.table)
        self.head.addWidget(self._tabs.bar_widget)
        self.body.addWidget(self._states, 1)


def _score(score: ScoreMade) -> str:
    return str(whole_score(score.score_hundredths))


def _state(score: ScoreMade) -> str:
    if score.replaced:
        return _tr("replaced")
    return _tr("outdated") if score.outdated else _tr("stands")
