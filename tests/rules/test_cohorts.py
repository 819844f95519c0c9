"""Cohorts: a curve never falls, and a month that is not over has no figure."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import cohorts
from app.rules.cohorts import FirstBad
from app.rules.measure_inputs import MeasureInputError
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

DAYS = st.dates(date(2001, 1, 1), date(2040, 1, 1))
FIRSTS = st.lists(st.builds(FirstBad, st.integers(0, 60), st.integers(0, 10**9)), max_size=20)


@vectors_of("vintage")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(FIRSTS, st.integers(1, 10**12))
def test_a_curve_never_falls_and_ends_at_all_that_ever_were_bad(
    firsts: list[FirstBad], good: int
) -> None:
    bad = sum(each.size for each in firsts)
    curve = cohorts.ever_bad_curve(bad + good, firsts, range(61))
    assert list(curve) == sorted(curve)
    assert 0 <= curve[0] <= curve[-1] == Fraction(100 * bad, bad + good)


@given(DAYS, st.integers(0, 4000))
def test_a_mature_month_is_reached_by_every_loan_of_the_cohort(start: date, days: int) -> None:
    day_end = start + timedelta(days=days + 31)
    reached = cohorts.mature_months(start, day_end)
    first = start.replace(day=1)
    month = [first + timedelta(days=each) for each in range(31)]
    assert reached == min(
        cohorts.months_on_book(day, day_end) for day in month if day.month == first.month
    )


def test_months_beyond_the_youngest_loan_are_not_drawn() -> None:
    reached = cohorts.mature_months(date(2026, 1, 15), date(2026, 4, 29))
    drawn = cohorts.drawn_curve(10, [FirstBad(2)], [1, 2, 3], reached)
    assert drawn == (0, 10, None)


def test_the_first_bad_day_counts_whatever_came_later() -> None:
    history = [
        (date(2026, 8, 10), 95),
        (date(2026, 5, 14), 90),
        (date(2026, 5, 13), 89),
        (date(2026, 12, 1), 0),
    ]
    assert cohorts.first_bad_month(date(2026, 1, 15), history, RULEBOOK) == 3
    assert cohorts.first_bad_month(date(2026, 1, 15), history[2:], RULEBOOK) is None
    assert cohorts.first_bad_month(date(2026, 1, 15), [], RULEBOOK) is None


def test_few_loans_make_a_thin_cohort() -> None:
    assert cohorts.is_thin(19, RULEBOOK, TODAY)
    assert not cohorts.is_thin(20, RULEBOOK, TODAY)


@pytest.mark.parametrize(
    ("size", "firsts", "months", "field"),
    [
        (0, [], [1], "loans"),
        (2, [FirstBad(1)] * 3, [1], "first_90_plus_months"),
        (2, [FirstBad(-1)], [1], "first_90_plus_months"),
        (2, [FirstBad(1, -1)], [1], "first_90_plus_months"),
        (2, [], [-1], "months_on_book"),
    ],
)
def test_counts_that_do_not_fit_are_refused(
    size: int, firsts: list[FirstBad], months: list[int], field: str
) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        cohorts.ever_bad_curve(size, firsts, months)
    assert refusal.value.field == field


def test_a_loan_is_not_on_book_before_its_disbursement() -> None:
    assert cohorts.months_on_book(TODAY, TODAY) == 0
    with pytest.raises(MeasureInputError, match="on or after the disbursement"):
        cohorts.months_on_book(TODAY, TODAY - timedelta(days=1))
