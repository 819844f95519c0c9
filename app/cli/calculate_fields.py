"""Reading and writing the vectors' forms for ``calculate``: rupees and per cent as text.

Source: lending-vectors.md (form). Numbers are compared as decimals; money never becomes a float.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from app.rules.money import PAISE_PER_RUPEE, ppm_of_percent, round_half_up
from app.rules.rulebook import Rulebook

Answer = dict[str, Any]  # JSON out: text, whole numbers, true, false, null, lists and objects
WordT = TypeVar("WordT", bound=StrEnum)


class FieldError(ValueError):
    """A field is not there or does not read; the sentence names it."""

    def __init__(self, field: str, wanted: str) -> None:
        self.field = field
        super().__init__(f"Give the field “{field}” as {wanted}")


@dataclass(frozen=True, slots=True)
class Basis:
    """What every calculation stands on: the rules, and the day they are read on."""

    rulebook: Rulebook
    on: date


class Fields:
    """One input object, read field by field."""

    def __init__(self, values: Any) -> None:  # noqa: ANN401  # loaded JSON of any shape
        if not isinstance(values, Mapping):
            raise FieldError(field="input", wanted="an object with named fields")
        self._values = values

    def _raw(self, name: str, wanted: str) -> Any:  # noqa: ANN401  # loaded JSON of any shape
        value = self._values.get(name)
        if value is None:
            raise FieldError(name, wanted)
        return value

    def given(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self._values.get(name) is not None

    def decimal(self, name: str) -> Decimal:
        """A decimal number, typed as text or number."""
        wanted = "a number, like 10.5"
        value = self._raw(name, wanted)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise FieldError(name, wanted)
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise FieldError(name, wanted) from None
        if not number.is_finite():
            raise FieldError(name, wanted)
        return number

    def paise(self, name: str) -> int:
        """Rupees as whole paise, half up."""
        return round_half_up(self.decimal(name) * PAISE_PER_RUPEE)

    def optional_paise(self, name: str) -> int | None:
        """Rupees as whole paise, None for null."""
        return self.paise(name) if self.given(name) else None

    def ppm(self, name: str) -> int:
        """Per cent as whole parts per million."""
        return ppm_of_percent(self.decimal(name))

    def whole(self, name: str) -> int:
        """A whole number."""
        value = self.decimal(name)
        if value != value.to_integral_value():
            raise FieldError(name, "a whole number, like 24")
        return int(value)

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self._raw(name, "true or false")
        if not isinstance(value, bool):
            raise FieldError(name, "true or false")
        return value

    def text(self, name: str) -> str:
        """Text as it stands."""
        value = self._raw(name, "text")
        if not isinstance(value, str):
            raise FieldError(name, "text")
        return value

    def day(self, name: str) -> date:
        """An ISO date."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise FieldError(name, "a date, like 2026-06-05") from None

    def word(self, name: str, words: type[WordT]) -> WordT:
        """A word of a closed list, by its code or its name in capitals."""
        typed = self.text(name)
        for word in words:
            if typed in {word.value, word.name}:
                return word
        raise FieldError(name, f"one of {', '.join(word.name for word in words)}")

    def rows(self, name: str) -> list["Fields"]:
        """A list of objects."""
        return [Fields(entry) for entry in self.list_of(name)]

    def list_of(self, name: str) -> Sequence[Any]:
        """A list of anything."""
        value = self._raw(name, "a list")
        if not isinstance(value, list):
            raise FieldError(name, "a list")
        return value


def places(value: Decimal, count: int = 2) -> str:
    """A decimal rounded half up to so many places.

    >>> places(Decimal("17.0651"))
    '17.07'
    """
    return f"{value.quantize(Decimal(1).scaleb(-count), rounding=ROUND_HALF_UP):f}"


def places_or_none(value: Decimal | None) -> str | None:
    """Two places, null where there is no figure."""
    return None if value is None else places(value)


def rupees_of(paise: Decimal, count: int = 2) -> str:
    """Unrounded paise as rupees of so many places."""
    return places(paise / PAISE_PER_RUPEE, count)
