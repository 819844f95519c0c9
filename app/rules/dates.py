"""Dates as people type and read them: day first, short years, ``t``, ``+3``, ``-1m``.

Source: screens.md F7. Shown as ``03 Apr 1985``, never in a system locale's form. The caller hands
in today; this module asks no clock.
"""

import re
import unicodedata
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum

from app.rules.day_count import add_months
from app.rules.emi import MONTHS_PER_YEAR
from app.rules.typed_text import typed_text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CENTURY = 100
_FULL_YEAR_DIGITS = 4
_DAYS_PER_WEEK = 7
_STEP = re.compile(r"^(?P<sign>[+-])(?P<count>\d{1,5})(?P<unit>[dwmy]?)$")
_ISO = re.compile(r"^(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})$")
_DIGITS = re.compile(r"^(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{2}|\d{4})$")
_PARTS = re.compile(
    r"^(?P<day>\d{1,2})[\s./-]*(?P<month>[a-z]{3,9}|(?<=[\s./-])\d{1,2})"
    r"(?:[\s.,/-]*(?P<year>\d{4}|\d{2}))?$"
)


class YearReading(StrEnum):
    """How a two-digit or absent year is read."""

    BIRTH = "birth"  # always in the past
    DUE = "due"  # as near to today as it can be


class DateTextError(ValueError):
    """The text is not a date. Its message is a sentence for the person who typed it."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"Enter a date like 03 Apr 2026 or 3/4/26: “{typed_text(text)}” is not one"
            if text.strip()
            else "Enter a date like 03 Apr 2026"
        )


def date_shown(day: date) -> str:
    """The date as every screen and document prints it.

    >>> date_shown(date(1985, 4, 3))
    '03 Apr 1985'
    """
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year:04d}"


def month_shown(day: date) -> str:
    """Month and year.

    >>> month_shown(date(2031, 11, 5))
    'Nov 2031'
    """
    return f"{_MONTHS[day.month - 1]} {day.year:04d}"


def parse_date(text: str, today: date, years: YearReading = YearReading.DUE) -> date:
    """Read a typed date.

    Raises:
        DateTextError: nothing, or no day of the calendar, was typed.

    >>> parse_date("3/4/85", date(2026, 9, 30), YearReading.BIRTH)
    datetime.date(1985, 4, 3)
    >>> parse_date("-1m", date(2026, 9, 30))
    datetime.date(2026, 8, 30)
    """
    plain = _visible(text)
    try:
        found = _key(plain, today) or _stepped(plain, today) or _written(plain, today, years)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise DateTextError(text)
    return found


def _visible(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(c for c in folded if unicodedata.category(c) != "Cf").strip()


def _key(plain: str, today: date) -> date | None:
    """The single keys: today, a day or a month back and forth, month start and end."""
    keys = {
        "t": lambda: today,
        "+": lambda: today + timedelta(days=1),
        "-": lambda: today - timedelta(days=1),
        "]": lambda: add_months(today, 1),
        "[": lambda: add_months(today, -1),
        "m": lambda: today.replace(day=1),
        "h": lambda: add_months(today.replace(day=1), 1) - timedelta(days=1),
    }
    return keys[plain]() if plain in keys else None


def _stepped(plain: str, today: date) -> date | None:
    match = _STEP.match(plain.replace(" ", ""))
    if match is None:
        return None
    count = int(match["sign"] + match["count"])
    if match["unit"] == "m":
        return add_months(today, count)
    if match["unit"] == "y":
        return add_months(today, count * MONTHS_PER_YEAR)
    return today + timedelta(days=count * (_DAYS_PER_WEEK if match["unit"] == "w" else 1))


def _written(plain: str, today: date, years: YearReading) -> date | None:
    match = _DIGITS.match(plain) or _ISO.match(plain) or _PARTS.match(plain)
    if match is None:
        return None
    try:
        return _built(match, today, years)
    except ValueError:
        iso = _ISO.match(plain)  # 20260930 reads as ISO when it is no day-first date
        return None if iso is None else _built(iso, today, years)


def _built(match: re.Match[str], today: date, years: YearReading) -> date | None:
    day, month, year = int(match["day"]), _month(match["month"]), match["year"]
    if year is None:
        candidates = [today.year - 1, today.year, today.year + 1]
    elif len(year) == _FULL_YEAR_DIGITS:
        return date(int(year), month, day)
    else:
        base = today.year - today.year % _CENTURY + int(year)
        candidates = [base - _CENTURY, base, base + _CENTURY]
    days = [found for found in (_real(each, month, day) for each in candidates) if found]
    if years is YearReading.BIRTH:
        return max((each for each in days if each <= today), default=None)
    return min(days, key=lambda each: abs((each - today).days), default=None)


def _real(year: int, month: int, day: int) -> date | None:
    """The day if the calendar has it: 29 Feb exists in some of the candidate years only."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    short = text[:3].title()  # a month is known by its first three letters
    return _MONTHS.index(short) + 1
