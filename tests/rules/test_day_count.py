"""Months, due dates and interest by days."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.rules.day_count import (
    add_months,
    broken_days,
    due_date,
    interest_for_days,
    whole_months,
    whole_years,
)
from tests.rules.lending_vectors import check, vectors_of

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))


@vectors_of("daily_interest", "month_interest")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(DAYS, st.integers(min_value=-400, max_value=400))
def test_months_shift_by_whole_months_and_at_most_to_the_last_day(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day <= day.day
    assert moved.day == day.day or add_months(moved, 0, 31) == moved


@given(DAYS, st.integers(min_value=0, max_value=600))
def test_whole_months_undo_a_shift(day: date, months: int) -> None:
    assert whole_months(day, add_months(day, months)) == months


def test_a_missing_day_does_not_stick() -> None:
    days = [due_date(date(2026, 1, 31), number) for number in range(1, 5)]
    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    assert due_date(date(2026, 4, 30), 2, 31) == date(2026, 5, 31)


def test_age_and_broken_period() -> None:
    assert whole_years(date(2008, 9, 30), date(2026, 9, 29)) == 17
    assert whole_years(date(2008, 9, 30), date(2026, 9, 30)) == 18
    assert broken_days(date(2026, 4, 17), date(2026, 6, 5)) == 18
    assert broken_days(date(2026, 4, 17), date(2026, 5, 5)) == -12
    assert interest_for_days(100_00, 365_000, -1, 365) == -10
