"""Lists of numbers and exact fractions in the vectors' forms, for the families of measures.

Source: lending-vectors.md (form). Each entry is read like a field of its list's name, so that a
refusal names the list.
"""

from decimal import Decimal
from fractions import Fraction

from app.cli.calculate_fields import Fields, WordT
from app.rules.exact_fractions import rounded


def _entries(fields: Fields, name: str) -> list[Fields]:
    return [Fields({name: entry}) for entry in fields.list_of(name)]


def decimals(fields: Fields, name: str) -> list[Decimal]:
    """A list of decimal numbers."""
    return [entry.decimal(name) for entry in _entries(fields, name)]


def wholes(fields: Fields, name: str) -> list[int]:
    """A list of whole numbers."""
    return [entry.whole(name) for entry in _entries(fields, name)]


def amounts(fields: Fields, name: str) -> list[int]:
    """A list of rupees as whole paise."""
    return [entry.paise(name) for entry in _entries(fields, name)]


def words(fields: Fields, name: str, wanted: type[WordT]) -> list[WordT]:
    """A list of words of a closed list."""
    return [entry.word(name, wanted) for entry in _entries(fields, name)]


def fraction_places(value: Fraction, count: int) -> str:
    """An exact fraction rounded half up to so many places.

    >>> fraction_places(Fraction(2, 3), 4)
    '0.6667'
    """
    return f"{rounded(value, count):f}"
