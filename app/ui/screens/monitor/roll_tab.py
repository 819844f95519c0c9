"""Roll rates: where the balance of each bucket stood one month end later."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rules.dates import date_shown, month_shown
from app.rules.money import count_shown, rupees_compact
from app.rules.roll_rates import CLOSED, WRITTEN_OFF
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.monitor_tabs import RollCell, RollRatesWatched, RollRow
from app.services.watch_roll_rates import watch_roll_rates
from app.ui.charts.line_chart import LineChart, TrendLine
from app.ui.charts.roll_bars import RollBars, RollPart
from app.ui.item_models.heat_model import HeatCell, HeatGrid, HeatLine
from app.ui.screens.monitor.heat_card import HeatCard
from app.ui.screens.monitor.monitor_tab import MonitorTab, TabReader
from app.ui.screens.monitor.twin_card import TwinCard
from app.ui.widgets.card import Card
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_account import DpdBucket

_WIDE, _NARROW = 3, 2
_UPPER, _LOWER = 5, 4
_EDGES = (5.0, 10.0, 20.0, 40.0, 60.0, 80.0)  # most of a bucket stays where it was
_CELL = 76
_PICKER_WIDTH = 160


def bucket_words(bucket: str) -> str:
    """A bucket as people read it; days late stand as they are."""
    words = {
        DpdBucket.NONE: QCoreApplication.translate("RollTab", "Current"),
        CLOSED: QCoreApplication.translate("RollTab", "Closed"),
        WRITTEN_OFF: QCoreApplication.translate("RollTab", "Written off"),
    }
    return words.get(bucket, bucket)


class RollTab(MonitorTab):
    """Each row adds up to 100 per cent of what the bucket owed at the first month end.

    The matrix is of the month that is chosen; below stands what rolled on in each of them.
    """

    name = "roll"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._answer: RollRatesWatched | None = None
        self._month = Picker("roll_month", [])
        self._heat = HeatCard("table.roll_rates", self.tr("Roll rates"), " ", cell_width=_CELL)
        self._bars = RollBars("chart.roll_rates", self.tr("Better, same and worse by bucket"))
        self._worse = LineChart("chart.rolled_worse", self.tr("Rolled worse by month"), _one_place)
        self._months = TwinCard(
            self.tr("Rolled worse"), self.tr("% of the bucket's balance, by month"), self._worse
        )
        self._heat.drill_wanted.connect(self.drill_wanted)
        self._build()

    def reader(self, scope: MonitorScope) -> TabReader:
        """From one month end to the next."""
        return lambda desk: watch_roll_rates(scope, desk)

    def show_answer(self, answer: RollRatesWatched) -> None:
        """Swap the cells in place; the month that was chosen stays, while it is still told."""
        before = self._answer.months[:1] if self._answer else ()
        newest, chosen = next((each.month[1] for each in before), None), self._month.value()
        self._answer = answer
        ends = [each.month[1] for each in answer.months]
        blocked = QSignalBlocker(self._month)
        self._month.set_choices([Choice(end, month_shown(end)) for end in ends])
        stays = chosen in ends and chosen != newest  # the newest gives way to a newer one
        self._month.set_value(chosen if stays else next(iter(ends), None))
        del blocked
        for part in self._only_with_months:
            part.setVisible(bool(ends))
        self._show_month()
        self._show_worse(answer)

    def _show_month(self, _value: object = None) -> None:
        """The matrix and the bars of the month that is chosen."""
        answer, end = self._answer, self._month.value()
        if answer is None:
            return
        told = next((each for each in answer.months if each.month[1] == end), None)
        if told is None:
            self._heat.set_detail("")
            self._heat.show_nothing(answer.sentence)
            self._bars.show_parts([])
            return
        titles = (self.tr("Days late"), self.tr("Owed"), *map(bucket_words, answer.buckets))
        lines = tuple(self._line(row) for row in told.rows)
        self._heat.show_grid(HeatGrid(titles, lines, _EDGES))
        self._heat.set_detail(self._span(*told.month))
        self._bars.show_parts([_part(row, answer.buckets) for row in told.rows])

    def _show_worse(self, answer: RollRatesWatched) -> None:
        """What rolled on over the months; a gap where nothing was owed. Nothing rolls beyond 90."""
        months = answer.months[::-1]
        names = [f"{each.month[1]:%b %y}" for each in months]
        lines = [
            TrendLine(
                bucket_words(row.before),
                tuple(_number(each.rows[place].worse) for each in months),
            )
            for place, row in enumerate(answer.rows)
            if row.before != DpdBucket.OVER_90
        ]
        self._worse.show_lines(names, lines)
        self._months.show_twin(self._worse.table_rows())

    def _build(self) -> None:
        bars = Card(self.tr("Better, same, worse"), self.tr("% of the bucket's balance"))
        bars.body.addWidget(self._bars, 1)
        words = label(self.tr("Month"), "muted")
        self._month.setFixedWidth(_PICKER_WIDTH)
        self._month.setAccessibleName(self.tr("Month"))
        self._month.value_changed.connect(self._show_month)
        self._only_with_months: tuple[QWidget, ...] = (words, self._month, bars, self._months)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(words)
        top.addWidget(self._month)
        top.addStretch(1)
        top.addWidget(self._heat.legend)
        upper = QHBoxLayout()
        upper.setSpacing(12)
        upper.addWidget(self._heat, _WIDE)
        upper.addWidget(bars, _NARROW)
        self.lines.setSpacing(8)
        self.lines.addLayout(top)
        self.lines.addLayout(upper, _UPPER)
        self.lines.addSpacing(4)
        self.lines.addWidget(self._months, _LOWER)

    def _span(self, opened: date, ended: date) -> str:
        words = self.tr("% of what each bucket owed on %1, by where it stood on %2")
        return words.replace("%1", date_shown(opened)).replace("%2", date_shown(ended))

    def _line(self, row: RollRow) -> HeatLine:
        cells = tuple(self._cell(row, cell) for cell in row.cells)
        return HeatLine(bucket_words(row.before), rupees_compact(row.opening_paise), cells)

    def _cell(self, row: RollRow, cell: RollCell) -> HeatCell | None:
        if cell.share is None:
            return None
        one = self.tr("From %1 to %2: 1 loan that owed %4, %5 % of the bucket")
        many = self.tr("From %1 to %2: %3 loans that owed %4, %5 % of the bucket")
        words = one if cell.loans == 1 else many
        said = words.replace("%1", bucket_words(row.before)).replace("%2", bucket_words(cell.after))
        said = said.replace("%3", count_shown(cell.loans))
        said = said.replace("%4", rupees_compact(cell.opening_paise))
        said = said.replace("%5", f"{cell.share:.2f}")
        shown = f"{cell.share:.1f}" if cell.loans else "0"
        return HeatCell(float(cell.share), shown, said, figure=cell.figure if cell.loans else "")


def _number(share: Decimal | None) -> float | None:
    return None if share is None else float(share)


def _one_place(value: float) -> str:
    return f"{value:.1f}"


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
