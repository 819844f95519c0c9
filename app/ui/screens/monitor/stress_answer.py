"""What stress runs came to: figures beside each other, the worst segments, how it was made."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.services.steps.stress_figures import NOT_A_FORECAST, SegmentBy, StressRun
from app.ui.charts.stress_bars import StressBar, StressBars
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.monitor.stress_words import (
    FigureLine,
    SegmentLine,
    figure_columns,
    figure_lines,
    scenario_words,
    segment_columns,
    segment_lines,
    segment_words,
    tr,
)
from app.ui.theme import Theme
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Choice
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.table_view import TableView

_ROW_HEIGHT = 22


class StressAnswer(QWidget):
    """`table.stress`, `chart.stress` with its table, and the method under them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._runs: tuple[StressRun, ...] = ()
        self._products: Mapping[str, str] = {}
        self._figures: RecordsModel[FigureLine] = RecordsModel(figure_columns(), theme)
        self._segments: RecordsModel[SegmentLine] = RecordsModel(segment_columns(), theme)
        self._by = Segmented(
            "stress_by",
            (
                Choice(SegmentBy.PRODUCT, tr("Product")),
                Choice(SegmentBy.EMPLOYMENT, tr("Work")),
                Choice(SegmentBy.STATE, tr("State")),
            ),
        )
        self._by.value_changed.connect(self._show_segments)
        self._table = TableView("table.stress", tr("Before and after"), row_height=_ROW_HEIGHT)
        self._bars = StressBars()
        self._chart_card = Card(tr("Expected loss"), corner=self._by)
        self._method = label("", "small", wrap=True, name="text.stress_method")
        self._build()

    def show_runs(self, runs: Sequence[StressRun], products: Mapping[str, str]) -> None:
        """Show up to three runs, the newest last; its segments and its method."""
        self._runs, self._products = tuple(runs), products
        self._figures.set_rows(figure_lines(self._runs))
        self._table.fit_rows()
        self._show_segments()
        if self._runs:
            last = self._runs[-1]
            self._method.setText(" ".join((f"{last.mark}.", *last.method)))

    def _show_segments(self, _value: object = None) -> None:
        by: SegmentBy = self._by.value()
        self._segments.set_rows(segment_lines(self._runs, by, self._products))
        if not self._runs:
            self._bars.show_bars(())
            return
        last = self._runs[-1]
        self._chart_card.set_detail(scenario_words(last.name))
        self._bars.show_bars(
            [
                StressBar(
                    segment_words(by, each.key, self._products),
                    each.loss_before_paise,
                    each.loss_after_paise,
                )
                for each in last.cut(by)
                if each.loss_before_paise is not None and each.loss_after_paise is not None
            ]
        )

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        figures = Card(tr("Before and after"), NOT_A_FORECAST, tight=True)
        self._table.set_records(self._figures)
        figures.body.addWidget(self._table)
        figures.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column.addWidget(figures)
        self._chart_card.body.addWidget(self._bars, 1)
        parts = Card(tr("Worst segments first"), tight=True)
        segments = TableView("table.stress_segments", tr("Segments"), row_height=_ROW_HEIGHT)
        segments.set_records(self._segments)
        parts.body.addWidget(segments, 1)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self._chart_card, 5)
        lower.addWidget(parts, 9)
        column.addLayout(lower, 1)
        column.addWidget(self._method)
