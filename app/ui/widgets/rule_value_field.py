"""The value of a rule or of a product's field, typed in its unit or picked from its list."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.rules.rule_values import (
    RuleValueError,
    parse_rule_value,
    rule_value_shown,
)
from app.ui.widgets.line_field import LineField
from app.ui.widgets.picker import Choice, Picker

_YES_NO = ("yes", "no")
_PICKED = frozenset({"flag", "word"})


def _tr(words: str) -> str:
    return QCoreApplication.translate("RuleValueField", words)


class RuleValueEdit(LineField):
    """One line in a unit: "12.25 %", "3.5 lakh", "30 days", "no limit".

    `value()` is the text in its own form, as `parse_rule_value` reads it again; None while the
    text is empty or does not fit.
    """

    field_width: ClassVar[int] = 260

    def __init__(self, name: str, unit: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._unit = unit

    def set_unit(self, unit: str) -> None:
        """Read what is typed in another unit."""
        self._unit = unit

    def read_text(self, text: str) -> object:
        """Return the text as the unit writes it.

        Raises:
            RuleValueError: it does not fit the unit.
        """
        return rule_value_shown(parse_rule_value(text, self._unit), self._unit)

    def value(self) -> str | None:
        """The text in its own form."""
        raw = self.raw_value()
        return raw if isinstance(raw, str) else None

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self.put_value(value)


def value_field(name: str, unit: str, words: Sequence[Choice] = ()) -> QWidget:
    """The input of a unit: a list for words and yes or no, else a line."""
    if unit == "flag":
        return Picker(name, [Choice(word, word) for word in _YES_NO])
    if unit == "word" and words:
        return Picker(name, words)
    return RuleValueEdit(name, unit)


def value_hint(unit: str) -> str:
    """What to type, in the words of the rule that reads it; nothing beside a list."""
    return "" if unit in _PICKED else str(RuleValueError(unit))


def unit_words(unit: str) -> str:
    """A unit as people name it."""
    named = {
        "paise": _tr("rupees"),
        "ppm": _tr("per cent"),
        "millionths": _tr("a number"),
        "count": _tr("a whole number"),
        "flag": _tr("yes or no"),
        "word": _tr("one of a list"),
        "text": _tr("words"),
        "number": _tr("a number"),
        "time": _tr("a time of day"),
        "date": _tr("a date"),
    }
    return named.get(unit, unit.replace("_", " "))
