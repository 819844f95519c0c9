"""What the waterfall and the bars share: rows with words, a current row, keys, a text twin."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QWidget

from app.ui.charts.factor_points import (
    FactorPoints,
    ScoreParts,
    all_directions,
    direction_icon,
    direction_tone,
    direction_words,
    points_words,
    score_words,
    start_words,
    table_text,
)
from app.ui.charts.painted_chart import PaintedChart, color, font
from app.ui.charts.row_columns import ICON, PAD, RowColumns, measured
from app.ui.theme import theme_of

ROW = 23
MOST_ROW = 36  # rows grow with the chart, but stay a table
AXIS = 22
_BAR_SHARE = 0.65
_TOP = 3
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class FactorChart(PaintedChart):
    """Start, one row a group, score. Up and Down read them, Enter opens a group, Ctrl+C copies."""

    row_opened = Signal(str)
    axis_height = 0

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.parts = ScoreParts(0, 0, ())
        self._current = -1
        self._wide: RowColumns | None = None

    def show_parts(self, parts: ScoreParts) -> None:
        """Draw another score."""
        self.parts, self._wide = parts, None
        self._current = -1
        self.setAccessibleDescription(table_text(parts))
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for every row and its words; a narrow chart shows arrows without their words."""
        height = 2 * _TOP + self.row_count() * ROW + self.axis_height
        return QSize(self._measured().without_words().least_width, height)

    def sizeHint(self) -> QSize:
        """Room for the words of the directions too."""
        return QSize(self._measured().least_width, self.minimumSizeHint().height())

    def row_count(self) -> int:
        """Start, one line a group, score."""
        return len(self.parts.rows) + 2

    def factor_at(self, line: int) -> FactorPoints | None:
        """The group of a line; the first and the last line are start and score."""
        return self.parts.rows[line - 1] if 0 < line < self.row_count() - 1 else None

    def columns(self) -> RowColumns:
        """The columns at the present width."""
        wide = self._measured()
        return wide if wide.least_width <= self.width() else wide.without_words()

    def plot(self) -> QRect:
        """The part of the chart with the bars."""
        left, height = self.columns().plot_left, self.row_count() * self.row_height()
        return QRect(left, _TOP, max(1, self.width() - left - PAD), height)

    def content(self) -> QRect:
        """Rows and axis, without what is empty below."""
        used = 2 * _TOP + self.row_count() * self.row_height() + self.axis_height
        return QRect(0, 0, self.width(), min(used, self.height()))

    def row_height(self) -> int:
        """The height of a row at the present height."""
        room = (self.height() - 2 * _TOP - self.axis_height) // self.row_count()
        return min(max(room, ROW), MOST_ROW)

    def row_top(self, line: int) -> int:
        """The upper edge of a row."""
        return _TOP + line * self.row_height()

    def bar_of(self, line: int, left: int, width: int) -> QRect:
        """The bar of a row."""
        tall = round(self.row_height() * _BAR_SHARE)
        return QRect(left, self.row_top(line) + (self.row_height() - tall) // 2, width, tall)

    def draw_row(self, painter: QPainter, line: int) -> None:
        """The words of a row, on the ground of the current one."""
        if line == self._current:
            row = QRect(0, self.row_top(line), self.width(), self.row_height())
            painter.fillRect(row, color("selected"))
        factor = self.factor_at(line)
        if factor is None:
            self._draw_end(painter, line)
        else:
            self._draw_group(painter, line, factor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the current row, open it, or copy."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(table_text(self.parts))
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._go_to(min(max(self._current + step, 0), self.row_count() - 1))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes a row current."""
        line = (int(event.position().y()) - _TOP) // self.row_height()
        self._go_to(line if 0 <= line < self.row_count() else -1)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens a row."""
        self._open()
        super().mouseDoubleClickEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever comes back hears the whole table again."""
        self.setAccessibleDescription(table_text(self.parts))
        super().focusOutEvent(event)

    def _draw_end(self, painter: QPainter, line: int) -> None:
        columns, first = self.columns(), line == 0
        words, points = (
            (start_words(), self.parts.start) if first else (score_words(), self.parts.score)
        )
        painter.setFont(font("strong"))
        painter.setPen(color("text"))
        painter.drawText(self._cell(line, PAD, columns.label), _LEFT, words)
        painter.drawText(self._cell(line, columns.points_left, columns.points), _RIGHT, str(points))

    def _draw_group(self, painter: QPainter, line: int, factor: FactorPoints) -> None:
        columns, tone = self.columns(), direction_tone(factor.points)
        painter.setFont(font("body"))
        painter.setPen(color("text"))
        painter.drawText(self._cell(line, PAD, columns.label), _LEFT, factor.label)
        icon = theme_of().pixmap(direction_icon(factor.points), tone, ICON)
        middle = self.row_top(line) + (self.row_height() - ICON) // 2
        painter.drawPixmap(columns.icon_left, middle, icon)
        painter.setPen(color(tone))
        if columns.word:
            place = self._cell(line, columns.word_left, columns.word)
            painter.drawText(place, _LEFT, direction_words(factor.points))
        painter.setFont(font("strong"))
        place = self._cell(line, columns.points_left, columns.points)
        painter.drawText(place, _RIGHT, points_words(factor.points))

    def _cell(self, line: int, left: int, width: int) -> QRect:
        return QRect(left, self.row_top(line), width, self.row_height())

    def _measured(self) -> RowColumns:
        """All columns; measured once a score, since a paint asks for them many times."""
        if self._wide is None:
            labels = [row.label for row in self.parts.rows]
            self._wide = measured(labels, (start_words(), score_words()), all_directions())
        return self._wide

    def _go_to(self, line: int) -> None:
        self._current = line
        if line >= 0:
            row = table_text(self.parts).split("\n")[line]
            self.setAccessibleDescription(row.replace("\t", ", "))
        self.update()

    def _open(self) -> None:
        factor = self.factor_at(self._current)
        if factor is not None:
            self.row_opened.emit(factor.key)
