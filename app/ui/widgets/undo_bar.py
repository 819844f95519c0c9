"""What was just taken away, and the way back: a bar that stays ten seconds (screens.md F12)."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.message_bar import InfoBar

STAYS_MS = 10_000


class UndoBar(QWidget):
    """Empty until something is taken away; a newer removal takes the older one's place.

    Signals:
        expired: what went stays gone: the time is over, or something newer took its place.
    """

    expired = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar: InfoBar | None = None
        self._undo: Callable[[], object] | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self.forget)
        self.hide()

    def offer(self, words: str, undo: Callable[[], object]) -> None:
        """Say what went, and offer to bring it back."""
        self.forget()
        button = QPushButton(self.tr("Undo"))
        button.setObjectName("undo")
        button.setAccessibleIdentifier("undo")
        button.setAccessibleName(self.tr("Undo: %1").replace("%1", words))
        button.setProperty("kind", "link")
        button.setAutoDefault(True)
        button.clicked.connect(self.undo)
        self._undo = undo
        self._bar = InfoBar("info", words, (button,))
        self._lines.addWidget(self._bar)
        self.show()
        self._timer.start()

    def undo(self) -> None:
        """Bring back what went; nothing happens when the time is over."""
        undo, self._undo = self._undo, None
        self.forget()
        if undo is not None:
            undo()

    def forget(self) -> None:
        """Take the bar away: what went stays gone."""
        self._timer.stop()
        pending, self._undo = self._undo, None
        if self._bar is not None:
            self._bar.hide()
            self._bar.deleteLater()
            self._bar = None
        self.hide()
        if pending is not None:
            self.expired.emit()
