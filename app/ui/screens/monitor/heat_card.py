"""A heat table in a card: its legend, the table, and the current cell said in one sentence."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.item_models.heat_model import HeatCell, HeatGrid, HeatModel
from app.ui.screens.monitor.heat_legend import HeatLegend
from app.ui.screens.monitor.monitor_tab import DrillWish
from app.ui.widgets.card import PADDING, Card, hair
from app.ui.widgets.heat_table import CELL, HeatTable
from app.ui.widgets.labels import label
from app.ui.widgets.state_buttons import state_button


class HeatCard(Card):
    """`show_grid` swaps the numbers in place.

    Signals:
        pointed: another row is current; carries its number, -1 for none.
        drill_wanted: carries a `DrillWish`.
    """

    pointed = Signal(int)
    drill_wanted = Signal(object)

    def __init__(
        self, name: str, title: str, detail: str, few: str = "", cell_width: int = CELL
    ) -> None:
        super().__init__(title, detail, tight=True)
        self.legend = HeatLegend(few)
        self.model = HeatModel(self)
        self.table = HeatTable(name, title, cell_width)
        self._sentence = label("", "strong", wrap=True)
        self._show_loans = state_button(self.tr("Show the loans"), self._drill_current)
        self._nothing = label("", "muted", wrap=True)
        self._foot: tuple[QWidget, ...] = ()
        self._cell: HeatCell | None = None
        self._build()

    def show_grid(self, grid: HeatGrid) -> None:
        """Other numbers."""
        blocked = QSignalBlocker(self.table)  # one look at the cell below, not one for each step
        self.model.set_grid(grid)
        del blocked
        self.legend.show_edges(grid.edges)
        self._show_parts(filled=True)
        self._point(self.table.current_cell())

    def show_nothing(self, words: str) -> None:
        """Say why there is no number yet."""
        self._nothing.setText(words)
        self._show_parts(filled=False)

    def _show_parts(self, *, filled: bool) -> None:
        self._nothing.setVisible(not filled)
        for part in (self.table, self.legend, *self._foot):
            part.setVisible(filled)

    def _point(self, cell: object) -> None:
        self._cell = cell if isinstance(cell, HeatCell) else None
        words = self._cell.sentence if self._cell else self.tr("Arrow keys go from cell to cell.")
        self._sentence.setText(words)
        self._show_loans.setEnabled(bool(self._cell and self._cell.figure))
        self.pointed.emit(self.table.currentIndex().row())

    def _drill(self, cell: HeatCell) -> None:
        if cell.figure:
            self.drill_wanted.emit(DrillWish(cell.figure, cell.sentence))

    def _drill_current(self) -> None:
        if self._cell is not None:
            self._drill(self._cell)

    def _build(self) -> None:
        self.table.show_model(self.model)
        self.table.pointed.connect(self._point)
        self.table.opened.connect(self._drill)
        inset = QHBoxLayout()
        inset.setContentsMargins(7, 0, 1, 0)  # with the head's own 5, in line with the title
        inset.addWidget(self.table)
        self._nothing.setContentsMargins(PADDING, 0, PADDING, 0)
        self._nothing.hide()
        self.body.addWidget(self._nothing)
        self.body.addLayout(inset, 1)
        line = hair()
        self._foot = (line, self._sentence, self._show_loans)
        self.body.addWidget(line)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 2, 12, 4)
        foot.setSpacing(12)
        foot.addWidget(self._sentence, 1)
        foot.addWidget(self._show_loans)
        self.body.addLayout(foot)
