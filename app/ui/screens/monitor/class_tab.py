"""Class: the book in one bar, every asset class, and what moved between them this month."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.rules.dates import date_shown
from app.rules.money import rupees_compact
from app.services.steps.monitor_answers import ClassesWatched, ClassMonth, ClassMovement
from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_classes import watch_classes
from app.ui.charts.class_bar import BarPart, ClassBar
from app.ui.charts.line_chart import LineChart, TrendLine
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.monitor.class_columns import class_columns, moved_words, movement_columns
from app.ui.screens.monitor.class_rows import ClassRow, class_rows
from app.ui.screens.monitor.monitor_tab import DrillWish, MonitorTab, TabReader
from app.ui.screens.monitor.monitor_words import ratio_words
from app.ui.screens.monitor.twin_card import TwinCard
from app.ui.widgets.card import Card
from app.ui.widgets.lending_cells import word_of
from app.ui.widgets.roomy_table import RoomyTable
from app.ui.widgets.workbench import Workbench
from db.vocabulary.loan_life import AssetClass

_KINDS = ("standard", "watch", "npa")
_WATCHED = (AssetClass.SMA_0, AssetClass.SMA_1, AssetClass.SMA_2)
_DOUBTFUL = (AssetClass.DOUBTFUL_1, AssetClass.DOUBTFUL_2, AssetClass.DOUBTFUL_3)
_TABLE_ROOM, _CHART_ROOM = 5, 3
_WIDE, _NARROW = 17, 8


class ClassTab(MonitorTab):
    """Enter on a class or a movement lists its loans."""

    name = "class"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._bar = ClassBar("chart.classes", self.tr("The book by class"))
        self._classes: RecordsModel[ClassRow] = RecordsModel(class_columns(), bench.theme, self)
        self._movements: RecordsModel[ClassMovement] = RecordsModel(
            movement_columns(), bench.theme, self
        )
        self._months = LineChart("chart.classes_by_month", self.tr("Classes by month"), _one_place)
        self._by_month = TwinCard(
            self.tr("By month"), self.tr("% of outstanding, month ends"), self._months
        )
        self._moved = Card(self.tr("Moved"), " ", tight=True)
        self._build()

    def reader(self, scope: MonitorScope) -> TabReader:
        """Every class."""
        return lambda desk: watch_classes(scope, desk)

    def show_answer(self, answer: ClassesWatched) -> None:
        """Swap bar and rows in place."""
        rows = class_rows(answer.classes, self.tr("All"))
        self._classes.set_rows(rows)
        self._movements.set_rows(answer.movements)
        self._bar.show_parts(self._parts(rows))
        self._show_months(answer.months)
        since = self.tr("no month end has been kept yet")
        if answer.since is not None:
            since = self.tr("since %1").replace("%1", date_shown(answer.since))
        self._moved.set_detail(since)

    def _show_months(self, months: Sequence[ClassMonth]) -> None:
        """What is not standard, over the months."""
        groups = (
            (self.tr("SMA"), _WATCHED),
            (word_of("asset_class", AssetClass.SUB_STANDARD), (AssetClass.SUB_STANDARD,)),
            (self.tr("Doubtful"), _DOUBTFUL),
            (word_of("asset_class", AssetClass.LOSS), (AssetClass.LOSS,)),
        )
        lines = [
            TrendLine(words, tuple(_share_of(month, classes) for month in months))
            for words, classes in groups
        ]
        self._months.show_lines([f"{month.day:%b %y}" for month in months], lines)
        self._by_month.show_twin(self._months.table_rows())

    def _build(self) -> None:
        classes = Card(self.tr("Asset class"), self.tr("Enter lists the loans"), tight=True)
        inset = QHBoxLayout()
        inset.setContentsMargins(12, 2, 12, 0)
        inset.addWidget(self._bar)
        classes.body.addLayout(inset)
        table = RoomyTable("table.classes", self.tr("Asset classes"), whole=True)
        table.set_records(self._classes)
        table.opened.connect(self._drill_class)
        classes.body.addWidget(table, 1)
        moves = RoomyTable("table.movements", self.tr("Movements"))
        moves.set_records(self._movements)
        moves.opened.connect(self._drill_movement)
        self._moved.body.addWidget(moves, 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(classes, _TABLE_ROOM)
        left.addWidget(self._by_month, _CHART_ROOM)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(left, _WIDE)
        row.addWidget(self._moved, _NARROW)
        self.lines.addLayout(row, 1)

    def _parts(self, rows: Sequence[ClassRow]) -> list[BarPart]:
        total = sum(row.amount_paise for row in rows if row.kind != "all")
        words = {"standard": self.tr("Standard"), "watch": self.tr("SMA"), "npa": self.tr("NPA")}
        parts = []
        for kind in _KINDS:
            amount = sum(row.amount_paise for row in rows if row.kind == kind)
            share = Decimal(amount) * 100 / total if total else None
            said = f"{words[kind]} {rupees_compact(amount)}, {ratio_words(share)}"
            parts.append(BarPart(kind, float(share or 0) / 100, said))
        return parts

    def _drill_class(self, row: ClassRow) -> None:
        self.drill_wanted.emit(DrillWish(row.figure, row.words))

    def _drill_movement(self, line: ClassMovement) -> None:
        before, after = moved_words(line)
        title = self.tr("%1 to %2").replace("%1", before).replace("%2", after)
        self.drill_wanted.emit(DrillWish(line.figure, title))


def _share_of(month: ClassMonth, classes: Sequence[AssetClass]) -> float | None:
    shares = [
        share for word, share in zip(AssetClass, month.shares, strict=True) if word in classes
    ]
    return None if None in shares else float(sum(share or 0 for share in shares))


def _one_place(value: float) -> str:
    return f"{value:.1f}"
