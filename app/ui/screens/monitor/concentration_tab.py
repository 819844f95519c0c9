"""Concentration: the book by one key, its largest groups, and how unequal they are."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.rules.money import count_shown
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.monitor_tabs import ConcentrationWatched, GroupRow
from app.services.watch_concentration import watch_concentration
from app.ui.charts.share_bars import ShareBar, ShareBars
from app.ui.item_models.columns import Column
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.monitor.monitor_tab import DrillWish, MonitorTab, TabReader
from app.ui.screens.monitor.monitor_words import ratio_words
from app.ui.widgets.card import Card
from app.ui.widgets.figure_words import percent_words, plain_amount
from app.ui.widgets.labels import FigureLabel, label
from app.ui.widgets.lending_cells import UNKNOWN
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.roomy_table import MOST, RoomyTable
from app.ui.widgets.workbench import Workbench
from db.vocabulary.operations import ConcentrationKey

_PICKER_WIDTH = 160
_WIDE, _NARROW = 3, 2
_MOST_ROW = 44  # as the bars beside
_NAMES_PEOPLE = frozenset({ConcentrationKey.EMPLOYER, ConcentrationKey.OFFICER})


class ConcentrationTab(MonitorTab):
    """Enter on a group lists its loans."""

    name = "concentration"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._wall = False
        self._by = Picker("concentration_by", self._keys())
        self._index = FigureLabel("figure.hhi", "strong", self.tr("Herfindahl index"))
        self._equal = FigureLabel("figure.equal_groups", "strong", self.tr("As equal groups"))
        self._top_words = label(self.tr("Largest hold"), "muted")
        self._top = FigureLabel("figure.top_share", "strong", self.tr("Largest groups"))
        self._rows: RecordsModel[GroupRow] = RecordsModel(self._columns(), bench.theme, self)
        self._sizes: RecordsModel[GroupRow] = RecordsModel(self._size_columns(), bench.theme, self)
        self._bars = ShareBars("chart.concentration", self.tr("Share of the book by group"))
        self._build()

    def reader(self, scope: MonitorScope) -> TabReader:
        """The key that is chosen, and the loans by size."""
        by = ConcentrationKey(self._by.value())
        sizes = ConcentrationKey.TICKET
        return lambda desk: (
            watch_concentration(scope, desk, by),
            watch_concentration(scope, desk, sizes),
        )

    def show_answer(self, answers: tuple[ConcentrationWatched, ConcentrationWatched]) -> None:
        """Swap rows and bars in place."""
        answer, sizes = answers
        self._sizes.set_rows(sizes.rows)
        self._rows.set_rows(answer.rows)
        shown = answer.rows[: answer.top]
        self._bars.show_bars(
            [
                ShareBar(row.label or UNKNOWN, float(row.share or 0), float(row.npa_share or 0))
                for row in shown
            ]
        )
        points = "" if answer.points is None else f"{answer.points:,.0f}"
        self._index.show_figure(points, points, self.tr("Sum of the squared shares, 0 to 10,000"))
        equal = "" if answer.effective_number is None else f"{answer.effective_number:.1f}"
        self._equal.show_figure(equal, equal, self.tr("So many equal groups are as concentrated"))
        self._top_words.setText(self.tr("%1 largest hold").replace("%1", str(len(shown))))
        top = ratio_words(answer.top_share)
        words = self.tr("Share of the %1 largest groups").replace("%1", str(len(shown)))
        self._top.show_figure(top, top.removesuffix(" %"), words)

    def set_wall(self, *, wall: bool) -> None:
        """Employers and officers are named, so a wall does not offer them."""
        self._wall = wall
        self._by.set_choices(self._keys())
        if self._by.value() is None:
            self._by.set_value(ConcentrationKey.PURPOSE)

    def _drill(self, row: GroupRow) -> None:
        self.drill_wanted.emit(DrillWish(row.figure, row.label))

    def _chosen(self, value: object) -> None:
        if value is not None:
            self.choice_changed.emit()

    def _keys(self) -> list[Choice]:
        words = {
            ConcentrationKey.PURPOSE: self.tr("Purpose"),
            ConcentrationKey.PRODUCT: self.tr("Product"),
            ConcentrationKey.STATE: self.tr("State"),
            ConcentrationKey.CITY: self.tr("City"),
            ConcentrationKey.SEGMENT: self.tr("Segment"),
            ConcentrationKey.EMPLOYER: self.tr("Employer"),
            ConcentrationKey.OFFICER: self.tr("Officer"),
            ConcentrationKey.TICKET: self.tr("Loan size"),
        }
        return [
            Choice(key, said)
            for key, said in words.items()
            if not (self._wall and key in _NAMES_PEOPLE)
        ]

    def _build(self) -> None:
        groups = Card(
            self.tr("Groups"), self.tr("largest first, Enter lists the loans"), tight=True
        )
        groups.body.addWidget(
            self._table("concentration", self.tr("Groups"), self._rows, _MOST_ROW), 1
        )
        sizes = Card(self.tr("Loan sizes"), self.tr("by what was lent"), tight=True)
        sizes.body.addWidget(
            self._table("loan_distribution", self.tr("Loan sizes"), self._sizes), 1
        )
        bars = Card(self.tr("Share of the book"), self.tr("%, the NPA of a group hatched"))
        bars.body.addWidget(self._bars, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(bars, 1)
        right.addWidget(sizes)
        row.addWidget(groups, _WIDE)
        row.addLayout(right, _NARROW)
        self.lines.setSpacing(8)
        self.lines.addLayout(self._top_line())
        self.lines.addLayout(row, 1)

    def _table(
        self, name: str, title: str, model: RecordsModel[GroupRow], most: int = MOST
    ) -> RoomyTable:
        table = RoomyTable(f"table.{name}", title, most)
        table.set_records(model)
        table.opened.connect(self._drill)
        return table

    def _top_line(self) -> QHBoxLayout:
        self._by.setFixedWidth(_PICKER_WIDTH)
        self._by.setAccessibleName(self.tr("By"))
        self._by.set_value(ConcentrationKey.PURPOSE)
        self._by.value_changed.connect(self._chosen)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label(self.tr("By"), "muted"))
        top.addWidget(self._by)
        top.addStretch(1)
        figures = (
            (self._index, label(self.tr("Herfindahl index, of 10,000"), "muted")),
            (self._equal, label(self.tr("like equal groups"), "muted")),
            (self._top, self._top_words),
        )
        for figure, words in figures:
            top.addWidget(words)
            top.addWidget(figure)
            top.addSpacing(16)
        return top

    def _size_columns(self) -> tuple[Column[GroupRow], ...]:
        """What the groups tell too, without the amount that is NPA."""
        _, loans, amount, share, _, npa_share = self._columns()
        words = self.tr("Size")
        size: Column[GroupRow] = Column(
            "group", words, lambda r: r.label or UNKNOWN, 150, strong=True
        )
        return size, loans, amount, share, npa_share

    def _columns(self) -> tuple[Column[GroupRow], ...]:
        return (
            Column("group", self.tr("Group"), lambda r: r.label or UNKNOWN, 200, strong=True),
            Column("loans", self.tr("Loans"), lambda r: count_shown(r.loans), 70, "right"),
            Column(
                "amount", self.tr("Amount ₹"), lambda r: plain_amount(r.amount_paise), 130, "right"
            ),
            Column("share", self.tr("Share"), lambda r: percent_words(r.share), 76, "right"),
            Column("npa", self.tr("NPA ₹"), lambda r: plain_amount(r.npa_paise), 120, "right"),
            Column(
                "npa_share", self.tr("NPA %"), lambda r: percent_words(r.npa_share), 76, "right"
            ),
        )
