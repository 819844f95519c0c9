"""What the waterfall and the bars share: rows with words, a current row, keys, a text twin."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.charts.factor_points import (
    FactorPoints,
    ScoreParts,
    direction_icon,
    direction_tone,
    direction_words,
    points_words,
    table_text,
)
from app.ui.charts.painted_chart import PaintedChart, color, font
from app.ui.theme import theme_of

ROW = 23
AXIS = 22
LABEL_WIDTH = 206
WORD_WIDTH = 88
POINTS_WIDTH = 36
GAP = 16
PLOT_LEFT = LABEL_WIDTH + WORD_WIDTH + POINTS_WIDTH + GAP
_PLOT_LEAST = 120
_ICON = 14


class FactorChart(PaintedChart):
    """Rows of groups; Up and Down read them, Enter opens one, Ctrl+C copies the table."""

    row_opened = Signal(str)

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self.parts = ScoreParts(0, 0, ())
        self._current = -1

    def show_parts(self, parts: ScoreParts) -> None:
        """Draw another score."""
        self.parts = parts
        self._current = -1
        self.setAccessibleDescription(table_text(parts))
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for every row and its words."""
        return QSize(PLOT_LEFT + _PLOT_LEAST, self.row_count() * ROW + AXIS)

    def row_count(self) -> int:
        """Rows drawn, with start and end where the chart has them."""
        return len(self.parts.rows)

    def factor_at(self, line: int) -> FactorPoints | None:
        """The group of a drawn line, None for start and end."""
        return self.parts.rows[line] if 0 <= line < len(self.parts.rows) else None

    def plot(self) -> QRect:
        """The part of the chart with the bars."""
        return QRect(PLOT_LEFT, 0, max(1, self.width() - PLOT_LEFT - 8), self.row_count() * ROW)

    def draw_words(self, painter: QPainter, line: int, factor: FactorPoints) -> None:
        """Label, arrow, word and signed points of a group."""
        top, tone = line * ROW, direction_tone(factor.points)
        if line == self._current:
            painter.fillRect(0, top, self.width(), ROW, color("selected"))
        painter.setFont(font("body"))
        painter.setPen(color("text"))
        painter.drawText(QRect(0, top, LABEL_WIDTH, ROW), _LEFT, factor.label)
        icon = theme_of().pixmap(direction_icon(factor.points), tone, _ICON)
        painter.drawPixmap(LABEL_WIDTH, top + (ROW - _ICON) // 2, icon)
        painter.setPen(color(tone))
        words = QRect(LABEL_WIDTH + _ICON + 2, top, WORD_WIDTH - _ICON, ROW)
        painter.drawText(words, _LEFT, direction_words(factor.points))
        painter.setFont(font("strong"))
        points = QRect(LABEL_WIDTH + WORD_WIDTH, top, POINTS_WIDTH, ROW)
        painter.drawText(points, _RIGHT, points_words(factor.points))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the current row, open it, or copy."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(table_text(self.parts))
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes a row current."""
        self._current = int(event.position().y()) // ROW
        self.update()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens a row."""
        self._open()
        super().mouseDoubleClickEvent(event)

    def _move(self, step: int) -> None:
        self._current = min(max(self._current + step, 0), self.row_count() - 1)
        factor = self.factor_at(self._current)
        if factor is not None:
            self.setAccessibleDescription(
                f"{factor.label}, {direction_words(factor.points)}, {points_words(factor.points)}"
            )
        self.update()

    def _open(self) -> None:
        factor = self.factor_at(self._current)
        if factor is not None:
            self.row_opened.emit(factor.key)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
