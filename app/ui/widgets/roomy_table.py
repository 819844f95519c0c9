"""A short table in a card: its rows grow with the card, as far as they still read as a list."""

from PySide6.QtCore import QAbstractItemModel, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.ui.widgets.table_view import TableView

LEAST, MOST = 22, 34
_FEW = 3  # rows that always show
_UNDER = 3  # the line under the last row, and the frame


class RoomyTable(TableView):
    """Rows stand as close as in a dense card while there is no room for more.

    With `whole` it never scrolls: what stands beside it gives way first.
    """

    def __init__(
        self,
        name: str,
        title: str,
        most: int = MOST,
        parent: QWidget | None = None,
        *,
        whole: bool = False,
    ) -> None:
        super().__init__(name, title, row_height=LEAST, parent=parent)
        self._most, self._whole = most, whole

    def set_records(self, model: QAbstractItemModel) -> None:
        """Show a model of this program; other rows share the room anew."""
        super().set_records(model)
        model.modelReset.connect(self._share_height)
        model.modelReset.connect(self.updateGeometry)
        self._share_height()

    def sizeHint(self) -> QSize:
        """As high as all its rows at their highest."""
        return QSize(super().sizeHint().width(), self._high(self._most))

    def minimumSizeHint(self) -> QSize:
        """As high as a few rows at their lowest, or all of them."""
        high = self._high(LEAST, at_most=0 if self._whole else _FEW)
        return QSize(super().minimumSizeHint().width(), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height anew."""
        super().resizeEvent(event)
        self._share_height()

    def _high(self, row: int, at_most: int = 0) -> int:
        rows = 0 if self.model() is None else self.model().rowCount()
        shown = min(rows, at_most) if at_most else rows
        return self.head_height() + shown * row + _UNDER

    def _share_height(self) -> None:
        rows = 0 if self.model() is None else self.model().rowCount()
        if rows:
            high = (self.viewport().height() - 1) // rows
            self.verticalHeader().setDefaultSectionSize(min(max(high, LEAST), self._most))
