"""A field for a password: pasted or typed, shown on demand, with a note for Caps Lock."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_LONGEST = 200
_HEIGHT = 30


class PasswordEdit(QLineEdit):
    """A line that hides what is typed.

    `caps_lock` says, at each letter, whether Caps Lock seems to be on: a capital without Shift or
    a small letter with it. Qt offers no other sign of it that works on every desktop.
    """

    caps_lock = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setFixedHeight(_HEIGHT)
        self.setMaxLength(_LONGEST)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoAutoUppercase
        )

    def value(self) -> str:
        """The password exactly as typed: blanks at its ends belong to it."""
        return self.text()

    def set_shown(self, shown: bool) -> None:  # noqa: FBT001  # slot of a check box
        """Show or hide the typed characters."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Watch for Caps Lock on the way to the line."""
        typed = event.text()
        if typed.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock.emit(typed.isupper() != shift)
        super().keyPressEvent(event)
