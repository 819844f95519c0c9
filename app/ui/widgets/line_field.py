"""The base of one-line inputs: text in, one typed value out, sentences for what does not fit."""

from typing import ClassVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.theme import theme_of
from app.ui.widgets.labels import set_kind

_PAD = 8
_GAP = 6


class FieldTextError(ValueError):
    """The text does not fit the field.

    Attributes:
        sentence: what the person reads, in the words of screens.md F6.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class LineField(QLineEdit):
    """A line that is read as a value.

    While typing nothing is rejected. `value()` is None while the text is empty or does not fit;
    on leaving, a text that fits is shown in its own form.
    """

    value_changed = Signal(object)
    left = Signal()
    field_width: ClassVar[int] = 260
    right_aligned: ClassVar[bool] = False

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self._prefix = ""
        self._suffix = ""
        self._value: object = None
        self._last_read: object = None
        self._ghost = ""
        self.edited = False
        self.setFixedHeight(30)
        if self.right_aligned:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textChanged.connect(self._text_moved)
        self.textEdited.connect(self._mark_edited)
        theme_of().changed.connect(self.update)

    def read_text(self, text: str) -> object:
        """Return the value of a text that is not blank.

        Raises:
            ValueError: it does not fit; the message, or `sentence`, is for the person.
        """
        return text.strip()

    def write_value(self, value: object) -> str:
        """Return how a value is shown."""
        return str(value)

    def set_units(self, prefix: str, suffix: str) -> None:
        """Print a sign before and a unit after the text, inside the field."""
        self._prefix, self._suffix = prefix, suffix
        metrics = QFontMetrics(theme_of().font("body"))
        before = metrics.horizontalAdvance(prefix) + _GAP if prefix else 0
        after = metrics.horizontalAdvance(suffix) + _GAP if suffix else 0
        self.setTextMargins(before, 0, after, 0)

    def suggest(self, value: object) -> None:
        """Show a known value as ghost text that Right accepts; None offers nothing (F9).

        It never overwrites: it shows in an empty field only, and the field stays empty until
        somebody takes it.
        """
        text = "" if value is None else self.write_value(value)
        if text == self._ghost:
            return
        self._ghost = text
        self.setPlaceholderText(text)
        said = self.tr("Known: %1. Right takes it").replace("%1", text) if text else ""
        self.setToolTip(said)
        self.setStatusTip(said)

    def suggested(self) -> str:
        """The ghost text, empty while nothing is offered."""
        return self._ghost

    def raw_value(self) -> object:
        """The value, None while empty or not fitting."""
        return self._value

    def last_read(self) -> object:
        """The value, or while the text cannot be read the one before; None once it is empty.

        A step counts from it: a letter that slips into an amount must not make it 0.
        """
        return self._last_read

    def put_value(self, value: object) -> None:
        """Show a value, or nothing for None; counts as untouched."""
        self.setText("" if value is None else self.write_value(value))
        self.edited = False

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text().strip()

    def problem(self) -> str:
        """The sentence for a text that does not fit; empty if it fits or is blank."""
        return self._read()[1]

    def set_wrong(self, *, wrong: bool) -> None:
        """Colour the border."""
        set_kind(self, "true" if wrong else "false", "wrong")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right in an empty field takes what is offered."""
        if event.key() == Qt.Key.Key_Right and self._ghost and not self.text():
            self.edited = True
            self.setText(self._ghost)
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the value in its own form and tell that the field was left."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.tidy()
            self.left.emit()

    def tidy(self) -> None:
        """Show the value in its own form."""
        value, _ = self._read()
        if value is not None:
            shown = self.write_value(value)
            if shown != self.text():
                self.setText(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, then its units."""
        super().paintEvent(event)
        if not (self._prefix or self._suffix):
            return
        painter = QPainter(self)
        painter.setFont(theme_of().font("body"))
        painter.setPen(theme_of().color("muted"))
        area = QRect(_PAD, 0, self.width() - 2 * _PAD, self.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, self._prefix)
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, self._suffix)
        painter.end()

    def _read(self) -> tuple[object, str]:
        text = self.text()
        if not text.strip():
            return None, ""
        try:
            return self.read_text(text), ""
        except ValueError as fault:
            return None, getattr(fault, "sentence", "") or str(fault)

    def _text_moved(self) -> None:
        value, problem = self._read()
        if not problem:
            self._last_read = value
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)

    def _mark_edited(self) -> None:
        self.edited = True
