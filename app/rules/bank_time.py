"""The bank's own day and hour of an instant.

Instants are stored in UTC, business dates belong to the bank's time zone (data-and-sync.md 1): from
midnight to 05:30 in India the two name different days. Every date shown of an instant comes from
here, so that no page is a day behind another.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_BANK_ZONE = ZoneInfo("Asia/Kolkata")


def bank_moment(instant: datetime) -> datetime:
    """The same instant on the bank's clock.

    >>> f"{bank_moment(datetime(2026, 11, 25, 22, 44, tzinfo=UTC)):%d %H:%M}"
    '26 04:14'
    """
    return instant.astimezone(_BANK_ZONE)


def bank_day(instant: datetime) -> date:
    """The business date on which an instant falls.

    >>> bank_day(datetime(2026, 11, 25, 22, 44, tzinfo=UTC))
    datetime.date(2026, 11, 26)
    """
    return bank_moment(instant).date()


def moment_on(day: date, instant: datetime) -> datetime:
    """The bank's hour of an instant, on another business date; in UTC.

    >>> moment_on(date(2026, 9, 30), datetime(2026, 11, 25, 22, 44, tzinfo=UTC)).isoformat()
    '2026-09-29T22:44:00+00:00'
    """
    return datetime.combine(day, bank_moment(instant).timetz()).astimezone(UTC)


def day_start(day: date) -> datetime:
    """The bank's midnight at which a business date begins, in UTC.

    >>> day_start(date(2026, 9, 30)).isoformat()
    '2026-09-29T18:30:00+00:00'
    """
    return datetime.combine(day, time(), _BANK_ZONE).astimezone(UTC)
