"""One bar a bucket: what came back, what stayed, what rolled on; told apart by hatch and words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui.charts.painted_chart import PaintedChart, color, font

_ROW, _MOST_ROW, _BAR, _HEAD, _GAP = 40, 72, 16, 22, 10
_LOOKS = (
    ("good", Qt.BrushStyle.SolidPattern),
    ("line", Qt.BrushStyle.Dense5Pattern),
    ("bad", Qt.BrushStyle.BDiagPattern),
)
_MIN = QSize(220, 160)


@dataclass(frozen=True, slots=True)
class RollPart:
    """Shares of one bucket in per cent; they add up to 100."""

    bucket: str
    better: float
    same: float
    worse: float

    @property
    def shares(self) -> tuple[float, float, float]:
        """From left to right."""
        return self.better, self.same, self.worse


class RollBars(PaintedChart):
    """A legend above, then a row for each bucket with its shares under the bar."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self._parts: tuple[RollPart, ...] = ()
        self._words = (self.tr("better or closed"), self.tr("same"), self.tr("worse"))

    def minimumSizeHint(self) -> QSize:
        """Room for a few rows."""
        return _MIN

    def show_parts(self, parts: Sequence[RollPart]) -> None:
        """Draw another month; the description carries the same numbers."""
        self._parts = tuple(parts)
        lines = (f"{part.bucket}: {self._said(part)}" for part in self._parts)
        self.setAccessibleDescription("\n".join(lines))
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Legend, names, bars, shares."""
        if not self._parts:
            painter.setPen(color("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No figure yet"))
            return
        self._draw_legend(painter)
        names = QFontMetricsF(font("body"))
        left = max(names.horizontalAdvance(part.bucket) for part in self._parts) + _GAP
        room = (self.height() - _HEAD) / len(self._parts)
        row = min(max(room, _ROW), _MOST_ROW)
        bar = row - _ROW + _BAR
        for place, part in enumerate(self._parts):
            top = _HEAD + place * row
            painter.setFont(font("body"))
            painter.setPen(color("text"))
            painter.drawText(
                QRectF(0, top, left, bar + 4), Qt.AlignmentFlag.AlignVCenter, part.bucket
            )
            self._draw_bar(painter, part, QRectF(left, top + 2, self.width() - left - 2, bar))
            painter.setFont(font("key"))
            painter.setPen(color("muted"))
            painter.drawText(
                QRectF(left, top + bar + 2, self.width() - left, 16),
                Qt.AlignmentFlag.AlignVCenter,
                self._said(part),
            )

    def _draw_bar(self, painter: QPainter, part: RollPart, area: QRectF) -> None:
        left = area.left()
        for share, (tone, style) in zip(part.shares, _LOOKS, strict=True):
            box = QRectF(left, area.top(), area.width() * share / 100, area.height())
            if share:
                painter.fillRect(box, QBrush(color(tone), style))
                painter.setPen(QPen(color(tone), 1))
                painter.drawRect(box)
            left = box.right()

    def _draw_legend(self, painter: QPainter) -> None:
        painter.setFont(font("small"))
        left = 0.0
        for words, (tone, style) in zip(self._words, _LOOKS, strict=True):
            box = QRectF(left, 2, 12, 12)
            painter.fillRect(box, QBrush(color(tone), style))
            painter.setPen(QPen(color(tone), 1))
            painter.drawRect(box)
            painter.setPen(color("muted"))
            wide = QFontMetricsF(font("small")).horizontalAdvance(words)
            painter.drawText(QRectF(left + 18, 0, wide + 4, 16), Qt.AlignmentFlag.AlignLeft, words)
            left += wide + 32

    def _said(self, part: RollPart) -> str:
        shares = zip(self._words, part.shares, strict=True)
        said = ", ".join(f"{words} {share:.1f} %" for words, share in shares if share)
        return said or self.tr("nothing was owed")
