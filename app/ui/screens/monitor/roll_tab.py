"""Roll rates: where the balance of each bucket stood one month end later."""

from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout

from app.rules.dates import date_shown
from app.rules.money import rupees_compact
from app.rules.roll_rates import CLOSED, WRITTEN_OFF
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.monitor_tabs import RollCell, RollRatesWatched, RollRow
from app.services.watch_roll_rates import watch_roll_rates
from app.ui.charts.roll_bars import RollBars, RollPart
from app.ui.item_models.heat_model import HeatCell, HeatGrid, HeatLine
from app.ui.screens.monitor.heat_card import HeatCard
from app.ui.screens.monitor.monitor_tab import MonitorTab, TabReader
from app.ui.widgets.card import Card
from app.ui.widgets.lending_cells import UNKNOWN
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_account import DpdBucket

_WIDE, _NARROW = 3, 2
_EDGES = (5.0, 10.0, 20.0, 40.0, 60.0, 80.0)  # most of a bucket stays where it was
_CELL = 76


def bucket_words(bucket: str) -> str:
    """A bucket as people read it; days late stand as they are."""
    words = {
        DpdBucket.NONE: QCoreApplication.translate("RollTab", "Current"),
        CLOSED: QCoreApplication.translate("RollTab", "Closed"),
        WRITTEN_OFF: QCoreApplication.translate("RollTab", "Written off"),
    }
    return words.get(bucket, bucket)


class RollTab(MonitorTab):
    """Each row adds up to 100 per cent of what the bucket owed at the first month end."""

    name = "roll"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._heat = HeatCard("table.roll_rates", self.tr("Roll rates"), " ", cell_width=_CELL)
        self._bars = RollBars("chart.roll_rates", self.tr("Better, same and worse by bucket"))
        bars = Card(self.tr("Better, same, worse"), self.tr("% of the bucket's balance"))
        bars.body.addWidget(self._bars, 1)
        self._heat.drill_wanted.connect(self.drill_wanted)
        top = QHBoxLayout()
        top.addStretch(1)
        top.addWidget(self._heat.legend)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._heat, _WIDE)
        row.addWidget(bars, _NARROW)
        self.lines.setSpacing(8)
        self.lines.addLayout(top)
        self.lines.addLayout(row, 1)

    def reader(self, scope: MonitorScope) -> TabReader:
        """From one month end to the next."""
        return lambda desk: watch_roll_rates(scope, desk)

    def show_answer(self, answer: RollRatesWatched) -> None:
        """Swap the cells in place."""
        titles = (self.tr("Days late"), self.tr("Owed"), *map(bucket_words, answer.buckets))
        lines = tuple(self._line(row) for row in answer.rows)
        if answer.month is None:
            self._heat.set_detail("")
            self._heat.show_nothing(answer.sentence)
        else:
            self._heat.show_grid(HeatGrid(titles, lines, _EDGES))
            self._heat.set_detail(self._span(*answer.month))
        self._bars.show_parts([_part(row, answer.buckets) for row in answer.rows])

    def _span(self, opened: date, ended: date) -> str:
        words = self.tr("% of what each bucket owed on %1, by where it stood on %2")
        return words.replace("%1", date_shown(opened)).replace("%2", date_shown(ended))

    def _line(self, row: RollRow) -> HeatLine:
        cells = tuple(self._cell(row, cell) for cell in row.cells)
        return HeatLine(bucket_words(row.before), rupees_compact(row.opening_paise), cells)

    def _cell(self, row: RollRow, cell: RollCell) -> HeatCell | None:
        if cell.share is None:
            return None
        words = self.tr("From %1 to %2: %3 loans that owed %4, %5 % of the bucket")
        said = words.replace("%1", bucket_words(row.before)).replace("%2", bucket_words(cell.after))
        said = said.replace("%3", f"{cell.loans:,}")
        said = said.replace("%4", rupees_compact(cell.opening_paise))
        said = said.replace("%5", f"{cell.share:.2f}")
        shown = f"{cell.share:.1f}" if cell.share else UNKNOWN
        return HeatCell(float(cell.share), shown, said, figure=cell.figure if cell.loans else "")


def _part(row: RollRow, buckets: tuple[str, ...]) -> RollPart:
    """What rolled forward, stayed and came back, in per cent; a closed loan came back."""
    place = buckets.index(row.before)
    worse = same = better = 0.0
    for at, cell in enumerate(row.cells):
        share = float(cell.share or 0)
        if at == place:
            same += share
        elif at < place or cell.after == CLOSED:
            better += share
        else:
            worse += share
    return RollPart(bucket_words(row.before), better, same, worse)
