"""A line of the last months inside a tile, with its limit dashed and a dot where it ends."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.charts.painted_chart import color
from app.ui.theme import theme_of

_SIZE = QSize(70, 26)
_EDGE = 3.0
_DOT = 2.0


class Spark(QWidget):
    """Decoration: the tile says its numbers, and the trend has a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float | None, ...] = ()
        self._limit: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_of().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Small beside the change."""
        return _SIZE

    def minimumSizeHint(self) -> QSize:
        """It may become narrower than it wishes."""
        return QSize(24, _SIZE.height())

    def show_values(self, values: Sequence[float | None], limit: float | None = None) -> None:
        """Draw other months; None leaves a gap."""
        self._values, self._limit = tuple(values), limit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line between its own least and most, the limit among them if it is near."""
        known = [(at, value) for at, value in enumerate(self._values) if value is not None]
        if len(known) < 2:  # noqa: PLR2004  # a line has two ends
            return
        heights = [value for _at, value in known]
        near = self._limit is not None and _near(self._limit, heights)
        spread = [*heights, self._limit] if near and self._limit is not None else heights
        low, high = min(spread), max(spread)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)

        def y(value: float) -> float:
            share = (value - low) / (high - low) if high > low else 0.5
            return area.bottom() - area.height() * share

        if near and self._limit is not None:
            painter.setPen(QPen(color("line"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(
                QPointF(area.left(), y(self._limit)), QPointF(area.right(), y(self._limit))
            )
        step = area.width() / (len(self._values) - 1)
        line = [QPointF(area.left() + step * at, y(value)) for at, value in known]
        painter.setPen(QPen(color("accent"), 1.5))
        painter.drawPolyline(QPolygonF(line))
        painter.setBrush(color("accent"))
        painter.drawEllipse(line[-1], _DOT, _DOT)
        painter.end()


def _near(limit: float, values: Sequence[float]) -> bool:
    """Whether a limit lies within twice the spread of the line: farther it would flatten it."""
    low, high = min(values), max(values)
    room = max(high - low, abs(high) / 5)
    return low - 2 * room <= limit <= high + 2 * room
