"""Paints the cells of a table.

A window full of cells is painted with every step of a scroll, so a cell is asked for once (through
Qt it would be five questions, each carried over from C++), and words are fitted once: a third of
the time for 40 rows of 9 columns.
"""

from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.theme import theme_of

Index = QModelIndex | QPersistentModelIndex
PAD = 8
_ICON = 16
_ICON_GAP = 6
_SLACK = 3  # eliding measures a little wider than drawing
_BAR = 3
_MOST_FITTED = 4_000
_MOST_LINES = 3
_ANY_HEIGHT = 1_000


class CellLook(Protocol):
    """All that is painted of a cell, as the models give it; None = as other cells."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def side(self) -> Qt.AlignmentFlag:
        """Where the words stand."""

    @property
    def font(self) -> QFont | None:
        """Their font."""

    @property
    def icon(self) -> QIcon | None:
        """A state's icon before them."""

    @property
    def colour(self) -> QColor | None:
        """Their colour."""


class PaintedRows(Protocol):
    """What the delegate asks of its table."""

    @property
    def edge(self) -> int:
        """Room before the first and after the last column."""

    @property
    def marks_current(self) -> bool:
        """Whether the current row shows."""

    @property
    def last_column(self) -> int:
        """The number of the last column."""

    @property
    def wraps(self) -> bool:
        """Whether words that do not fit take a second line."""

    def look_at(self, row: int, column: int) -> CellLook:
        """How a cell looks."""

    def currentIndex(self) -> QModelIndex:
        """The current cell."""


def one_line_width(look: CellLook, on: QWidget) -> int:
    """How much room a cell takes on one line."""
    fits = QFontMetrics(look.font or theme_of().font("body"), on)
    icon = 0 if look.icon is None else _ICON + _ICON_GAP
    return fits.horizontalAdvance(look.text) + _SLACK + icon


def lines_needed(look: CellLook, width: int, on: QWidget) -> int:
    """How many lines a cell's words take; 1 for those that are shortened all the same.

    Those are words without a gap, such as a large amount, and texts of more than three lines.
    """
    room = width if look.icon is None else width - _ICON - _ICON_GAP
    fits = QFontMetrics(look.font or theme_of().font("body"), on)
    if fits.horizontalAdvance(look.text) + _SLACK <= room:
        return 1
    broken = fits.boundingRect(QRect(0, 0, room, _ANY_HEIGHT), Qt.TextFlag.TextWordWrap, look.text)
    lines = round(broken.height() / fits.lineSpacing())
    return lines if broken.width() <= room and lines <= _MOST_LINES else 1


class RowDelegate(QStyledItemDelegate):
    """Paints a cell: ground, hair line, icon 16, words; the accent bar before a current row."""

    def __init__(self, view: PaintedRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._parent = view, parent
        self._fitted: dict[tuple[str, int, int], str] = {}
        theme_of().changed.connect(self._forget_fitted)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Paint one cell."""
        theme, rect, view = theme_of(), option.rect, self._view
        row, column = index.row(), index.column()
        x, y, height = rect.x(), rect.y(), rect.height()
        current = row == view.currentIndex().row() and view.marks_current
        painter.fillRect(rect, theme.color("selected" if current else "surface"))
        painter.fillRect(x, y + height - 1, rect.width(), 1, theme.color("hair"))
        if current and column == 0:
            painter.fillRect(x, y, _BAR, height - 1, theme.color("accent"))
        left = x + (view.edge if column == 0 else PAD)
        right = x + rect.width() - (view.edge if column == view.last_column else PAD)
        area = QRect(left, y, right - left, height - 1)
        self._paint_words(painter, area, view.look_at(row, column))

    def _paint_words(self, painter: QPainter, area: QRect, look: CellLook) -> None:
        theme = theme_of()
        font = look.font or theme.font("body")
        painter.setFont(font)
        if look.icon is not None:
            top = area.top() + (area.height() - _ICON) // 2
            left = area.left()
            if look.side & Qt.AlignmentFlag.AlignRight:
                words = painter.fontMetrics().horizontalAdvance(look.text)
                left = max(area.right() - words - _SLACK - _ICON - _ICON_GAP, left)
            painter.drawPixmap(left, top, look.icon.pixmap(_ICON, _ICON))
            area.setLeft(left + _ICON + _ICON_GAP)
        painter.setPen(look.colour or theme.color("text"))
        room = area.width() + (0 if look.icon is None else _ICON + _ICON_GAP)
        if self._view.wraps and lines_needed(look, room, self._parent) > 1:
            painter.drawText(area, look.side | Qt.TextFlag.TextWordWrap, look.text)
        else:
            painter.drawText(area, look.side, self._shown(look.text, font, area.width()))

    def _forget_fitted(self) -> None:
        self._fitted.clear()

    def _shown(self, text: str, font: QFont, width: int) -> str:
        """The words as far as they fit; every step of a scroll asks for the same ones."""
        key = text, id(font), width  # the theme keeps its fonts until it changes
        shown = self._fitted.get(key)
        if shown is None:
            if len(self._fitted) > _MOST_FITTED:
                self._fitted.clear()
            fits = QFontMetrics(font, self._parent)
            shown = fits.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._fitted[key] = shown
        return shown
