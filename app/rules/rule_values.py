"""The value of a rule row as people type and read it, by its unit.

Source: products-and-rules.md (shape): a whole number in the unit, true or false, a word, text, or
null for "no limit". Nothing is rounded here: a typed value that does not fit its unit is refused.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation

from app.rules.money import PPM, PPM_PER_PERCENT, percent_shown, rupees_shown
from app.rules.money_entry import MoneyTextError, parse_money
from app.rules.rule_rows import RuleValue

NO_LIMIT = "no limit"
COUNTED_UNITS = frozenset(
    {
        "points",
        "count",
        "days",
        "working_days",
        "months",
        "years",
        "hours",
        "minutes",
        "seconds",
        "grams",
    }
)
NUMBER_UNITS = COUNTED_UNITS | {"paise", "ppm", "millionths"}
_YES, _NO = frozenset({"yes", "true"}), frozenset({"no", "false"})
_LARGEST = 10**15
_SCALES = {"ppm": PPM_PER_PERCENT, "millionths": PPM}
_HINTS = {
    "paise": "an amount like 3,50,000 or 3.5 lakh",
    "ppm": "a per cent with at most four places, like 12.25 %",
    "millionths": "a number with at most six places, like 0.3",
    "count": "a whole number, like 30",
    "text": "the text itself",
    "flag": "yes or no",
    "number": "a number, like 0.01",
    "date": "a date like 2026-09-30",
    "time": "a time like 08:00",
}


class RuleValueError(ValueError):
    """The text is no value of that unit; the sentence says what one looks like."""

    field = "value"

    def __init__(self, unit: str) -> None:
        wanted = _HINTS.get(unit, f"a whole number of {unit.replace('_', ' ')}, like 30")
        super().__init__(f"Enter {wanted}")


class RuleWordError(ValueError):
    """The text is no word of the rule's list."""

    field = "value"

    def __init__(self, words: Collection[str]) -> None:
        super().__init__(f"Choose one of: {', '.join(words)}")


def rule_value_shown(value: RuleValue, unit: str) -> str:
    """A value as readers see it.

    >>> rule_value_shown(500_000, "ppm"), rule_value_shown(3_000_000, "paise")
    ('50 %', '₹30,000')
    >>> rule_value_shown(None, "paise"), rule_value_shown(True, "flag")
    ('no limit', 'yes')
    """
    if value is None:
        return NO_LIMIT
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    printed = _PRINTED.get(unit)
    return counted(value, unit.replace("_", " ")) if printed is None else printed(value)


def counted(count: int, plural: str) -> str:
    """So many of something.

    >>> counted(1, "working days"), counted(2, "years")
    ('1 working day', '2 years')
    """
    return f"{count} {plural.removesuffix('s') if count == 1 else plural}"


def _plain_number(millionths: int) -> str:
    return f"{Decimal(millionths) / PPM:f}"  # a quotient has no idle zeros


_PRINTED: Mapping[str, Callable[[int], str]] = {
    "paise": rupees_shown,
    "ppm": percent_shown,
    "millionths": _plain_number,
    "count": str,
}


def parse_rule_value(text: str, unit: str, words: Collection[str] = ()) -> RuleValue:
    """Read a typed value; ``no limit`` and a dash mean null.

    Raises:
        RuleValueError: it does not fit the unit.
        RuleWordError: it is none of the words.

    >>> parse_rule_value("12.25 %", "ppm"), parse_rule_value("3.5 lakh", "paise")
    (122500, 35000000)
    """
    typed = text.strip()
    if typed.lower() in {NO_LIMIT, "-"}:
        return None
    if unit == "word":
        return _word(typed, words)
    if unit == "flag":
        return _flag(typed)
    if unit in NUMBER_UNITS:
        return _number(typed, unit)
    check_text(typed, unit)
    return typed


def _word(typed: str, words: Collection[str]) -> str:
    for word in words:
        if word.casefold() == typed.casefold():
            return word
    raise RuleWordError(words)


def _flag(typed: str) -> bool:
    if typed.lower() in _YES | _NO:
        return typed.lower() in _YES
    raise RuleValueError("flag")


def _number(typed: str, unit: str) -> int:
    if unit == "paise":
        try:
            return parse_money(typed)
        except MoneyTextError:
            raise RuleValueError(unit) from None
    try:
        exact = Decimal(_without_unit(typed, unit).replace(",", "")) * _SCALES.get(unit, 1)
    except ArithmeticError:  # no number, or one too large for any arithmetic
        raise RuleValueError(unit) from None
    if not exact.is_finite() or abs(exact) > _LARGEST or exact != exact.to_integral_value():
        raise RuleValueError(unit)
    return int(exact)


def _without_unit(typed: str, unit: str) -> str:
    """The figure alone; a unit that is not the rule's own stays and is refused with it."""
    if unit == "ppm":
        return typed.removesuffix("%")
    if unit not in COUNTED_UNITS:
        return typed
    plural = unit.replace("_", " ")
    return typed.removesuffix(plural).removesuffix(plural.removesuffix("s"))


def check_value(value: RuleValue, unit: str, words: Collection[str] = ()) -> None:
    """Refuse a stored value that is not of its unit.

    Raises:
        RuleValueError: it does not fit the unit.
        RuleWordError: it is none of the words.
    """
    if value is None:
        return
    if unit == "word":
        if value not in words:
            raise RuleWordError(words)
    elif unit == "flag":
        _demand(isinstance(value, bool), unit)
    elif unit in NUMBER_UNITS:
        whole = isinstance(value, int) and not isinstance(value, bool)
        _demand(whole and abs(int(value)) <= _LARGEST, unit)
    else:
        _demand(isinstance(value, str), unit)
        check_text(str(value), unit)


def _demand(fits: bool, unit: str) -> None:  # noqa: FBT001  # one private answer
    if not fits:
        raise RuleValueError(unit)


def _finite(text: str) -> Decimal | None:
    number = Decimal(text)
    return number if number.is_finite() else None


_READERS: Mapping[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "number": _finite,
}


def check_text(text: str, unit: str) -> None:
    """Refuse a text that is no date, time or number where the unit asks for one.

    Raises:
        RuleValueError: it is empty or not of its kind.
    """
    try:
        fits = bool(text.strip()) and _READERS.get(unit, str)(text) is not None
    except (ValueError, InvalidOperation):
        raise RuleValueError(unit) from None
    _demand(fits, unit)
