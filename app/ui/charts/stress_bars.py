"""Expected loss by segment before and after a shock: two bars a row, numbers at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.rules.money import rupees_compact
from app.ui.charts.painted_chart import PaintedChart, color, font

_MIN = QSize(310, 104)
_MOST_LABEL, _LEAST_BARS, _GAP = 150, 80, 8
_ROW, _MOST_ROW, _HEAD = 22, 36, 22
_BAR_SHARE = 0.3
_MOST = 8
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class StressBar:
    """One segment, in paise."""

    label: str
    before_paise: int
    after_paise: int


class StressBars(PaintedChart):
    """The worst segments; the rest is in the table beside it, which is the chart's twin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("chart.stress", "", parent)
        self.setAccessibleName(self.tr("Expected loss by segment, before and after"))
        self._bars: tuple[StressBar, ...] = ()

    def minimumSizeHint(self) -> QSize:
        """Room for a few rows."""
        return _MIN

    def show_bars(self, bars: Sequence[StressBar]) -> None:
        """Draw other segments, the worst first; as many as there is room for."""
        self._bars = tuple(bars)
        rows = self.table_rows()
        self.setAccessibleDescription("\n".join("\t".join(row) for row in rows))
        self.update()

    def table_rows(self) -> tuple[tuple[str, ...], ...]:
        """The chart as a table: a head, then one row a segment."""
        head = (self.tr("Segment"), self.tr("Before"), self.tr("After"))
        return (
            head,
            *((each.label, *_shown(each)) for each in self._bars),
        )

    def draw(self, painter: QPainter) -> None:
        """Legend words over the bars, then the rows."""
        shown = self._bars[: self._fitting()]
        if not shown:
            return
        self._draw_head(painter)
        most = max(max(each.after_paise, each.before_paise) for each in shown) or 1
        height = min((self.height() - _HEAD) / len(shown), _MOST_ROW)
        for place, bar in enumerate(shown):
            row = QRectF(0, _HEAD + place * height, self.width(), height)
            self._draw_row(painter, bar, row, most)

    def rooms(self) -> tuple[float, float, bool]:
        """Widths of names and numbers, and whether both numbers leave the bars their room."""
        shown = self._bars[: self._fitting()]
        body, small = QFontMetricsF(font("body")), QFontMetricsF(font("small"))
        names = max((body.horizontalAdvance(each.label) for each in shown), default=0.0)
        label = min(names + 1, _MOST_LABEL)
        for both in (True, False):
            words = (_words(each, both=both) for each in shown)
            numbers = max((small.horizontalAdvance(each) for each in words), default=0.0) + 1
            if self.width() - label - numbers - 2 * _GAP >= _LEAST_BARS:
                break
        return label, numbers, both

    def _fitting(self) -> int:
        return min(max((self.height() - _HEAD) // _ROW, 1), _MOST)

    def _plot(self) -> tuple[float, float]:
        """Left edge and width of the bars."""
        label, numbers, _both = self.rooms()
        return label + _GAP, max(self.width() - label - numbers - 2 * _GAP, 1)

    def _draw_head(self, painter: QPainter) -> None:
        left, _wide = self._plot()
        painter.setFont(font("small"))
        metrics = QFontMetricsF(font("small"))
        for words, after in ((self.tr("Before"), False), (self.tr("After"), True)):
            self._draw_bar(painter, QRectF(left, 6, 18, 8), after=after)
            painter.setPen(color("muted"))
            box = QRectF(left + 24, 0, metrics.horizontalAdvance(words) + 2, 20)
            painter.drawText(box, _LEFT, words)
            left = box.right() + 16

    def _draw_row(self, painter: QPainter, bar: StressBar, row: QRectF, most: int) -> None:
        left, wide = self._plot()
        label, numbers, both = self.rooms()
        top, height = row.top(), row.height()
        metrics = QFontMetricsF(font("body"))
        words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, label)
        painter.setFont(font("body"))
        painter.setPen(color("text"))
        painter.drawText(QRectF(0, top, label, height), _LEFT, words)
        tall = height * _BAR_SHARE
        for after, paise in enumerate((bar.before_paise, bar.after_paise)):
            y = top + height / 2 + (after - 1) * (tall + 1)
            box = QRectF(left, y, max(wide * paise / most, 1), tall)
            self._draw_bar(painter, box, after=bool(after))
        painter.setFont(font("small"))
        painter.setPen(color("text"))
        place = QRectF(self.width() - numbers, top, numbers, height)
        painter.drawText(place, _RIGHT, _words(bar, both=both))

    @staticmethod
    def _draw_bar(painter: QPainter, box: QRectF, *, after: bool) -> None:
        """Before is an outline, after is filled: told apart without colour."""
        painter.setPen(QPen(color("raises" if after else "line"), 1))
        painter.setBrush(color("raises") if after else color("hover"))
        painter.drawRect(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _words(bar: StressBar, *, both: bool) -> str:
    """Before and after; where there is no room for both, what it came to."""
    return " to ".join(_shown(bar)) if both else _shown(bar)[1]


def _shown(bar: StressBar) -> tuple[str, str]:
    return rupees_compact(bar.before_paise), rupees_compact(bar.after_paise)
