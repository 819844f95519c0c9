"""Months, due dates and interest by days."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.rules.day_count import (
    DayBasis,
    add_months,
    broken_days,
    day_basis,
    due_date,
    interest_for_days,
    whole_months,
    whole_years,
)
from db.vocabulary.lending import DayCount, MissingDay
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

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


def test_a_missing_day_may_move_to_the_first_day_after() -> None:
    after = MissingDay.FIRST_DAY_AFTER
    moved = [due_date(date(2026, 12, 31), number, 31, after) for number in (1, 3, 4, 5)]
    assert moved == [date(2026, 12, 31), date(2027, 3, 1), date(2027, 3, 31), date(2027, 5, 1)]
    # A first due date that was moved belongs to the month before it; a true first does not.
    assert due_date(date(2027, 3, 1), 2, 30, after) == date(2027, 3, 30)
    assert due_date(date(2027, 3, 1), 2, 1, after) == date(2027, 4, 1)
    assert due_date(date(2027, 3, 1), 0, 31, after) == date(2027, 1, 31)


def test_the_days_of_a_leap_year_count_only_where_the_rule_says_so() -> None:
    fixed = day_basis(RULEBOOK, TODAY)
    assert fixed == DayBasis(DayCount.ACT_365F, 365)
    by_year = DayBasis(DayCount.ACT_ACT, 365)
    year = (date(2027, 7, 1), date(2028, 7, 1))  # 184 days of 365, then 182 of 366
    assert fixed.interest(1_000_000_00, 100_000, *year) == 1_00_273_97
    assert by_year.interest(1_000_000_00, 100_000, *year) == 1_00_137_73
    assert by_year.interest(1_000_000_00, 100_000, date(2028, 1, 1), date(2029, 1, 1)) == 10**7
    assert by_year.exact(1_00, 0, *year) == 0


@given(DAYS, st.integers(min_value=0, max_value=4000), st.integers(min_value=0, max_value=4000))
def test_interest_of_two_stretches_is_that_of_the_whole(day: date, one: int, two: int) -> None:
    middle, end = day + timedelta(days=one), day + timedelta(days=one + two)
    for count in DayCount:
        basis = DayBasis(count, 365)
        parts = basis.exact(10**9, 95_000, day, middle) + basis.exact(10**9, 95_000, middle, end)
        assert abs(parts - basis.exact(10**9, 95_000, day, end)) < Decimal("1e-9")
