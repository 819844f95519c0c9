"""How a panel shows that its old values are being read again: a veil and a small mark (A6)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.ui.theme import theme_of
from app.ui.widgets.labels import IconMark, label

OLD_VALUES = 0.6  # how strongly old values still show
_SIDE = 8


class Veil(QWidget):
    """Dims what lies below to 60 %; keys and mouse go through it."""

    def __init__(self, ground: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground's own colour over everything, at 40 %."""
        painter = QPainter(self)
        painter.setOpacity(1 - OLD_VALUES)
        painter.fillRect(event.rect(), theme_of().color(self._ground))
        painter.end()


class BusyMark(QFrame):
    """A chip in the panel's corner: "updating", later what is read, later *Cancel*."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._panel = parent
        self.setObjectName("busy")
        self.setProperty("kind", "busy")
        self._words = label("", "small")
        self.stop = QPushButton(self.tr("Cancel"))
        self.stop.setProperty("small", "true")
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 3, 8, 3)
        line.setSpacing(6)
        line.addWidget(IconMark("refresh", "accent", 14))
        line.addWidget(self._words)
        line.addWidget(self.stop)
        self.hide()

    def say(self, words: str, *, stoppable: bool = False) -> None:
        """Show these words."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.stop.setVisible(stoppable)
        self.show()
        self.raise_()
        self.place()

    def place(self) -> None:
        """Stand in the lower right corner, over no head and no first row."""
        self.adjustSize()
        room = self._panel.size()
        self.move(room.width() - self.width() - _SIDE * 2, room.height() - self.height() - _SIDE)

    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self._words.text()
