"""Overview: four trends over twelve months, each with its table."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout

from app.rules.money import PAISE_PER_RUPEE, count_shown
from app.services.steps.monitor_answers import MonitorTiles, MonitorTrend, Tile
from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_tiles import monitor_trend
from app.ui.charts.line_chart import LineChart, TrendLimit, TrendLine
from app.ui.screens.monitor.monitor_tab import MonitorTab, TabReader
from app.ui.screens.monitor.twin_card import TwinCard
from app.ui.widgets.workbench import Workbench

_CRORE_PAISE = PAISE_PER_RUPEE * 10_000_000
_WIDE, _NARROW = 3, 2
Series = Sequence[Decimal | int | None]


class OverviewTab(MonitorTab):
    """NPA with PAR30, defaults, approvals and payments out."""

    name = "overview"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._npa = LineChart("chart.trend", self.tr("NPA and PAR30 by month"), _one_place)
        self._defaults = LineChart(
            "chart.default_trend", self.tr("Default rate by month"), _one_place
        )
        self._approvals = LineChart(
            "chart.approval_trend", self.tr("Approval rate by month"), _one_place
        )
        self._paid_out = LineChart(
            "chart.disbursement_trend", self.tr("Paid out by month"), _crores
        )
        self._cards = {
            self._npa: TwinCard(self.tr("NPA and PAR30"), self.tr("% of outstanding"), self._npa),
            self._defaults: TwinCard(
                self.tr("Default, ever NPA"), self.tr("% of loans lent"), self._defaults
            ),
            self._approvals: TwinCard(
                self.tr("Approval"), self.tr("% of decided"), self._approvals
            ),
            self._paid_out: TwinCard(self.tr("Paid out"), self.tr("₹ crore"), self._paid_out),
        }
        self._default_limits: tuple[TrendLimit, ...] = ()
        row = QHBoxLayout()
        row.setSpacing(12)
        for chart, card in self._cards.items():
            row.addWidget(card, _WIDE if chart is self._npa else _NARROW)
        self.lines.addLayout(row, 1)

    def reader(self, scope: MonitorScope) -> TabReader:
        """Twelve months."""
        return lambda desk: monitor_trend(scope, desk)

    def show_tiles(self, tiles: MonitorTiles) -> None:
        """NPA and PAR30 are the tiles' own months."""
        npa, par30 = tiles.tile("npa_ratio"), tiles.tile("par30")
        months = [f"{point.day:%b %y}" for point in npa.spark]
        self._default_limits = _limits(tiles.tile("default_rate"))
        lines = [
            TrendLine(self.tr("NPA"), _numbers([point.value for point in npa.spark])),
            TrendLine(self.tr("PAR30"), _numbers([point.value for point in par30.spark])),
        ]
        self._npa.show_lines(months, lines, _limits(npa))
        self._cards[self._npa].show_twin(self._npa.table_rows())

    def show_answer(self, answer: MonitorTrend) -> None:
        """Swap the lines in place."""
        months = answer.months
        names = [f"{each.month_end:%b %y}" for each in months]
        rates = [m.default_rate for m in months]
        self._show(self._defaults, names, rates, self._default_limits)
        self._show(self._approvals, names, [m.approval_rate for m in months])
        paid_out = [Decimal(m.disbursed_paise) / _CRORE_PAISE for m in months]
        self._show(self._paid_out, names, paid_out)

    def _show(
        self,
        chart: LineChart,
        months: Sequence[str],
        values: Series,
        limits: Sequence[TrendLimit] = (),
    ) -> None:
        line = TrendLine(self._cards[chart].accessibleName(), _numbers(values))
        chart.show_lines(months, (line,), limits)
        self._cards[chart].show_twin(chart.table_rows())


def _limits(tile: Tile) -> tuple[TrendLimit, ...]:
    return tuple(
        TrendLimit(float(each.value), f"{each.label} {each.value:g} %", str(each.level))
        for each in tile.limits
    )


def _numbers(values: Series) -> tuple[float | None, ...]:
    return tuple(None if value is None else float(value) for value in values)


def _one_place(value: float) -> str:
    return f"{value:.1f}"


def _crores(value: float) -> str:
    """Crores of rupees as tiles print them, without sign and unit."""
    whole, _, part = f"{value:.2f}".partition(".")
    return f"{count_shown(int(whole))}.{part}"
