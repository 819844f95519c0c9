"""Days, months and due dates: Actual/365 fixed, monthly rests, broken periods.

Source: lending-rules.md section 2; RBI/2024-25/30 of 29 Apr 2024 (interest runs from the actual
disbursement). Vectors V029 to V036. The start is counted, the end is not.
"""

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.rules.emi import MONTHS_PER_YEAR
from app.rules.money import PPM, round_half_up
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import DayCount, MissingDay

_ONE_DAY = timedelta(days=1)
_LEAP_YEAR_DAYS = 366
_YEAR_DAYS = 365
_DAYS_OF_EVERY_MONTH = 28


def add_months(day: date, months: int, due_day: int | None = None) -> date:
    """The day that many months later; a day the month lacks becomes its last day.

    ``due_day`` is the original day number, which never sticks to a shorter month.

    >>> add_months(date(2026, 1, 31), 1), add_months(date(2026, 2, 28), 1, 31)
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 31))
    """
    count = day.year * MONTHS_PER_YEAR + day.month - 1 + months
    year, month = divmod(count, MONTHS_PER_YEAR)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(due_day or day.day, last))


def whole_months(start: date, end: date) -> int:
    """Whole months from start to end, 0 or less when none has passed.

    >>> whole_months(date(2026, 1, 31), date(2026, 2, 28))
    1
    >>> whole_months(date(2026, 1, 15), date(2026, 2, 14))
    0
    """
    months = (end.year - start.year) * MONTHS_PER_YEAR + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def whole_years(start: date, end: date) -> int:
    """Completed years, as an age is counted.

    >>> whole_years(date(2000, 2, 29), date(2026, 2, 28))
    26
    """
    return whole_months(start, end) // MONTHS_PER_YEAR


def due_date(
    first_due: date,
    number: int,
    due_day: int | None = None,
    missing: MissingDay = MissingDay.LAST_DAY_OF_MONTH,
) -> date:
    """Due date of the instalment of that number, from 1; 0 is a month before the first.

    ``missing`` says where a day falls that its month does not have.

    >>> due_date(date(2026, 1, 31), 3)
    datetime.date(2026, 3, 31)
    >>> due_date(date(2026, 1, 31), 2, 31, MissingDay.FIRST_DAY_AFTER)
    datetime.date(2026, 3, 1)
    """
    return due_dates(first_due, range(number, number + 1), due_day, missing)[0]


def due_dates(
    first_due: date,
    numbers: range,
    due_day: int | None = None,
    missing: MissingDay = MissingDay.LAST_DAY_OF_MONTH,
) -> list[date]:
    """Due dates of the instalments of these numbers."""
    day_number = due_day or first_due.day
    moves_on = missing is MissingDay.FIRST_DAY_AFTER
    # A first due date that was itself moved to the 1st belongs to the month before.
    moved = moves_on and first_due.day == 1 and day_number > first_due.day
    month = first_due - _ONE_DAY if moved else first_due
    base = month.year * MONTHS_PER_YEAR + month.month - 2  # number 1 is the month itself
    dates = []
    for number in numbers:
        year, place = divmod(base + number, MONTHS_PER_YEAR)
        if day_number <= _DAYS_OF_EVERY_MONTH:
            dates.append(date(year, place + 1, day_number))
            continue
        last = monthrange(year, place + 1)[1]
        due = date(year, place + 1, min(day_number, last))
        dates.append(due + _ONE_DAY if moves_on and day_number > last else due)
    return dates


def interest_for_days(principal_paise: int, rate_ppm: int, days: int, year_days: int) -> int:
    """Interest of a number of days in paise, half up.

    >>> interest_for_days(50000000, 105000, 18, 365)
    258904
    """
    return round_half_up(Decimal(principal_paise * rate_ppm * days) / (PPM * year_days))


def daily_interest(
    principal_paise: int, rate_ppm: int, days: int, rulebook: Rulebook, on: date
) -> int:
    """Interest of a number of days with the year of the rule in force.

    Raises:
        NoRuleInForceError: no day-count rule on that date.
    """
    return interest_for_days(
        principal_paise, rate_ppm, days, rulebook.days("day_count_year_days", on)
    )


@dataclass(frozen=True, slots=True)
class DayBasis:
    """How days become interest in one contract."""

    day_count: DayCount
    year_days: int

    def exact(self, principal_paise: int, rate_ppm: int, start: date, end: date) -> Decimal:
        """Interest from start (counted) to end (not counted) in paise, unrounded."""
        yearly = principal_paise * rate_ppm
        if self.day_count is DayCount.ACT_365F:
            return Decimal(yearly * (end - start).days) / (PPM * self.year_days)
        leap = _days_in_leap_years(start, end)
        rest = (end - start).days - leap
        both = _LEAP_YEAR_DAYS * _YEAR_DAYS
        return Decimal(yearly * (leap * _YEAR_DAYS + rest * _LEAP_YEAR_DAYS)) / (PPM * both)

    def interest(self, principal_paise: int, rate_ppm: int, start: date, end: date) -> int:
        """The same in whole paise, half up."""
        return round_half_up(self.exact(principal_paise, rate_ppm, start, end))


def day_basis(rulebook: Rulebook, on: date) -> DayBasis:
    """The day count of the rules in force.

    Raises:
        NoRuleInForceError: no day-count rule on that date.
    """
    return DayBasis(
        DayCount(rulebook.word("day_count", on)), rulebook.days("day_count_year_days", on)
    )


def _days_in_leap_years(start: date, end: date) -> int:
    """Days of the stretch that lie in years of 366 days."""
    days = 0
    for year in range(start.year, end.year + 1):
        if isleap(year):
            from_day = max(start, date(year, 1, 1))
            days += (min(end, date(year + 1, 1, 1)) - from_day).days
    return days


def broken_days(disbursed_on: date, first_due: date) -> int:
    """Days before the first whole month; below 0 when the first period is shorter than one.

    >>> broken_days(date(2026, 4, 17), date(2026, 6, 5))
    18
    """
    return (add_months(first_due, -1) - disbursed_on).days
