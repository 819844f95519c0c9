"""A search box: the glass before, the key at its end, one signal after a pause."""

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from app.ui.theme import theme_of

_ICON = 16
_PAUSE_MS = 150


class SearchEdit(QLineEdit):
    """Sends `searched` 150 ms after the last key, at once with Enter.

    Down goes on to the list that it searches, past the filters between; Esc empties it.
    """

    searched = Signal(str)
    entered = Signal(str)

    def __init__(
        self, name: str, placeholder: str = "", keys: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(placeholder)
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(30)
        self._keys = keys
        key_width = QFontMetrics(theme_of().font("key")).horizontalAdvance(keys) + 14 if keys else 0
        self.setTextMargins(_ICON + 8, 0, key_width, 0)
        self._sent = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._send)
        self.textChanged.connect(self._typed)
        theme_of().changed.connect(self.update)

    def value(self) -> str:
        """What is searched for, trimmed."""
        return self.text().strip()

    def set_value(self, value: str) -> None:
        """Show words without searching for them."""
        self.setText(value)
        self._sent = self.value()
        self._pause.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search at once with Enter, go to the list with Down, empty with Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._send()
            self.entered.emit(self.value())
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self._go_to_list()
        else:
            super().keyPressEvent(event)

    def _go_to_list(self) -> None:
        """Give the keys to the next list that shows, if it found anything."""
        after = self.nextInFocusChain()
        while after is not None and after is not self:
            if isinstance(after, QAbstractItemView) and after.isVisible():
                if after.model().rowCount():
                    after.setFocus(Qt.FocusReason.TabFocusReason)
                return
            after = after.nextInFocusChain()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, the glass and the key."""
        super().paintEvent(event)
        theme = theme_of()
        painter = QPainter(self)
        painter.drawPixmap(9, (self.height() - _ICON) // 2, theme.pixmap("search", "muted", _ICON))
        if self._keys:
            self._paint_key(painter)
        painter.end()

    def _paint_key(self, painter: QPainter) -> None:
        theme = theme_of()
        painter.setFont(theme.font("key"))
        width = painter.fontMetrics().horizontalAdvance(self._keys) + 10
        cap = QRect(self.width() - width - 6, (self.height() - 18) // 2, width, 18)
        painter.setPen(theme.color("hair"))
        painter.setBrush(theme.color("hover"))
        painter.drawRoundedRect(cap, 3, 3)
        painter.setPen(theme.color("muted"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._keys)

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _send(self) -> None:
        self._pause.stop()
        if self.value() != self._sent:
            self._sent = self.value()
            self.searched.emit(self._sent)
