"""A small picture of past internal scores (`chart.score_history`), oldest at the left."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.rules.bank_time import bank_day
from app.rules.dates import date_shown
from app.services.read_customer import ScorePoint
from app.ui.theme import theme_of

LOW, HIGH = 300, 850  # ends of the internal score's scale
_HUNDREDTHS = 100
_HEIGHT = 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 36, 96, 14, 24
_TICKS = (300, 575, 685, 850)
_DOT = 4


def whole_score(point: ScorePoint) -> int:
    """The score in whole points, half up."""
    value = Decimal(point.score_hundredths) / _HUNDREDTHS
    return int(value.to_integral_value(rounding="ROUND_HALF_UP"))


class ScoreHistory(QWidget):
    """Dots joined by a thin line; the last one is named with its day and model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chart.score_history")
        self.setAccessibleIdentifier("chart.score_history")
        self.setAccessibleName(self.tr("Score history"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(_HEIGHT)
        self._points: tuple[ScorePoint, ...] = ()
        theme_of().changed.connect(self.update)

    def show_scores(self, points: Sequence[ScorePoint]) -> None:
        """Show these scores, oldest first."""
        self._points = tuple(points)
        lines = [f"{date_shown(bank_day(p.at))}: {whole_score(p)}, {p.model_id}" for p in points]
        self.setAccessibleDescription("; ".join(lines) or self.tr("No score yet"))
        self.setToolTip("\n".join(lines))
        self.update()

    def sizeHint(self) -> QSize:
        """Enough for a handful of scores."""
        return QSize(320, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint scale, line, dots and the name of the last."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._points:
            painter.setFont(theme_of().font("body"))
            painter.setPen(theme_of().color("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop, self.tr("No score yet."))
        else:
            self._paint_scale(painter)
            self._paint_line(painter)
        painter.end()

    def _paint_scale(self, painter: QPainter) -> None:
        theme = theme_of()
        painter.setFont(theme.font("key"))
        for tick in _TICKS:
            y = self._y(tick)
            painter.setPen(theme.color("hair"))
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width() - _RIGHT, y))
            painter.setPen(theme.color("muted"))
            box = QRectF(0, y - 8, _LEFT - 6, 16)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, side, str(tick))

    def _paint_line(self, painter: QPainter) -> None:
        theme = theme_of()
        places = self._places()
        painter.setPen(QPen(theme.color("accent"), 1.5))
        painter.drawPolyline(places)
        painter.setBrush(theme.color("accent"))
        for place in places:
            painter.drawEllipse(place, _DOT, _DOT)
        last = self._points[-1]
        box = QRectF(places[-1].x() + 10, places[-1].y() - 18, _RIGHT - 12, 36)
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font("strong"))
        painter.drawText(box, Qt.AlignmentFlag.AlignTop, str(whole_score(last)))
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font("key"))
        painter.drawText(box, Qt.AlignmentFlag.AlignBottom, date_shown(bank_day(last.at)))

    def _places(self) -> list[QPointF]:
        count = len(self._points)
        room = self.width() - _LEFT - _RIGHT
        step = room / max(count - 1, 1)
        first = _LEFT + (room if count == 1 else 0)
        return [
            QPointF(first + number * step, self._y(whole_score(point)))
            for number, point in enumerate(self._points)
        ]

    def _y(self, score: int) -> float:
        room = self.height() - _TOP - _BOTTOM
        return _TOP + room * (HIGH - score) / (HIGH - LOW)
