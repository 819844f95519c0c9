"""What the steps of a heat table mean, and what its hatch means."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import theme_of

_BOX, _GAP, _SPACE, _HIGH = 13, 5, 10, 20


class HeatLegend(QWidget):
    """Boxes with the edges between them; a reader is told the same in words."""

    def __init__(self, few: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._few = few
        self._edges: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_of().changed.connect(self.update)

    def show_edges(self, edges: Sequence[float]) -> None:
        """Other steps."""
        self._edges = tuple(edges)
        self.setAccessibleName(", ".join(self._words()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        metrics = QFontMetrics(theme_of().font("small"))
        wide = sum(_BOX + _GAP + metrics.horizontalAdvance(w) + _SPACE for w in self._words())
        return QSize(wide, _HIGH)

    def minimumSizeHint(self) -> QSize:
        """It is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box and words of each step."""
        theme, painter = theme_of(), QPainter(self)
        painter.setFont(theme.font("small"))
        left, top = 0, (self.height() - _BOX) // 2
        for place, words in enumerate(self._words()):
            box = QRect(left, top, _BOX, _BOX)
            if place <= len(self._edges):
                painter.fillRect(box, theme.heat(place)[0])
            else:
                painter.fillRect(box, QBrush(theme.color("line"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(theme.color("line"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.setPen(theme.color("muted"))
            wide = painter.fontMetrics().horizontalAdvance(words)
            area = QRect(box.right() + _GAP, 0, wide + 2, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)
            left += _BOX + _GAP + wide + _SPACE
        painter.end()

    def _words(self) -> list[str]:
        if not self._edges:
            return []
        words = [self.tr("under %1").replace("%1", f"{self._edges[0]:g}")]
        words += [f"{edge:g}" for edge in self._edges[:-1]]
        words.append(self.tr("%1 and over").replace("%1", f"{self._edges[-1]:g}"))
        return words + ([self._few] if self._few else [])
