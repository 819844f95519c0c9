"""The gauge: the internal score on its range, with the levels and their cut-offs."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from app.ui.charts.painted_chart import PaintedChart, color, font

_NAMES = 20
_BAR = 13
_NEEDLE = 10
_NUMBERS = 18
_MARGIN = 16
_NAME_GAP = 6  # between two names or numbers
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
        edges, here = [self._x(edge) for edge in gauge.edges()], gauge.level()
        for (left, right), ground in zip(pairwise(edges), _GROUNDS, strict=True):
            painter.fillRect(left, _NAMES, right - left, _BAR, color(ground))
            painter.setPen(color("line"))
            painter.drawRect(left, _NAMES, right - left, _BAR)
        middles = [(left + right) // 2 for left, right in pairwise(edges)]
        kinds = ["strong" if name == here else "small" for name in gauge.names()]
        self._draw_words(painter, 0, middles, list(zip(gauge.names(), kinds, strict=True)))
        self._draw_needle(painter, gauge.score)
        numbers = [(str(edge), "small") for edge in gauge.edges()]
        self._draw_words(painter, _NAMES + _BAR + _NEEDLE, edges, numbers)

    def _draw_words(
        self, painter: QPainter, top: int, middles: list[int], words: list[tuple[str, str]]
    ) -> None:
        """Words with their kinds, each under or over its own middle unless it has no room there."""
        widths = [QFontMetrics(font(kind)).horizontalAdvance(word) for word, kind in words]
        lefts = places_of_words(middles, widths, self.width())
        for left, width, (word, kind) in zip(lefts, widths, words, strict=True):
            painter.setFont(font(kind))
            painter.setPen(color("text" if kind == "strong" else "muted"))
            painter.drawText(QRect(left, top, width + 1, _NUMBERS), _CENTRE, word)

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


def places_of_words(middles: list[int], widths: list[int], room: int) -> list[int]:
    """The left edges of words in a line: over their middles, but whole and apart.

    >>> places_of_words([50, 100], [40, 40], 200), places_of_words([50, 60, 190], [40, 40, 40], 200)
    ([30, 80], [30, 76, 160])
    """
    lefts, free = [], 0
    for middle, width in zip(middles, widths, strict=True):
        lefts.append(max(middle - width // 2, free))
        free = lefts[-1] + width + _NAME_GAP
    end = room
    for place in reversed(range(len(lefts))):
        lefts[place] = min(lefts[place], end - widths[place])
        end = lefts[place] - _NAME_GAP
    return lefts
