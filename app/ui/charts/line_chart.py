"""Lines over months with dashed limits, painted; each line is named where it ends.

Painted and not plotted: the plotting library takes half a second to load, more than the whole
monitor may take to open. Lines differ by dash and mark as well as by colour, so that they read in
grey print and for colour-blind eyes.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.services.steps.axis_scale import scale_to
from app.ui.charts.painted_chart import PaintedChart, color, font

_TOP, _BOTTOM, _RIGHT, _GAP = 22, 22, 8, 8
_TONES = ("accent", "muted", "raises", "lowers")
_DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DotLine,
)
_LEVELS = {"critical": "bad", "warning": "warning"}
_LIMIT_DASHES = {"critical": Qt.PenStyle.DashLine, "warning": Qt.PenStyle.DotLine}
_MARK = 2.5
_HIGH = 3.5  # corners stand out further than sides
_SQUARE = tuple(QPointF(x * _MARK, y * _MARK) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)))
_TRIANGLE = (QPointF(0, -_HIGH), QPointF(_HIGH, _MARK), QPointF(-_HIGH, _MARK))
_DIAMOND = (QPointF(0, -_HIGH), QPointF(_HIGH, 0), QPointF(0, _HIGH), QPointF(-_HIGH, 0))
_CORNERS = (_SQUARE, _SQUARE, _TRIANGLE, _DIAMOND)
_LEAST_MONTH = 44  # between two names of months along the foot
_LINE = 16  # high enough for every letter of an axis
_MIN = QSize(200, 84)
_LEAST_STEP = 12  # between two words beside the axis
_NAME = 18
_LAST_ROOM = 18  # a name may not stand nearer to another


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One line; None leaves a gap."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class TrendLimit:
    """A dashed limit with its name and alert level."""

    value: float
    label: str
    level: str


def two_places(value: float) -> str:
    """A value of a table twin."""
    return f"{value:.2f}"


class LineChart(PaintedChart):
    """Months from left to right. Left and Right go along them and say their values."""

    def __init__(
        self,
        name: str,
        label: str,
        shown: Callable[[float], str] = two_places,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, parent)
        self._shown = shown
        self._months: tuple[str, ...] = ()
        self._lines: tuple[TrendLine, ...] = ()
        self._limits: tuple[TrendLimit, ...] = ()
        self._at = -1

    def minimumSizeHint(self) -> QSize:
        """Room for axis, lines and names."""
        return _MIN

    def show_lines(
        self,
        months: Sequence[str],
        lines: Sequence[TrendLine],
        limits: Sequence[TrendLimit] = (),
    ) -> None:
        """Draw other months; the description carries the same numbers."""
        self._months, self._lines, self._limits = tuple(months), tuple(lines), tuple(limits)
        self._at = min(self._at, len(self._months) - 1)
        self.setAccessibleDescription("\n".join("\t".join(row) for row in self.table_rows()))
        self.update()

    def table_rows(self) -> tuple[tuple[str, ...], ...]:
        """The chart as a table: a head, then one row a month."""
        head = (self.tr("Month"), *(line.label for line in self._lines))
        rows = [
            (month, *(self._words(line.values[place]) for line in self._lines))
            for place, month in enumerate(self._months)
        ]
        return (head, *rows)

    def sentence(self) -> str:
        """The month the keys stand on, in words; empty before the first key."""
        if not 0 <= self._at < len(self._months):
            return ""
        said = (f"{line.label} {self._words(line.values[self._at])}" for line in self._lines)
        return f"{self._months[self._at]}: {', '.join(said)}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the months."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step or not self._months:
            super().keyPressEvent(event)
            return
        last = len(self._months) - 1
        self._at = last if self._at < 0 else min(max(self._at + step, 0), last)
        self.setToolTip(self.sentence())
        self.setAccessibleName(self.sentence())
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Grid, limits, lines, names, the month the keys stand on."""
        known = [y for line in self._lines for y in line.values if y is not None]
        if not known:
            painter.setPen(color("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No figure yet"))
            return
        scale = scale_to(max(*known, *(limit.value for limit in self._limits), 0.0))
        area = self._area(scale.words)
        self._draw_grid(painter, area, scale.steps, scale.words)
        for limit in self._limits:
            self._draw_limit(painter, area, limit, scale.top)
        ends: list[tuple[float, str, str]] = []
        for place, line in enumerate(self._lines):
            end = self._draw_line(painter, area, place, line, scale.top)
            if end is not None:
                ends.append((end, self._end_words(line), _TONES[place % len(_TONES)]))
        self._draw_names(painter, area, ends)
        self._draw_cursor(painter, area)

    def _area(self, words: Sequence[str]) -> QRectF:
        digits = QFontMetricsF(font("key"))
        left = max(digits.horizontalAdvance(each) for each in words) + _GAP
        names = QFontMetricsF(font("small-strong"))
        ends = (self._end_words(line) for line in self._lines)
        right = max(map(names.horizontalAdvance, ends)) + _GAP + _RIGHT
        return QRectF(left, _TOP, self.width() - left - right, self.height() - _TOP - _BOTTOM)

    def _draw_grid(
        self, painter: QPainter, area: QRectF, steps: Sequence[float], words: Sequence[str]
    ) -> None:
        painter.setFont(font("key"))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        apart_by = max(1, math.ceil(_LEAST_STEP * (len(steps) - 1) / max(area.height(), 1)))
        for place, (step, said) in enumerate(zip(steps, words, strict=True)):
            y = area.bottom() - area.height() * step / steps[-1]
            painter.setPen(QPen(color("hair"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            if place % apart_by:
                continue  # in a low chart words would stand upon each other
            painter.setPen(color("muted"))
            painter.drawText(QRectF(0, y - _LINE / 2, area.left() - 6, _LINE), side, said)
        every = max(1, -(-len(self._months) * _LEAST_MONTH // max(int(area.width()), 1)))
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        for place in range(len(self._months) - 1, -1, -every):
            x = self._x(area, place)
            left = min(x - _LEAST_MONTH / 2, self.width() - _LEAST_MONTH)
            box = QRectF(max(left, 0.0), area.bottom() + 4, _LEAST_MONTH, _LINE)
            painter.drawText(box, middle, self._months[place])

    def _draw_limit(self, painter: QPainter, area: QRectF, limit: TrendLimit, top: float) -> None:
        tone = color(_LEVELS.get(limit.level, "muted"))
        y = area.bottom() - area.height() * limit.value / top
        painter.setPen(QPen(tone, 1, _LIMIT_DASHES.get(limit.level, Qt.PenStyle.DashLine)))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setFont(font("key"))
        painter.setPen(tone)
        above = limit.level == "critical"
        box = QRectF(area.left() + 4, y - _NAME if above else y, area.width(), _NAME)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, limit.label)

    def _draw_line(
        self, painter: QPainter, area: QRectF, place: int, line: TrendLine, top: float
    ) -> float | None:
        """Draw the stretches between gaps, a mark on each value; return where it ends."""
        tone = color(_TONES[place % len(_TONES)])
        painter.setBrush(tone)
        stretch: list[QPointF] = []
        end: float | None = None
        for at, value in enumerate((*line.values, None)):
            if value is None:
                painter.setPen(QPen(tone, 2 if place == 0 else 1.5, _DASHES[place % len(_DASHES)]))
                painter.drawPolyline(QPolygonF(stretch))
                painter.setPen(QPen(tone, 1))
                for point in stretch:
                    _mark(painter, point, place)
                stretch = []
                continue
            end = area.bottom() - area.height() * value / top
            stretch.append(QPointF(self._x(area, at), end))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return end

    def _draw_names(
        self, painter: QPainter, area: QRectF, ends: Sequence[tuple[float, str, str]]
    ) -> None:
        painter.setFont(font("small-strong"))
        named = sorted(ends)
        lowest = self.height() - _LAST_ROOM / 2
        heights = apart([y for y, _, _ in named], _LAST_ROOM, lowest)
        for y, (_, words, tone) in zip(heights, named, strict=True):
            painter.setPen(color(tone))
            box = QRectF(area.right() + _GAP, y - _LINE / 2 - 2, self.width(), _LINE + 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, words)

    def _end_words(self, line: TrendLine) -> str:
        """The newest month's value, after the name where there is more than one line."""
        name = line.label if len(self._lines) > 1 else ""
        return " ".join(filter(None, (name, *map(self._words, line.values[-1:]))))

    def _draw_cursor(self, painter: QPainter, area: QRectF) -> None:
        words = self.sentence()
        if not words:
            return
        x = self._x(area, self._at)
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setFont(font("small"))
        painter.setPen(color("text"))
        line = QRectF(area.left(), 2, self.width() - area.left(), _TOP - 4)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, words)

    def _x(self, area: QRectF, place: int) -> float:
        return area.left() + area.width() * (place + 0.5) / max(len(self._months), 1)

    def _words(self, value: float | None) -> str:
        return "\u2014" if value is None else self._shown(value)


def apart(wanted: Sequence[float], least: float, lowest: float) -> list[float]:
    """Heights for names, from the top: their own, yet `least` apart and none below `lowest`.

    >>> apart([40, 90, 90], 10, 95)
    [40, 85, 95]
    """
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + least) if placed else y)
    limit = lowest
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = min(placed[place], limit)
        limit = placed[place] - least
    return placed


def _mark(painter: QPainter, at: QPointF, place: int) -> None:
    """A point, a square, a triangle, a diamond: lines differ without colour too."""
    if place == 0:
        painter.drawEllipse(at, _MARK, _MARK)
        return
    painter.drawPolygon(QPolygonF([at + corner for corner in _CORNERS[place % len(_CORNERS)]]))
