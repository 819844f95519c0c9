"""Numbers that identify a person: typed freely, grouped when shown, never rejected by a mask."""

import re
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app.ui.widgets.line_field import FieldTextError, LineField
from app.ui.widgets.text_edit import visible_text

_MOBILE = re.compile(r"[6-9][0-9]{9}")
_DIGITS = 10
_GROUP = 4
_SEPARATORS = re.compile(r"[\s\-.()]")


class MaskedIdEdit(LineField):
    """An identity number: separators are stripped, letters become capitals.

    Kinds: pan, aadhaar, plain.

    What is stored shows as its mask only, as the placeholder; typing replaces it. The value of an
    untouched field is empty, which means "as stored". Check digits are the services' to judge.
    """

    field_width: ClassVar[int] = 260

    def __init__(
        self, name: str, kind: str = "plain", masked: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self.kind = kind
        self.show_mask(masked)

    def show_mask(self, mask: str) -> None:
        """Show the mask of the stored number, such as XXXX XXXX 2346."""
        self.setPlaceholderText(mask)
        self.setAccessibleDescription(mask)

    def read_text(self, text: str) -> object:
        """Return the number without separators."""
        return _SEPARATORS.sub("", visible_text(text)).upper()

    def write_value(self, value: object) -> str:
        """Return the number, an Aadhaar number in groups of four."""
        digits = str(value)
        if self.kind != "aadhaar":
            return digits
        return " ".join(digits[i : i + _GROUP] for i in range(0, len(digits), _GROUP))

    def value(self) -> str:
        """The number as typed, without separators; empty if untouched."""
        raw = self.raw_value()
        return raw if isinstance(raw, str) else ""

    def set_value(self, value: str | None) -> None:
        """Show a number."""
        self.put_value(value or None)


class PhoneEdit(LineField):
    """An Indian mobile number: ten digits, +91 and 0 are stripped."""

    field_width: ClassVar[int] = 180

    def read_text(self, text: str) -> object:
        """Return ten digits.

        Raises:
            FieldTextError: they are not ten, or do not begin with 6 to 9.
        """
        digits = _SEPARATORS.sub("", visible_text(text))
        for prefix in ("+91", "91", "0"):
            if digits.startswith(prefix) and len(digits) == len(prefix) + _DIGITS:
                digits = digits.removeprefix(prefix)
        if not digits.isascii() or not digits.isdigit() or len(digits) != _DIGITS:
            count = sum(c.isdigit() for c in digits)
            sentence = self.tr("A mobile number has 10 digits: this one has %1")
            raise FieldTextError(sentence.replace("%1", str(count)))
        if not _MOBILE.fullmatch(digits):
            raise FieldTextError(self.tr("A mobile number starts with 6, 7, 8 or 9"))
        return digits

    def write_value(self, value: object) -> str:
        """Return the number in two groups."""
        digits = str(value)
        return f"{digits[:5]} {digits[5:]}" if len(digits) == _DIGITS else digits

    def value(self) -> str:
        """Ten digits, or what was typed while it does not fit."""
        raw = self.raw_value()
        return raw if isinstance(raw, str) else visible_text(self.text())

    def set_value(self, value: str | None) -> None:
        """Show a number."""
        self.put_value(value or None)
