"""A whole number with its unit, such as months, years or points."""

import re
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.rules.typed_text import typed_text
from app.ui.widgets.line_field import FieldTextError, LineField

_LONGEST = 9


class CountEdit(LineField):
    """A count; Up and Down step."""

    field_width: ClassVar[int] = 180
    right_aligned: ClassVar[bool] = True

    def __init__(
        self, name: str, unit: str = "", step: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._step = step
        self.set_units("", unit)

    def read_text(self, text: str) -> object:
        """Return the whole number.

        Raises:
            FieldTextError: the text is no whole number.
        """
        plain = re.sub(r"[\s,]", "", text)
        if not re.fullmatch(r"-?[0-9]+", plain) or len(plain) > _LONGEST:
            sentence = self.tr("Enter a whole number: “%1” is not one")
            raise FieldTextError(sentence.replace("%1", typed_text(text)))
        return int(plain)

    def value(self) -> int | None:
        """The number, None while there is none."""
        raw = self.raw_value()
        return raw if isinstance(raw, int) else None

    def set_value(self, value: int | None) -> None:
        """Show a number."""
        self.put_value(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with Up and Down."""
        steps = {Qt.Key.Key_Up: self._step, Qt.Key.Key_Down: -self._step}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        self.edited = True
        begin = self.last_read()
        start = begin if isinstance(begin, int) else 0
        self.setText(str(max(start + step, 0)))
