"""Days past due rise by one a day, and the due date's own day-end is the first."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.rules.days_past_due import days_past_due, is_overdue
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

DAYS = st.dates(date(2001, 1, 1), date(2060, 1, 1))


@vectors_of("days_past_due")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(DAYS, st.integers(min_value=-40, max_value=2000))
def test_the_count_rises_by_one_a_day(due: date, after: int) -> None:
    day = due + timedelta(days=after)
    today = days_past_due(due, day, RULEBOOK)
    tomorrow = days_past_due(due, day + timedelta(days=1), RULEBOOK)
    assert today == max(after + 1, 0)
    assert tomorrow == (today + 1 if day + timedelta(days=1) >= due else 0)


def test_nothing_unpaid_is_no_day_and_one_paisa_keeps_an_instalment_overdue() -> None:
    assert days_past_due(None, TODAY, RULEBOOK) == 0
    assert is_overdue(1, RULEBOOK, TODAY)
    assert not is_overdue(0, RULEBOOK, TODAY)
