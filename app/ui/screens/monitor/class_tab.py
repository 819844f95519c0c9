"""Class: the book in one bar, every asset class, and what moved between them this month."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout

from app.rules.dates import date_shown
from app.rules.money import rupees_compact
from app.services.steps.monitor_answers import ClassesWatched, ClassMovement
from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_classes import watch_classes
from app.ui.charts.class_bar import BarPart, ClassBar
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.monitor.class_columns import class_columns, moved_words, movement_columns
from app.ui.screens.monitor.class_rows import ClassRow, class_rows
from app.ui.screens.monitor.monitor_tab import DrillWish, MonitorTab, TabReader
from app.ui.screens.monitor.monitor_words import ratio_words
from app.ui.widgets.card import Card
from app.ui.widgets.table_view import TableView
from app.ui.widgets.workbench import Workbench

_KINDS = ("standard", "watch", "npa")
_ROW_HEIGHT = 24
_WIDE, _NARROW = 8, 5


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
        since = self.tr("no month end has been kept yet")
        if answer.since is not None:
            since = self.tr("since %1").replace("%1", date_shown(answer.since))
        self._moved.set_detail(since)

    def _build(self) -> None:
        classes = Card(self.tr("Asset class"), self.tr("Enter lists the loans"), tight=True)
        inset = QHBoxLayout()
        inset.setContentsMargins(12, 2, 12, 0)
        inset.addWidget(self._bar)
        classes.body.addLayout(inset)
        table = TableView("table.classes", self.tr("Asset classes"), row_height=_ROW_HEIGHT)
        table.set_records(self._classes)
        table.opened.connect(self._drill_class)
        classes.body.addWidget(table, 1)
        moves = TableView("table.movements", self.tr("Movements"), row_height=_ROW_HEIGHT)
        moves.set_records(self._movements)
        moves.opened.connect(self._drill_movement)
        self._moved.body.addWidget(moves, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(classes, _WIDE)
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
