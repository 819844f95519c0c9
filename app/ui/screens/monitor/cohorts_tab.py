"""Cohorts: how many loans of each month of disbursement had ever been late, by months on book."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.rules.dates import month_shown
from app.rules.money import count_shown
from app.services.steps.cohorts_shown import EVERY, shown_part
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.monitor_tabs import CohortCell, CohortRow, CohortsWatched
from app.services.watch_cohorts import watch_cohorts
from app.ui.charts.chart_loading import load_curves
from app.ui.charts.curve import Curve
from app.ui.item_models.heat_model import HeatCell, HeatGrid, HeatLine, heat_edges
from app.ui.screens.monitor.heat_card import HeatCard
from app.ui.screens.monitor.monitor_tab import MonitorTab, TabReader
from app.ui.tasks.task import Lane, Task
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.workbench import Workbench
from db.vocabulary.operations import CohortMeasure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.charts.curve_chart import CurveChart

_PICKER_WIDTH = 208
_SHOWN = (18, 36)
_WIDE, _NARROW = 3, 2
MOST_CURVES = 12


class CohortsTab(MonitorTab):
    """Heat table and curves; the current cell is said in words and lists its loans."""

    name = "cohorts"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._measure = Picker("cohort_measure", self._measures())
        self._most = Picker("cohorts_shown", self._numbers())
        self._heat = HeatCard(
            "table.cohorts",
            self.tr("Cohorts"),
            self.tr("% of the loans disbursed in the month, by full months on book"),
            self.tr("too few loans"),
        )
        self._curves: CurveChart | None = None
        self._drawn: tuple[Curve, ...] = ()
        self._curve_card = Card(self.tr("Curves"), self.tr("%, selected, lowest and highest named"))
        words = self.tr("No month has enough loans, old enough, to be read as a rate.")
        self._no_curve = label(words, "muted", wrap=True)
        self._no_curve.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._no_curve.hide()
        self._curve_card.body.addWidget(self._no_curve, 1)
        self._answer: CohortsWatched | None = None
        self._rows: Sequence[CohortRow] = ()
        self._build()

    def reader(self, scope: MonitorScope) -> TabReader:
        """The measure that is chosen."""
        measure = CohortMeasure(self._measure.value())
        return lambda desk: watch_cohorts(scope, desk, measure)

    def show_answer(self, answer: CohortsWatched) -> None:
        """Swap the cells in place, if any has moved."""
        if answer != self._answer:
            self._answer = answer
            self._show_part()

    def _show_part(self, _value: object = None) -> None:
        if self._answer is None:
            return
        answer = shown_part(self._answer, int(self._most.value()))
        self._rows = answer.rows
        sound = (row for row in answer.rows if not row.thin)
        shares = [float(c.share) for row in sound for c in row.cells if c.share is not None]
        titles = (self.tr("Disbursed"), self.tr("Loans"), *map(str, answer.months_on_book))
        lines = tuple(self._line(row) for row in answer.rows)
        self._heat.show_grid(HeatGrid(titles, lines, heat_edges(max(shares, default=0.0))))

    def _line(self, row: CohortRow) -> HeatLine:
        cells = tuple(self._heat_cell(row, cell) for cell in row.cells)
        return HeatLine(month_shown(row.month), count_shown(row.loans), cells)

    def _heat_cell(self, row: CohortRow, cell: CohortCell) -> HeatCell | None:
        if cell.share is None or cell.ever_bad is None:
            return None
        many = self.tr("%1, %2 loans, %3 months on book: %4 ever 90 days late or more, %5 %")
        one = self.tr("%1, 1 loan, %3 months on book: %4 ever 90 days late or more, %5 %")
        words = one if row.loans == 1 else many
        said = words.replace("%1", month_shown(row.month)).replace("%2", count_shown(row.loans))
        said = said.replace("%3", str(cell.month_on_book)).replace("%4", count_shown(cell.ever_bad))
        said = said.replace("%5", f"{cell.share:.2f}")
        if row.thin:
            said += self.tr(". Too few loans to be read as a rate")
        share = float(cell.share)
        return HeatCell(share, f"{share:.1f}", said, few=row.thin, figure=cell.figure)

    def _draw(self, current: int) -> None:
        """At most twelve curves: the current cohort, the lowest, the highest, the youngest.

        A cohort too small to be read as a rate has none.
        """
        chosen = self._rows[current] if 0 <= current < len(self._rows) else None
        sound = [row for row in self._rows if not row.thin and _points(row)]
        kept = [row for row in sound if row is not chosen][-(MOST_CURVES - 1) :]
        by_end = sorted(kept, key=lambda row: _points(row)[-1][1])
        looks = {by_end[0].month: "low", by_end[-1].month: "high"} if len(by_end) > 1 else {}
        drawn = [Curve(month_shown(r.month), _points(r), looks.get(r.month, "")) for r in kept]
        if chosen is not None and not chosen.thin:
            drawn.append(Curve(month_shown(chosen.month), _points(chosen), "selected"))
        self._drawn = tuple(drawn)
        self._show_curves()

    def _show_curves(self) -> None:
        """The curves, or why there is none: axes alone would say nothing."""
        some = any(curve.points for curve in self._drawn)
        self._no_curve.setVisible(not some)
        if self._curves is not None:
            self._curves.setVisible(some)
            self._curves.show_curves(self._drawn)

    def _place_chart(self, chart_class: "type[CurveChart]") -> None:
        """The chart has been loaded."""
        self._curves = chart_class("chart.cohorts", self.tr("Curves by months on book"))
        self._curve_card.body.addWidget(self._curves, 1)
        self._show_curves()

    def _chosen(self, _value: object) -> None:
        self.choice_changed.emit()

    def _measures(self) -> list[Choice]:
        return [
            Choice(CohortMeasure.LOANS, self.tr("Ever 90 days late, by count")),
            Choice(CohortMeasure.AMOUNT, self.tr("Ever 90 days late, by amount")),
        ]

    def _numbers(self) -> list[Choice]:
        words = self.tr("%1 disbursement months")
        some = [Choice(each, words.replace("%1", str(each))) for each in _SHOWN]
        return [*some, Choice(EVERY, self.tr("All disbursement months"))]

    def _build(self) -> None:
        self._heat.pointed.connect(self._draw)
        self._heat.drill_wanted.connect(self.drill_wanted)
        self.bench.runner.submit(
            Task(
                self.tr("Loading the chart"),
                Lane.COMPUTE,
                lambda _control: load_curves(),
                key="monitor.curves",
                owner="monitor",
                quiet=True,
            ),
            self._place_chart,
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._heat, _WIDE)
        row.addWidget(self._curve_card, _NARROW)
        self.lines.setSpacing(8)
        self.lines.addLayout(self._top_line())
        self.lines.addLayout(row, 1)

    def _top_line(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(8)
        choices = (
            (self._measure, self.tr("Measure"), CohortMeasure.LOANS, self._chosen),
            (self._most, self.tr("Show"), _SHOWN[0], self._show_part),
        )
        for picker, words, usual, act in choices:
            picker.setFixedWidth(_PICKER_WIDTH)
            picker.setAccessibleName(words)
            picker.set_value(usual)
            picker.value_changed.connect(act)
            top.addWidget(label(words, "muted"))
            top.addWidget(picker)
        top.addStretch(1)
        top.addWidget(self._heat.legend)
        return top


def _points(row: CohortRow) -> tuple[tuple[int, float], ...]:
    return tuple((c.month_on_book, float(c.share)) for c in row.cells if c.share is not None)
