"""Plain words: one line, or a few lines of remarks."""

import unicodedata
from typing import ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui.widgets.labels import set_kind
from app.ui.widgets.line_field import FieldTextError, LineField

_NOTE_HEIGHT = 72


def visible_text(text: str) -> str:
    """Return text in NFC without control and invisible characters, trimmed."""
    kept = (
        c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Cf", "Cc")
    )
    return "".join(kept).strip()


class TextEdit(LineField):
    """One line of words; nothing is cut while typing."""

    field_width: ClassVar[int] = 260

    def __init__(
        self,
        name: str,
        max_length: int = 100,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._max_length = max_length
        self.setPlaceholderText(placeholder)

    def read_text(self, text: str) -> object:
        """Return the words, trimmed.

        Raises:
            FieldTextError: they are too long.
        """
        plain = visible_text(text)
        if len(plain) > self._max_length:
            sentence = self.tr("At most %1 characters fit here: these are %2")
            raise FieldTextError(
                sentence.replace("%1", str(self._max_length)).replace("%2", str(len(plain)))
            )
        return plain

    def value(self) -> str:
        """The words, empty if there are none."""
        raw = self.raw_value()
        return raw if isinstance(raw, str) else ""

    def set_value(self, value: str | None) -> None:
        """Show words."""
        self.put_value(value or None)


class NoteEdit(QPlainTextEdit):
    """A few lines; Tab leaves the field, Ctrl+Enter belongs to the form."""

    value_changed = Signal(object)
    left = Signal()
    field_width: ClassVar[int] = 420

    def __init__(self, name: str, max_length: int = 2000, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._max_length = max_length
        self.edited = False
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_NOTE_HEIGHT)
        self.textChanged.connect(self._moved)

    def sizeHint(self) -> QSize:
        """As high as it is: Qt's own would keep room for a whole page."""
        return QSize(self.field_width, _NOTE_HEIGHT)

    def value(self) -> str:
        """The words, trimmed."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show words; counts as untouched."""
        self.setPlainText(value or "")
        self.edited = False

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.value()

    def problem(self) -> str:
        """The sentence for too many words."""
        length = len(self.value())
        if length <= self._max_length:
            return ""
        sentence = self.tr("At most %1 characters fit here: these are %2")
        return sentence.replace("%1", str(self._max_length)).replace("%2", str(length))

    def set_wrong(self, *, wrong: bool) -> None:
        """Colour the border."""
        set_kind(self, "true" if wrong else "false", "wrong")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter to the form's action."""
        if event.key() == Qt.Key.Key_Return and event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _moved(self) -> None:
        self.edited = True
        self.value_changed.emit(self.value())
