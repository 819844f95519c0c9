"""A table of numbers by two keys, each cell with the step of the heat ramp it stands on."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_STEPS = 7
_LEADS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One number.

    Attributes:
        value: None shows nothing: the cell is not ripe, or nothing stands behind it.
        words: as printed.
        sentence: the whole of it in words, for the line below and for readers.
        few: too few stand behind it; hatched, and no number is printed.
        figure: what lists its lines; empty for none.
    """

    value: float | None
    words: str
    sentence: str
    few: bool = False
    figure: str = ""


@dataclass(frozen=True, slots=True)
class HeatLine:
    """One row: its head, how many stand behind it, its cells."""

    head: str
    count: str
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True, slots=True)
class HeatGrid:
    """All of it: titles of head, count and cells, the lines, and the edges between steps."""

    titles: tuple[str, ...]
    lines: tuple[HeatLine, ...]
    edges: tuple[float, ...]


class HeatLook(NamedTuple):
    """What is painted of a cell. `step` None leaves the ground."""

    text: str
    step: int | None
    few: bool
    head: bool


def heat_edges(highest: float) -> tuple[float, ...]:
    """Six round edges between seven steps.

    >>> heat_edges(6.2)
    (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
    >>> heat_edges(0)
    (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
    """
    wanted = max(highest / _STEPS, 0.1)
    size = 0.1
    while size * 10 <= wanted:
        size *= 10
    step = next(size * lead for lead in _LEADS if size * lead >= wanted or lead == _LEADS[-1])
    return tuple(round(step * n, 4) for n in range(1, _STEPS))


class HeatModel(QAbstractTableModel):
    """Column 0 names the row, column 1 counts it, the others are cells."""

    heads = 2

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid = HeatGrid(("", ""), (), heat_edges(1))

    def set_grid(self, grid: HeatGrid) -> None:
        """Show other numbers."""
        self.beginResetModel()
        self._grid = grid
        self.endResetModel()

    def cell_at(self, row: int, column: int) -> HeatCell | None:
        """The cell of a place; None for heads and for empty places."""
        lines = self._grid.lines
        if not (0 <= row < len(lines) and column >= self.heads):
            return None
        cells = lines[row].cells
        place = column - self.heads
        return cells[place] if place < len(cells) else None

    def look_at(self, row: int, column: int) -> HeatLook:
        """All that is painted of a cell."""
        line = self._grid.lines[row]
        if column < self.heads:
            return HeatLook(line.count if column else line.head, None, few=False, head=True)
        cell = self.cell_at(row, column)
        if cell is None or (cell.value is None and not cell.few):
            return HeatLook("", None, few=False, head=False)
        step = 0 if cell.value is None else sum(cell.value >= e for e in self._grid.edges)
        return HeatLook("" if cell.few else cell.words, step, cell.few, head=False)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows; a cell has none."""
        return 0 if parent.isValid() else len(self._grid.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """How many columns; a cell has none."""
        return 0 if parent.isValid() else len(self._grid.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's own
        """Words, their side, and the sentence of a cell."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.look_at(row, column).text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column else _LEFT
        spoken = role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole)
        cell = self.cell_at(row, column) if spoken else None
        return None if cell is None else cell.sentence

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401  # Qt's own
        """The title of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._grid.titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section else _LEFT
        return None
