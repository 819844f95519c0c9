"""Days, months and due dates: Actual/365 fixed, monthly rests, broken periods.

Source: lending-rules.md section 2; RBI/2024-25/30 of 29 Apr 2024 (interest runs from the actual
disbursement). Vectors V029 to V036. The start is counted, the end is not.
"""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from app.rules.emi import MONTHS_PER_YEAR
from app.rules.money import PPM, round_half_up
from app.rules.rulebook import Rulebook


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


def due_date(first_due: date, number: int, due_day: int | None = None) -> date:
    """Due date of the instalment of that number, from 1.

    >>> due_date(date(2026, 1, 31), 3)
    datetime.date(2026, 3, 31)
    """
    return add_months(first_due, number - 1, due_day or first_due.day)


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


def broken_days(disbursed_on: date, first_due: date) -> int:
    """Days before the first whole month; below 0 when the first period is shorter than one.

    >>> broken_days(date(2026, 4, 17), date(2026, 6, 5))
    18
    """
    return (add_months(first_due, -1) - disbursed_on).days
