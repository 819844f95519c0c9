"""A short table: all its rows at hand."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.item_models.columns import CellLook, Cells, Column
from app.ui.theme import Theme

RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RecordsModel(QAbstractTableModel, Generic[RowT]):
    """Rows of frozen records."""

    def __init__(
        self, columns: Sequence[Column[RowT]], theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._cells = Cells(self.columns, theme)
        self._rows: tuple[RowT, ...] = ()

    def set_rows(self, rows: Sequence[RowT]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rows(self) -> tuple[RowT, ...]:
        """All rows."""
        return self._rows

    def row_at(self, row: int) -> RowT:
        """Return a row's record.

        Raises:
            IndexError: there is no such row.
        """
        return self._rows[row]

    def look_at(self, row: int, column: int) -> CellLook:
        """All that is painted of a cell."""
        return self._cells.look(self._rows[row], column)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows; a cell has none."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """How many columns; a cell has none."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's own
        """What a role asks of a cell."""
        if role not in self._cells.roles or not index.isValid():
            return None
        return self._cells.data(self._rows[index.row()], index.column(), role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401  # Qt's own
        """The head of a column."""
        return self._cells.header(section, orientation, role)
