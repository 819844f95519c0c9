"""Repayment: the month's due dates as a calendar, how instalments were paid, and receipts."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget

from app.rules.dates import date_shown, month_shown
from app.rules.money import count_shown, rupees_compact
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.monitor_tabs import CountRow, DueDay, RepaymentWatched
from app.services.watch_repayment import watch_repayment
from app.ui.charts.due_calendar import DayDues, DueCalendar
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.monitor.monitor_tab import DrillWish, MonitorTab, TabReader
from app.ui.screens.monitor.monitor_words import ratio_words
from app.ui.screens.monitor.repayment_columns import count_columns, day_columns
from app.ui.widgets.card import Card
from app.ui.widgets.labels import FigureLabel, label
from app.ui.widgets.state_buttons import state_button
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

_ROW_HEIGHT = 24
_WIDE, _NARROW = 3, 2


class RepaymentTab(MonitorTab):
    """A day, a count or a method lists its instalments or receipts."""

    name = "repayment"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._calendar = DueCalendar("chart.repayment_calendar", self.tr("Due dates of the month"))
        self._days: RecordsModel[DueDay] = RecordsModel(day_columns(), bench.theme, self)
        self._counts: RecordsModel[CountRow] = RecordsModel(
            count_columns(self._count_words()), bench.theme, self
        )
        self._table = TableView("table.repayment", self.tr("Due dates"), row_height=_ROW_HEIGHT)
        self._turned = QStackedWidget()
        self._turn = state_button(self.tr("Table"), self._turn_over, "link")
        self._card = Card(self.tr("Due dates"), " ", self._turn)
        self._figures = {
            "on_time": FigureLabel("figure.on_time", "strong", self.tr("On time")),
            "current": FigureLabel("figure.current_efficiency", "strong", self.tr("Collection")),
            "overall": FigureLabel("figure.overall_efficiency", "strong", self.tr("With arrears")),
            "headline": FigureLabel(
                "figure.headline_efficiency", "strong", self.tr("All receipts")
            ),
        }
        self._build()

    def reader(self, scope: MonitorScope) -> TabReader:
        """The month looked at."""
        return lambda desk: watch_repayment(scope, desk)

    def show_answer(self, answer: RepaymentWatched) -> None:
        """Swap the days in place."""
        self._days.set_rows(answer.days)
        days = {day.day: self._dues(day) for day in answer.days}
        self._calendar.show_month(answer.month, days)
        self._card.set_detail(
            self.tr("%1, instalments by day; dotted: the money that is missing").replace(
                "%1", month_shown(answer.month)
            )
        )
        counts = (answer.due, answer.on_time, answer.late, answer.unpaid)
        others = (answer.prepayments, answer.bounces)
        self._counts.set_rows((*counts, *others, *answer.by_method))
        shares = {
            "on_time": answer.on_time_share,
            "current": answer.current_efficiency,
            "overall": answer.overall_efficiency,
            "headline": answer.headline_efficiency,
        }
        for name, share in shares.items():
            words = ratio_words(share)
            self._figures[name].show_figure(words, words.removesuffix(" %"), self._meaning(name))

    def _dues(self, day: DueDay) -> DayDues:
        words = self.tr(
            "%1: %2 instalments due, %3; %4 paid on time, %5 late, %6 not paid, %7 missing"
        )
        said = words.replace("%1", date_shown(day.day)).replace("%2", count_shown(day.due))
        said = said.replace("%3", rupees_compact(day.due_paise)).replace(
            "%4", count_shown(day.on_time)
        )
        said = said.replace("%5", count_shown(day.late)).replace("%6", count_shown(day.unpaid))
        said = said.replace("%7", rupees_compact(day.missed_paise))
        printed = [self.tr("%1 due").replace("%1", count_shown(day.due))]
        if day.unpaid:
            printed.append(self.tr("%1 missing").replace("%1", count_shown(day.unpaid)))
        missed = day.missed_paise / day.due_paise if day.due_paise else 0.0
        return DayDues(day.day, day.due, missed, tuple(printed), said, day.figure)

    def _open_day(self, dues: DayDues) -> None:
        self.drill_wanted.emit(DrillWish(dues.figure, dues.sentence))

    def _open_row(self, row: DueDay) -> None:
        self._open_day(self._dues(row))

    def _open_count(self, row: CountRow) -> None:
        title = self._count_words().get(row.key, row.key)
        self.drill_wanted.emit(DrillWish(row.figure, title))

    def _turn_over(self) -> None:
        back = self._turned.currentWidget() is self._table
        shown = self._calendar if back else self._table
        self._turned.setCurrentWidget(shown)
        self._turn.setText(self.tr("Table") if back else self.tr("Calendar"))
        shown.setFocus()

    def _count_words(self) -> dict[str, str]:
        return {
            "due": self.tr("Instalments due so far"),
            "on_time": self.tr("Paid in full by their due date"),
            "late": self.tr("Paid later"),
            "unpaid": self.tr("Not paid"),
            "prepayments": self.tr("Prepayments of the month"),
            "bounces": self.tr("Bounces of the month"),
        }

    def _meaning(self, name: str) -> str:
        return {
            "on_time": self.tr("Instalments paid in full by their due date over instalments due"),
            "current": self.tr("Paid so far on the month's dues, over them"),
            "overall": self.tr("The month's dues and arrears paid, over both"),
            "headline": self.tr("Everything collected in the month over its dues"),
        }[name]

    def _build(self) -> None:
        self._table.set_records(self._days)
        self._table.opened.connect(self._open_row)
        self._calendar.opened.connect(self._open_day)
        self._calendar.pointed.connect(self.said)
        for page in (self._calendar, self._table):
            self._turned.addWidget(page)
        self._card.body.addWidget(self._turned, 1)
        counts = Card(self.tr("How they were paid"), self.tr("Enter lists them"), tight=True)
        counts.body.addLayout(self._figure_grid())
        table = TableView("table.repayment_counts", self.tr("How instalments were paid"))
        table.set_records(self._counts)
        table.opened.connect(self._open_count)
        counts.body.addWidget(table, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._card, _WIDE)
        row.addWidget(counts, _NARROW)
        self.lines.addLayout(row, 1)

    def _figure_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(12, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        words = {
            "on_time": self.tr("On time"),
            "current": self.tr("Collection, current dues"),
            "overall": self.tr("Collection, with arrears"),
            "headline": self.tr("Collection, all receipts"),
        }
        for place, (name, said) in enumerate(words.items()):
            row, column = divmod(place, 2)
            grid.addWidget(label(said, "muted"), row, 2 * column)
            grid.addWidget(self._figures[name], row, 2 * column + 1)
        return grid
