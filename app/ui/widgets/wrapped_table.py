"""A short table in which words that do not fit take another line instead of three dots.

Heights are those of its rows alone, so it is meant for tens of rows, not for lists of any size.
"""

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent

from app.ui.theme import theme_of
from app.ui.widgets.row_delegate import PAD, lines_needed, one_line_width
from app.ui.widgets.table_view import TableView


class WrappedTable(TableView):
    """Rows are one line high; a row with a cell that needs more has two or three.

    Where the room is enough for every column's words, each column has what its words need.

    Signals:
        fitted: heights of rows may have changed.
    """

    fitted = Signal()
    wraps = True
    _least_rows = 0

    def grow_with_rows(self, least: int) -> None:
        """Be as high as its rows, at least as high as `least` of one line: it never scrolls."""
        self._least_rows = least
        self._fit_heights()

    def fit_rows(self, most: int = 0) -> None:
        """Become as high as the rows, or the first `most` of them, need."""
        count = self.model().rowCount()
        rows = range(min(count, most) if most else count)
        self.setFixedHeight(self.head_height() + sum(map(self.rowHeight, rows)) + 1)

    def set_records(self, model: QAbstractItemModel) -> None:
        """Show a model of this program; heights follow its rows."""
        super().set_records(model)
        model.modelReset.connect(self._fit_heights)
        model.rowsInserted.connect(self._fit_heights)
        model.dataChanged.connect(self._fit_heights)
        theme_of().changed.connect(self._fit_heights)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths need other heights."""
        super().resizeEvent(event)
        self._fit_heights()

    def _share_width(self) -> None:
        """Give each column its words' width and the rest in proportion, where there is room."""
        super()._share_width()
        columns = self.model().columns  # type: ignore[attr-defined]  # RecordsModel, WindowedModel
        room, needed = self.viewport().width(), self._needed()
        if not columns or not self.model().rowCount() or sum(needed) > room:
            return
        spare, whole = room - sum(needed), sum(column.width for column in columns)
        for place, column in enumerate(columns):
            self.setColumnWidth(place, needed[place] + spare * column.width // whole)

    def _needed(self) -> list[int]:
        """What the widest words of each column take, its head among them."""
        last, role = self.last_column, Qt.ItemDataRole.DisplayRole
        heads = QFontMetrics(theme_of().font("small"), self)
        found = []
        for column in range(last + 1):
            air = (self.edge if column == 0 else PAD) + (self.edge if column == last else PAD)
            title = str(self.model().headerData(column, Qt.Orientation.Horizontal, role))
            rows = range(self.model().rowCount())
            words = (one_line_width(self.look_at(row, column), self) for row in rows)
            found.append(max(heads.horizontalAdvance(title), *words, 0) + air)
        return found

    def _fit_heights(self) -> None:
        self._share_width()
        cells = self.cells()
        one = self.row_height
        more = QFontMetrics(theme_of().font("body"), self).lineSpacing()
        for row in range(self.model().rowCount()):
            lines = max(
                lines_needed(self.look_at(row, column), width, self)
                for column, (_left, width, _right) in enumerate(cells)
            )
            self.setRowHeight(row, one + more * (lines - 1))
        if self._least_rows:
            rows = self.verticalHeader().length()
            self.setFixedHeight(self.head_height() + max(rows, self._least_rows * one) + 2)
        self.fitted.emit()
