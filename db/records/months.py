"""Calendar months: their days, and the instants between which their acts lie."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

INDIA = timezone(timedelta(hours=5, minutes=30))  # no summer time, so no zone data is needed
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """One month: business dates, and the instants between which its acts lie."""

    first: date
    last: date

    @property
    def ends_month(self) -> bool:
        """Whether the last day is the month's."""
        return self.last == _last_day(self.first)

    @property
    def starts_at(self) -> datetime:
        """Midnight in India before the first day, in UTC."""
        return _midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """Midnight in India after the last day, in UTC."""
        return _midnight(self.last + timedelta(days=1))


def months_until(as_of: date, count: int) -> tuple[MonthSpan, ...]:
    """Return the last `count` months, oldest first; the newest ends on `as_of`."""
    spans = []
    for back in range(count - 1, -1, -1):
        year, month = divmod(as_of.year * _MONTHS + as_of.month - 1 - back, _MONTHS)
        first = date(year, month + 1, 1)
        spans.append(MonthSpan(first, min(_last_day(first), as_of)))
    return tuple(spans)


def month_of(month: str) -> MonthSpan:
    """Return the whole month of "2026-09".

    Raises:
        ValueError: it is no month.
    """
    first = date.fromisoformat(f"{month}-01")
    return MonthSpan(first, _last_day(first))


def months_before(day: date, months: int) -> date:
    """Return the same day some months earlier, or that month's last day.

    >>> months_before(date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 - months, _MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def month_end_before(day: date) -> date:
    """Return the last day of the month before a day's.

    >>> month_end_before(date(2026, 3, 31))
    datetime.date(2026, 2, 28)
    """
    return day.replace(day=1) - timedelta(days=1)


def _last_day(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), INDIA).astimezone(UTC)
