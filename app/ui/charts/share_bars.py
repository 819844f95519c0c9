"""Bars of shares, largest first, with the bad part of each hatched at its beginning."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui.charts.painted_chart import PaintedChart, color, font

_ROW, _BAR, _GAP, _MOST_NAME = 24, 12, 8, 0.42
_MIN = QSize(220, 140)


@dataclass(frozen=True, slots=True)
class ShareBar:
    """One group: its share of the whole and the bad part of the group, in per cent."""

    label: str
    share: float
    bad: float


class ShareBars(PaintedChart):
    """As many as there is room for; the table beside has them all."""

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
        top_share = max(bar.share for bar in shown) or 1
        painter.setFont(font("small"))
        for place, bar in enumerate(shown):
            top = place * _ROW
            painter.setPen(color("text"))
            name = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, left - _GAP)
            painter.drawText(QRectF(0, top, left, _ROW), Qt.AlignmentFlag.AlignVCenter, name)
            wide = (self.width() - left - digits) * bar.share / top_share
            box = QRectF(left, top + (_ROW - _BAR) / 2, wide, _BAR)
            painter.fillRect(box, color("lowers"))
            bad = QRectF(box.left(), box.top(), wide * bar.bad / 100, _BAR)
            painter.fillRect(bad, color("surface"))
            painter.fillRect(bad, QBrush(color("bad"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(color("lowers"), 1))
            if bar.share:
                painter.drawRect(box)
            painter.setPen(color("muted"))
            area = QRectF(box.right() + _GAP, top, digits, _ROW)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, f"{bar.share:.1f} %")
