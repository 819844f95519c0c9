"""Leaving a digital loan in its first days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.cooling_off import (
    CoolingOffOverError,
    cooling_off_days,
    cooling_off_exit,
    last_exit_day,
)
from app.rules.emi import LoanTermsError
from app.rules.measure_inputs import MeasureInputError
from app.rules.rulebook import NoRuleInForceError
from tests.rules.contract_samples import book_with
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of


@vectors_of("cooling_off")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(st.integers(1, 10**11), st.integers(0, 10**6), st.integers(0, 3))
def test_principal_and_the_days_are_paid_and_nothing_else(
    principal: int, apr: int, days: int
) -> None:
    found = cooling_off_exit(principal, apr, days, RULEBOOK, TODAY)
    assert found.pay_paise == principal + found.interest_paise
    assert found.principal_paise == principal
    exact = principal * apr * days
    assert abs(found.interest_paise * 365 * 10**6 - exact) * 2 <= 365 * 10**6


@pytest.mark.parametrize(
    ("own", "least", "days"), [(3, 1, 3), (1, 1, 1), (0, 1, 1), (2, 5, 5), (6, 5, 6)]
)
def test_the_bank_s_days_never_fall_below_the_legal_minimum(
    own: int, least: int, days: int
) -> None:
    book = book_with(cooling_off_days=own, cooling_off_minimum_days=least)
    assert cooling_off_days(book, TODAY) == days
    assert last_exit_day(date(2026, 12, 30), book, TODAY).toordinal() == (
        date(2026, 12, 30).toordinal() + days
    )


@pytest.mark.parametrize(("most", "unit"), [(1, "1 day after"), (3, "3 days after")])
def test_when_the_time_is_over_a_foreclosure_is_needed(most: int, unit: str) -> None:
    book = book_with(cooling_off_days=most)
    assert cooling_off_exit(100_00, 180_000, most, book, TODAY).principal_paise == 100_00
    with pytest.raises(CoolingOffOverError, match=f"{unit} disbursement: ask for") as refused:
        cooling_off_exit(100_00, 180_000, most + 1, book, TODAY)
    assert refused.value.field == "days"


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ((0, 180_000, 1), "loan_amount"),
        ((-1, 180_000, 1), "loan_amount"),
        ((100, -1, 1), "interest_rate"),
        ((100, 180_000, -1), "days"),
    ],
)
def test_what_has_no_exit_is_refused(terms: tuple[int, int, int], field: str) -> None:
    with pytest.raises((LoanTermsError, MeasureInputError)) as refused:
        cooling_off_exit(*terms, RULEBOOK, TODAY)
    assert refused.value.field == field


def test_before_the_rule_there_is_no_cooling_off() -> None:
    with pytest.raises(NoRuleInForceError):
        cooling_off_exit(100_00, 180_000, 1, RULEBOOK, date(2025, 5, 7))
