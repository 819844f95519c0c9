"""Texts of an imported file as values: numbers, percentages, months, years, dates, words.

A value that cannot be read raises a sentence; a blank or a declared code for "unknown" is None,
never 0. Money stays in the file's own currency here.
"""

import re
from datetime import date, datetime
from decimal import Decimal

MONTHS_A_YEAR = 12
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{2,3})+|\d+)(?:\.\d+)?", re.ASCII)
_LEADING = re.compile(r"\s*(\d+(?:\.\d+)?)", re.ASCII)
_LESS_THAN_ONE = re.compile(r"\s*<\s*1\b")
_LARGEST = Decimal(10) ** 13
_SHOWN_CHARACTERS = 40


class ImportValueError(ValueError):
    """A text that is not what its column should hold; the message is a sentence."""


def _shown(text: str) -> str:
    """A value as it may stand in a sentence: one short line without control characters."""
    plain = "".join(c if c.isprintable() else "?" for c in text.strip())
    return plain if len(plain) <= _SHOWN_CHARACTERS else f"{plain[:_SHOWN_CHARACTERS]}…"


def number(text: str) -> Decimal:
    """A plain number, Indian or western grouping.

    Raises:
        ImportValueError: not a number, not finite, or beyond every amount of money.

    >>> number(" 12,50,000.50 ")
    Decimal('1250000.50')
    """
    plain = text.strip()
    if not _NUMBER.fullmatch(plain):
        raise ImportValueError(f"“{_shown(text)}” is not a number like 12500.50")
    value = Decimal(plain.replace(",", ""))
    if abs(value) >= _LARGEST:
        raise ImportValueError(f"“{_shown(text)}” is larger than any amount this desk keeps")
    return value


def leading_number(text: str) -> Decimal:
    """The number a text begins with, as in " 36 months" or "10+ years"; "< 1 year" is 0.

    Raises:
        ImportValueError: the text begins with no number.

    >>> leading_number(" 36 months"), leading_number("< 1 year")
    (Decimal('36'), Decimal('0'))
    """
    if _LESS_THAN_ONE.match(text):
        return Decimal(0)
    found = _LEADING.match(text)
    if found is None:
        raise ImportValueError(f"“{_shown(text)}” does not begin with a number")
    return Decimal(found[1])


def whole(value: Decimal, text: str) -> int:
    """The same number without a fraction.

    Raises:
        ImportValueError: it has a fraction or is below 0.
    """
    if value != value.to_integral_value() or value < 0:
        raise ImportValueError(f"“{_shown(text)}” is not a whole number of 0 or more")
    return int(value)


def day(text: str, form: str | None) -> date:
    """A date, ISO unless the mapping names a form such as `%d/%m/%Y`.

    Raises:
        ImportValueError: not a date of that form.
    """
    plain = text.strip()
    try:
        if form is None:
            return date.fromisoformat(plain)
        return datetime.strptime(plain, form).date()  # noqa: DTZ007  # a date has no zone
    except ValueError as fault:
        wanted = form or "YYYY-MM-DD"
        raise ImportValueError(f"“{_shown(text)}” is not a date of the form {wanted}") from fault


def text_line(text: str) -> str:
    """Text as one clean line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def shown(text: str) -> str:
    """A value as it may stand in a sentence."""
    return _shown(text)
