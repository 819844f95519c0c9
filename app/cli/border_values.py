"""How single values of a verb's JSON are read: exact, tolerant of form, never of doubt.

Money arrives in rupees and leaves in paise, rates arrive in per cent and leave in ppm, words match
in any letter case. Every failure is a sentence.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import PlainValidator

from app.rules.money_entry import MoneyTextError, parse_money

WordT = TypeVar("WordT", bound=StrEnum)

LARGEST = Decimal(10) ** 13
LONGEST_TEXT = 5_000
_HUNDRED = 100
_PPM_PER_PERCENT = 10_000
_MONTHS = 12


class WrongValueError(ValueError):
    """A value that cannot be read; its text is the sentence for the field."""


def _number(value: object, label: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        raise WrongValueError(f"{label} is a number, like 3500000 or “3500000.00”")
    try:
        exact = Decimal(value) if not isinstance(value, str) else Decimal(value.strip())
    except InvalidOperation:
        raise WrongValueError(f"{label} is a number, like 3500000 or “3500000.00”") from None
    if not exact.is_finite():
        raise WrongValueError(f"{label} is a number, or null when it is not known")
    if exact.copy_abs() > LARGEST:  # abs() would round by the context and overflow
        raise WrongValueError(f"{label} is larger than this program can hold: check the digits")
    return exact


def _paise(value: object) -> int:
    if isinstance(value, str):
        try:
            exact = _number(value, "An amount")
        except ValueError:
            return _typed_money(value)
    else:
        exact = _number(value, "An amount")
    paise = exact * _HUNDRED
    if paise != paise.to_integral_value():
        raise WrongValueError("An amount has at most two decimals")
    return int(paise)


def _typed_money(text: str) -> int:
    """Money as people type it: ``3,50,000`` or ``3.5 lakh``."""
    if len(text) > LONGEST_TEXT:
        raise WrongValueError("An amount is a number, like 3500000")
    try:
        return parse_money(text)
    except MoneyTextError:
        raise WrongValueError("Enter an amount like 350000, “3,50,000” or “3.5 lakh”") from None


def _ppm(value: object) -> int:
    ppm = _number(value, "A rate or share") * _PPM_PER_PERCENT
    if ppm != ppm.to_integral_value():
        raise WrongValueError("A rate or share is a per cent with at most four decimals")
    return int(ppm)


def _whole(value: object) -> int:
    exact = _number(value, "This")
    if exact != exact.to_integral_value():
        raise WrongValueError("This is a whole number, like 60")
    return int(exact)


def _months_of_years(value: object) -> int:
    months = _number(value, "Years of experience") * _MONTHS
    return int(months.to_integral_value())


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise WrongValueError("This is a text")
    if len(value) > LONGEST_TEXT:
        raise WrongValueError(f"A text may have {LONGEST_TEXT} characters")
    return value


def _digits(value: object) -> str:
    """A number that is a name: a phone or PIN code may come as a JSON number."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return str(value)
    return _text(value)


def _day(value: object) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        raise WrongValueError("A date looks like 2026-09-30") from None


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError("This is true or false")
    return value


def word_reader(words: type[WordT]) -> Callable[[object], WordT]:
    """A reader of one list of words, in any letter case."""
    known = {_key(each): word for word in words for each in (word.value, word.name)}

    def read(value: object) -> WordT:
        found = known.get(_key(value)) if isinstance(value, str) else None
        if found is None:
            raise WrongValueError(f"Choose one of: {', '.join(word.value for word in words)}")
        return found

    return read


def _key(text: str) -> str:
    return "".join(mark for mark in text.casefold() if mark.isalnum())


Paise = Annotated[int, PlainValidator(_paise)]
Ppm = Annotated[int, PlainValidator(_ppm)]
Whole = Annotated[int, PlainValidator(_whole)]
MonthsOfYears = Annotated[int, PlainValidator(_months_of_years)]
Text = Annotated[str, PlainValidator(_text)]
Digits = Annotated[str, PlainValidator(_digits)]
Day = Annotated[date, PlainValidator(_day)]
YesOrNo = Annotated[bool, PlainValidator(_yes_or_no)]
