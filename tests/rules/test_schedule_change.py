"""What is left of a loan: on a due date as the pure rules say, inside a month by days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.day_count import day_basis, due_dates
from app.rules.moratorium import balance_after, payments_during
from app.rules.running_loan import RunningLoan, schedule_left, schedule_renewed
from app.rules.schedule_change import (
    LeftStart,
    after_pause,
    dates_left,
    longest_left,
    rows_left,
    rows_of_pause,
)
from db.vocabulary.lending import EmiRounding, MoratoriumTreatment
from tests.rules.lending_vectors import RULEBOOK, TODAY

FIRST = date(2027, 1, 5)
BASIS = day_basis(RULEBOOK, TODAY)


def start(
    balance: int = 83_595_523, rate: int = 95_000, count: int = 48, settled: date | None = None
) -> LeftStart:
    begins = date(2026, 12, 5)
    dates = tuple(due_dates(FIRST, range(1, count + 1)))
    return LeftStart(balance, rate, 13, dates, begins, settled or begins, BASIS)


@given(
    st.integers(1_000_00, 10**10), st.integers(0, 300_000), st.integers(2, 300),
    st.sampled_from(EmiRounding),
)  # fmt: skip
def test_on_a_due_date_the_rows_are_those_of_the_running_loan(balance, rate, count, rounding):
    renewed = schedule_renewed(RunningLoan(balance, rate, 1, count, rounding), RULEBOOK, TODAY)
    rows = rows_left(start(balance, rate, count), renewed.emi_paise, count)
    plain = schedule_left(RunningLoan(balance, rate, renewed.emi_paise, count, rounding))
    assert [row[2:] for row in rows] == [
        (row.opening_paise, row.interest_paise, row.principal_paise, row.closing_paise)
        for row in plain.rows
    ]
    assert [row.number for row in rows] == list(range(13, 13 + len(rows)))


@given(
    st.integers(1_000_00, 10**10), st.integers(0, 300_000), st.integers(1, 300),
    st.integers(0, 30), st.integers(1, 10**8),
)  # fmt: skip
def test_every_balance_closes_at_nothing(balance, rate, count, days, emi):
    rows = rows_left(start(balance, rate, count, date(2026, 12, 5 + min(days, 26))), emi, count)
    assert rows[-1].closing_paise == 0
    assert sum(row.principal_paise for row in rows) == balance
    assert all(row.principal_paise >= 0 <= row.interest_paise for row in rows)


def test_the_rest_of_a_split_month_is_charged_by_days() -> None:
    rows = rows_left(start(settled=date(2026, 12, 20)), 2_100_200, 48)
    assert rows[0].interest_paise == BASIS.interest(83_595_523, 95_000, date(2026, 12, 20), FIRST)
    assert rows[0].instalment_paise == 2_100_200


@pytest.mark.parametrize("treatment", MoratoriumTreatment)
@given(st.integers(1_000_00, 10**10), st.integers(0, 300_000), st.integers(1, 24))
def test_a_pause_pays_and_grows_as_the_moratorium_says(treatment, balance, rate, months):
    begins = start(balance, rate, 12)
    rows = rows_of_pause(begins, months, treatment)
    paid = tuple(row.instalment_paise for row in rows)
    assert paid == payments_during(balance, rate, months, treatment)
    assert rows[-1].closing_paise == balance_after(balance, rate, months, treatment)
    later = after_pause(begins, rows)
    assert later.period_start == rows[-1].due_on
    assert later.first_number == rows[-1].number + 1
    assert later.dates == dates_left(begins, months + 12)[months:]


@pytest.mark.parametrize(
    "treatment", [MoratoriumTreatment.CAPITALISED_MONTHLY, MoratoriumTreatment.CAPITALISED_SIMPLE]
)
def test_a_pause_that_starts_inside_a_month_charges_its_days_once(treatment) -> None:
    rows = rows_of_pause(start(settled=date(2026, 12, 20)), 3, treatment)
    days = BASIS.interest(83_595_523, 95_000, date(2026, 12, 20), FIRST)
    assert all(row.instalment_paise == 0 for row in rows)
    if treatment is MoratoriumTreatment.CAPITALISED_SIMPLE:  # it waits, and joins at the end
        assert [row.closing_paise for row in rows[:2]] == [83_595_523] * 2
        months = balance_after(83_595_523, 95_000, 2, treatment) - 83_595_523
        assert rows[2].closing_paise == 83_595_523 + days + months
    else:
        assert rows[0].closing_paise == 83_595_523 + days
        second = rows[1].closing_paise - rows[1].opening_paise
        assert second == round(rows[0].closing_paise * 95_000 / 12_000_000)


def test_longer_terms_keep_the_agreed_day() -> None:
    dates = (date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31))
    begins = LeftStart(1_000, 0, 1, dates, date(2026, 10, 31), date(2026, 10, 31), BASIS)
    assert dates_left(begins, 5)[3:] == (date(2027, 2, 28), date(2027, 3, 31))
    assert dates_left(begins, 2) == dates[:2]


@pytest.mark.parametrize(
    ("born_on", "oldest", "expected"),
    [
        (None, 60, 48),
        (date(1970, 1, 1), None, 48),
        (date(1970, 1, 5), 59, 36),
        (date(1970, 1, 6), 59, 37),
        (date(1950, 1, 1), 60, 1),
    ],
)  # fmt: skip
def test_product_and_age_bound_the_term(born_on, oldest, expected) -> None:
    assert longest_left(60, 12, FIRST, born_on, oldest) == expected
