"""A short table in which words that do not fit take another line instead of three dots.

Heights are those of its rows alone, so it is meant for tens of rows, not for lists of any size.
"""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QFontMetrics, QResizeEvent

from app.ui.theme import theme_of
from app.ui.widgets.row_delegate import lines_needed
from app.ui.widgets.table_view import TableView


class WrappedTable(TableView):
    """Rows are one line high; a row with a cell that needs more has two or three."""

    wraps = True
    _least_rows = 0

    def grow_with_rows(self, least: int) -> None:
        """Be as high as its rows, at least as high as `least` of one line: it never scrolls."""
        self._least_rows = least
        self._fit_heights()

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

    def _fit_heights(self) -> None:
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
