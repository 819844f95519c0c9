"""The bank's day of an instant, on both sides of its midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.bank_time import bank_day, bank_moment, day_start, moment_on


@pytest.mark.parametrize(
    ("utc", "day"),
    [((25, 18, 29), date(2026, 11, 25)), ((25, 18, 30), date(2026, 11, 26))],
)
def test_the_day_turns_at_the_banks_midnight(utc: tuple[int, int, int], day: date) -> None:
    instant = datetime(2026, 11, *utc, tzinfo=UTC)
    assert bank_day(instant) == day
    assert bank_moment(instant) == instant


@given(
    st.datetimes(datetime(2000, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # bounds are naive by hypothesis's own rule
    st.dates(date(2000, 1, 2), date(2100, 1, 1)),
)
def test_an_hour_put_on_a_day_stays_on_that_day(instant: datetime, day: date) -> None:
    moved = moment_on(day, instant)
    assert bank_day(moved) == day
    assert moved.tzinfo is UTC
    assert bank_moment(moved).time() == bank_moment(instant).time()


@given(st.dates(date(2000, 1, 2), date(2100, 1, 1)))
def test_a_day_begins_with_its_first_instant(day: date) -> None:
    assert bank_day(day_start(day)) == day
    assert bank_day(day_start(day) - timedelta(microseconds=1)) == day - timedelta(days=1)
