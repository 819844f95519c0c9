"""The base of charts drawn by QPainter: repaint on theme change, speak their numbers."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import theme_of


class PaintedChart(QWidget):
    """A chart that takes the keyboard focus and draws itself in `draw`."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme_of().changed.connect(self.update)

    def draw(self, painter: QPainter) -> None:
        """Draw the chart; the painter is antialiased and has the body font."""

    def content(self) -> QRect:
        """What the focus ring surrounds."""
        return self.rect()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Set the painter up and draw; a focus ring of 2 px lies inside the same box."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("body"))
        painter.setPen(color("text"))
        self.draw(painter)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(color("accent"))
            pen.setWidth(2)
            pen.setStyle(Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.content().adjusted(1, 1, -1, -1))
        painter.end()

    def sizeHint(self) -> QSize:
        """A size that shows every label."""
        return self.minimumSizeHint()


def color(token: str) -> QColor:
    """A colour of the theme in force."""
    return theme_of().color(token)


def font(role: str) -> QFont:
    """A font of the type scale."""
    return theme_of().font(role)
