"""The book in one bar: standard, special mention and NPA, told apart by hatch and by words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui.charts.painted_chart import PaintedChart, color, font

_BAR, _LINE, _PAD, _GAP = 20, 18, 2, 16
_HATCHES = {
    "standard": (Qt.BrushStyle.SolidPattern, "lowers"),
    "watch": (Qt.BrushStyle.BDiagPattern, "warning"),
    "npa": (Qt.BrushStyle.SolidPattern, "bad"),
}
_TONES = {"standard": "muted", "watch": "warning", "npa": "bad"}


@dataclass(frozen=True, slots=True)
class BarPart:
    """One part of the whole.

    Attributes:
        kind: standard, watch or npa.
        share: of the whole, 0 to 1.
        words: printed below ("SMA ₹25.63 Cr, 10.6 %").
    """

    kind: str
    share: float
    words: str


class ClassBar(PaintedChart):
    """Parts from left to right as wide as their share; words below in the same order."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self._parts: tuple[BarPart, ...] = ()

    def minimumSizeHint(self) -> QSize:
        """The bar and its words."""
        return QSize(320, _BAR + _LINE + 3 * _PAD)

    def show_parts(self, parts: Sequence[BarPart]) -> None:
        """Draw another book; the description carries the same numbers."""
        self._parts = tuple(parts)
        self.setAccessibleDescription("\n".join(part.words for part in self._parts))
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Bar, then words under it: the first at the left, the others at the right."""
        left = float(_PAD)
        whole = self.width() - 2 * _PAD
        for part in self._parts:
            style, tone = _HATCHES[part.kind]
            box = QRectF(left, _PAD, whole * part.share, _BAR)
            painter.fillRect(box, QBrush(color(tone), style))
            painter.setPen(QPen(color(tone), 1))
            if part.share:
                painter.drawRect(box)
            left += box.width()
        self._draw_words(painter)

    def _draw_words(self, painter: QPainter) -> None:
        top = _PAD + _BAR + _PAD
        right = float(self.width() - _PAD)
        metrics = QFontMetricsF(font("small-strong"))
        painter.setFont(font("small-strong"))
        for place, part in reversed(list(enumerate(self._parts))):
            painter.setPen(color(_TONES[part.kind]))
            wide = metrics.horizontalAdvance(part.words) + 2
            box = QRectF(_PAD if place == 0 else right - wide, top, wide, _LINE)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, part.words)
            right -= wide + _GAP
