"""Days past due rise by one a day, and the due date's own day-end is the first."""

import csv
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.rules.days_past_due import UnpaidDue, days_past_due, is_overdue, oldest_overdue
from app.rules.rulebook import Rulebook
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


def _with(code: str, value: object) -> Rulebook:
    return Rulebook(replace(row, value=value) if row.code == code else row for row in RULEBOOK.rows)


def test_the_oldest_overdue_date_leaves_out_paid_future_and_moratorium_dues() -> None:
    spring, summer, autumn = (date(2026, month, 5) for month in (3, 6, 9))
    dues = [
        UnpaidDue(date(2026, 1, 5), 0),
        UnpaidDue(spring, 500, in_moratorium=True),
        UnpaidDue(autumn, 700),
        UnpaidDue(summer, 1),
    ]
    assert oldest_overdue(dues, RULEBOOK, summer) == summer
    assert oldest_overdue(dues, RULEBOOK, summer - timedelta(days=1)) is None
    assert oldest_overdue([], RULEBOOK, TODAY) is None
    assert oldest_overdue(dues, _with("overdue_tolerance", 1), TODAY) == autumn
    assert oldest_overdue(dues, _with("moratorium_interest_is_overdue", True), TODAY) == spring


@given(st.lists(st.builds(UnpaidDue, DAYS, st.integers(0, 3), st.booleans())), DAYS)
def test_days_rise_by_one_or_stay_nothing_without_a_receipt(
    dues: list[UnpaidDue], day: date
) -> None:
    today, tomorrow = (
        days_past_due(oldest_overdue(dues, RULEBOOK, each), each, RULEBOOK)
        for each in (day, day + timedelta(days=1))
    )
    assert tomorrow == (today + 1 if today else tomorrow)
    assert today or tomorrow in {0, 1}


def test_real_due_dates_give_the_days_of_the_file_plus_one_where_late(shared_data) -> None:
    """The file counts from the day after the due date, we count the due date's own day-end."""
    with (shared_data / "superlender" / "trainprevloans.csv").open(newline="") as file:
        pairs = [
            (
                date.fromisoformat(row["firstduedate"][:10]),
                date.fromisoformat(row["firstrepaiddate"][:10]),
            )
            for row in csv.DictReader(file)
        ]
    assert len(pairs) == 18_183
    late = 0
    for due_on, paid_on in pairs:
        days = (paid_on - due_on).days
        if days > 0:
            late += 1
            assert days_past_due(due_on, paid_on, RULEBOOK) == days + 1
        else:
            assert days_past_due(due_on, paid_on, RULEBOOK) == (1 if days == 0 else 0)
    assert late == 3_161
