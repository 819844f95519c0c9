"""Bars of shares, largest first, with the bad part of each hatched at its beginning."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui.charts.painted_chart import PaintedChart, color, font

_ROW, _MOST_ROW, _GAP, _MOST_NAME = 22, 44, 8, 0.42
_MIN = QSize(220, 66)


@dataclass(frozen=True, slots=True)
class ShareBar:
    """One group: its share of the whole and the bad part of the group, in per cent."""

    label: str
    share: float
    bad: float


class ShareBars(PaintedChart):
    """As many as there is room for, as thick as it allows; the table beside has them all."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self._bars: tuple[ShareBar, ...] = ()

    def minimumSizeHint(self) -> QSize:
        """Room for a few rows."""
        return _MIN

    def show_bars(self, bars: Sequence[ShareBar]) -> None:
        """Draw other groups; the description carries the same numbers."""
        self._bars = tuple(bars)
        lines = (f"{bar.label}: {bar.share:.1f} %, {bar.bad:.1f} %" for bar in self._bars)
        self.setAccessibleDescription("\n".join(lines))
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Names, bars, shares."""
        shown = self._bars[: max(self.height() // _ROW, 1)]
        if not shown:
            return
        metrics = QFontMetricsF(font("small"))
        widest = max(metrics.horizontalAdvance(bar.label) for bar in shown) + _GAP
        left = min(widest, self.width() * _MOST_NAME)
        digits = metrics.horizontalAdvance("100.0 %") + _GAP
        row = min(max(self.height() / len(shown), _ROW), _MOST_ROW)
        scale = (self.width() - left - digits) / (max(bar.share for bar in shown) or 1)
        painter.setFont(font("small"))
        for place, bar in enumerate(shown):
            top = place * row
            painter.setPen(color("text"))
            name = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, left - _GAP)
            painter.drawText(QRectF(0, top, left, row), Qt.AlignmentFlag.AlignVCenter, name)
            box = QRectF(left, top + row / 4, bar.share * scale, row / 2)
            self._draw_bar(painter, bar, box)
            painter.setPen(color("muted"))
            area = QRectF(box.right() + _GAP, top, digits, row)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, f"{bar.share:.1f} %")

    @staticmethod
    def _draw_bar(painter: QPainter, bar: ShareBar, box: QRectF) -> None:
        """The whole of the group, its bad part hatched at the beginning."""
        painter.fillRect(box, color("lowers"))
        bad = QRectF(box.left(), box.top(), box.width() * bar.bad / 100, box.height())
        painter.fillRect(bad, color("surface"))
        painter.fillRect(bad, QBrush(color("bad"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(color("lowers"), 1))
        if bar.share:
            painter.drawRect(box)
