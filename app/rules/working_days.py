"""Working days of the bank: what notices, offers and releases are counted in.

Source: lending-rules.md 7.2 (validity in working days); the holidays are the bank's own editable
table and are handed in. Banks in India also close on Sundays and on the second and fourth Saturday
of a month (bank practice, confirm before go-live); counting them as closed keeps an offer open
longer, never shorter.
"""

from collections.abc import Collection
from datetime import date, timedelta

_SATURDAY, _SUNDAY = 5, 6
_DAYS_PER_WEEK = 7
_CLOSED_SATURDAYS = frozenset({2, 4})
_ONE_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Whether the bank is open on that day.

    >>> is_working_day(date(2026, 11, 14)), is_working_day(date(2026, 11, 21))
    (False, True)
    """
    weekday = day.weekday()
    if weekday == _SUNDAY or day in holidays:
        return False
    place = (day.day - 1) // _DAYS_PER_WEEK + 1
    return weekday != _SATURDAY or place not in _CLOSED_SATURDAYS


def add_working_days(day: date, count: int, holidays: Collection[date] = ()) -> date:
    """The last of that many working days after a day; the day itself does not count.

    >>> add_working_days(date(2026, 11, 12), 3)
    datetime.date(2026, 11, 17)
    """
    left = count
    while left > 0:
        day += _ONE_DAY
        left -= is_working_day(day, holidays)
    return day
