"""The waterfall: from the starting point to the internal score, one step a group (X5, X6)."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui.charts.factor_chart import AXIS, FactorChart
from app.ui.charts.factor_points import direction_tone
from app.ui.charts.painted_chart import color, font
from app.ui.charts.row_columns import PAD

_MARK = 3
_NAME_GAP = 4  # between a cut-off and its name, which stands on the side that has room
_NICE_STEPS = (5, 10, 20, 25, 50, 100, 200)
_TICKS = 5
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class ScoreWaterfall(FactorChart):
    """Start, groups in order of weight, score; thin joins; cut-offs dashed and named."""

    axis_height = AXIS

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "", parent)
        self.setAccessibleName(self.tr("Waterfall of the internal score"))

    def draw(self, painter: QPainter) -> None:
        """Words, grid, cut-offs, steps."""
        scale = _Scale(self._span(), self.plot())
        last = self.row_count() - 1
        for line in range(self.row_count()):
            self.draw_row(painter, line)
        self._draw_grid(painter, scale)
        self._draw_cutoffs(painter, scale)
        self._draw_mark(painter, scale, 0, self.parts.start)
        for line, span in enumerate(self.parts.levels(), start=1):
            self._draw_bar(painter, scale, line, span)
        painter.setPen(color("line"))
        painter.drawLine(0, self.row_top(last), self.plot().left() - PAD, self.row_top(last))
        self._draw_mark(painter, scale, last, self.parts.score)
        self._draw_join(painter, scale.x(self.parts.score), last)

    def _span(self) -> tuple[int, int]:
        points = [self.parts.start, self.parts.score]
        points += [level for pair in self.parts.levels() for level in pair]
        least, most = min(points), max(points)
        room = max(4, (most - least) // 12)
        return least - room, most + room

    def _draw_grid(self, painter: QPainter, scale: "_Scale") -> None:
        painter.setFont(font("key"))
        top, bottom = self.plot().top(), self.plot().bottom()
        for tick in scale.ticks():
            x = scale.x(tick)
            painter.setPen(color("hair"))
            painter.drawLine(x, top, x, bottom)
            painter.setPen(color("muted"))
            wide = painter.fontMetrics().horizontalAdvance(str(tick))
            left = min(x - wide // 2, self.width() - PAD // 2 - wide)  # the last one stays whole
            painter.drawText(QRect(left, bottom + 4, wide, AXIS), _CENTRE, str(tick))

    def _draw_cutoffs(self, painter: QPainter, scale: "_Scale") -> None:
        least, most = self._span()
        taken = self.plot().left()
        for cut, words in self.parts.cutoffs:
            if not least <= cut <= most:
                continue
            x = scale.x(cut)
            painter.setPen(QPen(color("line"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(x, self.plot().top(), x, self.plot().bottom())
            taken = self._draw_name(painter, x, (words, str(cut)), taken)

    def _draw_name(self, painter: QPainter, x: int, names: tuple[str, ...], taken: int) -> int:
        """Name a line with the longest name that has room; return what is taken now."""
        painter.setFont(font("key"))
        painter.setPen(color("muted"))
        for name in names:
            wide = painter.fontMetrics().horizontalAdvance(name) + 1
            left = place_of_name(x, wide, (taken, self.plot().right()))
            if left is not None:
                painter.drawText(QRect(left, self.row_top(0), wide, self.row_height()), _LEFT, name)
                return max(left + wide, x)
        return taken

    def _draw_mark(self, painter: QPainter, scale: "_Scale", line: int, at: int) -> None:
        painter.fillRect(self.bar_of(line, scale.x(at) - 1, _MARK), color("text"))

    def _draw_bar(
        self, painter: QPainter, scale: "_Scale", line: int, span: tuple[int, int]
    ) -> None:
        begin, end = scale.x(span[0]), scale.x(span[1])
        bar = self.bar_of(line, min(begin, end), max(1, abs(end - begin)))
        painter.fillRect(bar, color(direction_tone(span[1] - span[0])))
        self._draw_join(painter, begin, line)

    def _draw_join(self, painter: QPainter, x: int, line: int) -> None:
        """A thin line from the step above to this one."""
        painter.setPen(color("line"))
        painter.drawLine(x, self.bar_of(line - 1, 0, 1).bottom(), x, self.bar_of(line, 0, 1).top())


def place_of_name(x: int, wide: int, free: tuple[int, int]) -> int | None:
    """Where a name of that width stands beside a line at x: right of it, else left, else nowhere.

    >>> place_of_name(100, 40, (0, 200)), place_of_name(100, 40, (0, 120))
    (104, 56)
    """
    for left in (x + _NAME_GAP, x - _NAME_GAP - wide):
        if free[0] <= left and left + wide <= free[1]:
            return left
    return None


class _Scale:
    """From points to pixels, with a handful of round ticks."""

    def __init__(self, span: tuple[int, int], plot: QRect) -> None:
        self._least, self._most = span
        self._plot = plot

    def x(self, points: int) -> int:
        """The pixel of a number of points."""
        share = (points - self._least) / (self._most - self._least)
        return self._plot.left() + round(share * self._plot.width())

    def ticks(self) -> range:
        """Round numbers inside the span, at most six."""
        wide = self._most - self._least
        step = next((s for s in _NICE_STEPS if wide / s <= _TICKS), _NICE_STEPS[-1])
        return range(-(-self._least // step) * step, self._most + 1, step)
