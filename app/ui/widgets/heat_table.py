"""A heat table by the keyboard: one current cell in a frame, spoken in one sentence."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.theme import theme_of

Index = QModelIndex | QPersistentModelIndex
ROW, CELL, HEAD, COUNT = 20, 36, 84, 72
_PAD, _EDGE = 4, 1
_MOST_ROW = 44
_MOST_WIDER = 2.2  # a cell grows with the card up to this many times its usual width
_LARGE_ROW = 28  # from this height on a number is as large as a table's


class _HeatDelegate(QStyledItemDelegate):
    """Ground by step, number on it; hatched where too few stand behind it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        theme, view = theme_of(), option.widget
        look = index.model().look_at(index.row(), index.column())  # type: ignore[attr-defined]  # models answer it
        box: QRect = option.rect
        painter.fillRect(box, theme.color("surface"))
        inner = box.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        words = theme.color("text" if index.column() == 0 else "muted")
        if look.step is not None:
            ground, words = theme.heat(look.step)
            painter.fillRect(inner, ground if not look.few else theme.color("surface"))
        if look.few:
            painter.fillRect(inner, QBrush(theme.color("line"), Qt.BrushStyle.BDiagPattern))
        large = look.head or box.height() >= _LARGE_ROW
        painter.setFont(theme.font("body" if large else "key"))
        painter.setPen(words)
        side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
        area = inner.adjusted(_PAD, 0, -_PAD, 0)
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, look.text)
        if isinstance(view, HeatTable) and view.currentIndex() == index:
            painter.setPen(QPen(theme.color("accent" if view.hasFocus() else "text"), 2))
            painter.drawRect(inner.adjusted(0, 0, -1, -1))


class HeatTable(QTableView):
    """Arrows move the current cell, Enter opens what is behind it. Cells grow with the room.

    Signals:
        pointed: another cell is current; carries it, None for a head or an empty place.
        opened: Enter or a double click on a cell; carries it.
    """

    pointed = Signal(object)
    opened = Signal(object)

    def __init__(
        self, name: str, title: str, cell_width: int = CELL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cell_width = cell_width
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(title)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW)
        rows.setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setMinimumSectionSize(CELL)
        head.setHighlightSections(False)
        head.setProperty("kind", "heat")
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(_HeatDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._open)
        theme_of().changed.connect(self.viewport().update)

    def show_model(self, model: Any) -> None:  # noqa: ANN401  # a HeatModel, of a room beside
        """Show a `HeatModel`."""
        self.setModel(model)
        model.modelReset.connect(self._fit)
        self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Repaint both cells and tell."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.pointed.emit(self.current_cell())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the cells anew."""
        super().resizeEvent(event)
        self._share_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters are actions of the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.text().strip() or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _open(self, _index: Index) -> None:
        cell = self.current_cell()
        if cell is not None:
            self.opened.emit(cell)

    def _head_width(self, column: int) -> int:
        """Room for the longest word of a head: what a bank's bucket owes is a long one."""
        metrics, model = QFontMetrics(theme_of().font("body")), self.model()
        words = (str(model.index(row, column).data()) for row in range(model.rowCount()))
        longest = max((metrics.horizontalAdvance(each) for each in words), default=0)
        return max((HEAD, COUNT)[column], longest + 2 * _PAD + 2 * _EDGE)

    def current_cell(self) -> object:
        """The current cell; None for a head or an empty place."""
        index = self.currentIndex()
        found: object = self.model().cell_at(index.row(), index.column())  # type: ignore[attr-defined]  # models answer it
        return found

    def _fit(self) -> None:
        """Cells share the room; there is always a current one, for screen readers."""
        self._share_room()
        if self.model().rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, self.model().heads))  # type: ignore[attr-defined]  # models answer it

    def _share_room(self) -> None:
        """Heads are as wide as they need; cells share what is left, up to a width that reads."""
        model = self.model()
        if model is None or not model.rowCount():
            return
        heads: int = model.heads  # type: ignore[attr-defined]  # models answer it
        taken = [self._head_width(column) for column in range(heads)]
        cells = max(model.columnCount() - heads, 1)
        room = (self.viewport().width() - sum(taken)) // cells
        wide = min(max(room, self._cell_width), int(self._cell_width * _MOST_WIDER))
        for column in range(model.columnCount()):
            self.setColumnWidth(column, taken[column] if column < heads else wide)
        high = (self.viewport().height() - 1) // model.rowCount()
        self.verticalHeader().setDefaultSectionSize(min(max(high, ROW), _MOST_ROW))
