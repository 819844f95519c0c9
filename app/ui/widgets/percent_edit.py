"""A rate in per cent: text in, whole parts per million out."""

import re
from decimal import Decimal
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app.rules.money import percent_text, ppm_of_percent
from app.rules.typed_text import typed_text
from app.ui.widgets.line_field import FieldTextError, LineField

_NUMBER = re.compile(r"-?\d{1,6}(?:\.\d{0,4})?|-?\.\d{1,4}")


class PercentEdit(LineField):
    """A share or a yearly rate, two decimals or as many as it needs, at most four."""

    field_width: ClassVar[int] = 180
    right_aligned: ClassVar[bool] = True

    def __init__(self, name: str, unit: str = "% a year", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.set_units("", unit)

    def read_text(self, text: str) -> object:
        """Return parts per million.

        Raises:
            FieldTextError: the text is no number.
        """
        plain = re.sub(r"[\s%]", "", text).replace(",", "")
        if not _NUMBER.fullmatch(plain):
            sentence = self.tr("Enter a number like 12.25: “%1” is not one")
            raise FieldTextError(sentence.replace("%1", typed_text(text)))
        return ppm_of_percent(Decimal(plain))

    def write_value(self, value: object) -> str:
        """Return the rate with two decimals or more."""
        return percent_text(int(str(value)))

    def value(self) -> int | None:
        """Parts per million, None while there are none."""
        raw = self.raw_value()
        return raw if isinstance(raw, int) else None

    def set_value(self, value: int | None) -> None:
        """Show a rate in parts per million."""
        self.put_value(value)
