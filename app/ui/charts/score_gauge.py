"""The gauge: the internal score on its range, with the levels and their cut-offs."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from app.ui.charts.painted_chart import PaintedChart, color, font

_NAMES = 20
_BAR = 13
_NEEDLE = 10
_NUMBERS = 18
_MARGIN = 16
_SPILL = 24  # a name may be wider than its band
_LEAST_WIDTH = 240
_GROUNDS = ("raises-bg", "hover", "lowers-bg")
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Gauge:
    """What the gauge shows.

    Attributes:
        cutoffs: (score, name of the level below, name of the level above), ascending.
    """

    score: float
    low: int
    high: int
    cutoffs: tuple[tuple[int, str, str], ...]

    def names(self) -> tuple[str, ...]:
        """The levels from the lowest score to the highest."""
        return (self.cutoffs[0][1], *(cut[2] for cut in self.cutoffs)) if self.cutoffs else ()

    def edges(self) -> tuple[int, ...]:
        """The ends of the range and the cut-offs."""
        return (self.low, *(cut[0] for cut in self.cutoffs), self.high)

    def level(self) -> str:
        """The name of the level in which the score lies; a cut-off belongs to the level below."""
        for (_begin, end), name in zip(pairwise(self.edges()), self.names(), strict=True):
            if self.score <= end:
                return name
        return self.names()[-1]


class ScoreGauge(PaintedChart):
    """Names above, pale bands, a needle below, numbers under it. No animation."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "", parent)
        self.setAccessibleName(self.tr("Gauge of the internal score"))
        self._gauge: Gauge | None = None

    def show_score(self, gauge: Gauge) -> None:
        """Draw another score and speak it in full."""
        self._gauge = gauge
        words = self.tr("Internal score %1 of %2 to %3, %4 risk. Levels change at %5.")
        cuts = ", ".join(str(cut[0]) for cut in gauge.cutoffs)
        for place, text in enumerate(
            (f"{gauge.score:.0f}", str(gauge.low), str(gauge.high), gauge.level(), cuts), start=1
        ):
            words = words.replace(f"%{place}", text)
        self.setAccessibleDescription(words)
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for names, bar, needle and numbers."""
        return QSize(_LEAST_WIDTH, _NAMES + _BAR + _NEEDLE + _NUMBERS)

    def draw(self, painter: QPainter) -> None:
        """Bands, names, needle, numbers."""
        gauge = self._gauge
        if gauge is None:
            return
        for (begin, end), name, ground in zip(
            pairwise(gauge.edges()), gauge.names(), _GROUNDS, strict=True
        ):
            left, right = self._x(begin), self._x(end)
            painter.fillRect(left, _NAMES, right - left, _BAR, color(ground))
            painter.setPen(color("line"))
            painter.drawRect(left, _NAMES, right - left, _BAR)
            here = name == gauge.level()
            painter.setFont(font("strong" if here else "small"))
            painter.setPen(color("text" if here else "muted"))
            painter.drawText(
                QRect(left - _SPILL, 0, right - left + 2 * _SPILL, _NAMES), _CENTRE, name
            )
        self._draw_needle(painter, gauge.score)
        painter.setFont(font("small"))
        painter.setPen(color("muted"))
        top = _NAMES + _BAR + _NEEDLE
        for edge in gauge.edges():
            painter.drawText(QRect(self._x(edge) - 24, top, 48, _NUMBERS), _CENTRE, str(edge))

    def _draw_needle(self, painter: QPainter, score: float) -> None:
        x, bottom = self._x(score), _NAMES + _BAR
        painter.fillRect(x - 1, _NAMES - 2, 2, _BAR + 4, color("text"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("text"))
        painter.drawPolygon(
            QPolygonF([QPointF(x, bottom), QPointF(x - 5, bottom + 8), QPointF(x + 5, bottom + 8)])
        )

    def _x(self, score: float) -> int:
        gauge = self._gauge
        if gauge is None:
            return 0
        share = (score - gauge.low) / (gauge.high - gauge.low)
        return _MARGIN + round(share * (self.width() - 2 * _MARGIN))
