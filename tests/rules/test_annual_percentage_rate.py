"""The APR against the vectors, an independent solver and its own laws."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxirr import irr

from app.rules.amortisation import LoanShape, raw_schedule
from app.rules.annual_percentage_rate import (
    AprOutOfRangeError,
    RepaymentsBelowDisbursedError,
    annual_percentage_rate,
    monthly_rate,
)
from db.vocabulary.lending import EmiRounding
from tests.rules.lending_vectors import check, vectors_of

SHAPES = st.builds(
    LoanShape,
    st.integers(min_value=5_000_00, max_value=10**10),
    st.integers(min_value=0, max_value=400_000),
    st.integers(min_value=2, max_value=240),
)


@vectors_of("apr", "apr_recurring", "apr_flat_instalments")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@settings(max_examples=40, deadline=None)
@given(SHAPES, st.integers(min_value=0, max_value=20))
def test_agrees_with_an_independent_solver(shape: LoanShape, charge_percent: int) -> None:
    payments = raw_schedule(shape, EmiRounding.PAISA).payments_paise
    net = shape.principal_paise * (100 - charge_percent) // 100
    expected = irr([-net, *payments])
    assert expected is not None
    assert abs(float(monthly_rate(net, payments)) - expected) < 1e-9


@settings(max_examples=40, deadline=None)
@given(SHAPES)
def test_without_charges_it_is_the_rate_and_it_rises_with_them(shape: LoanShape) -> None:
    payments = raw_schedule(shape, EmiRounding.PAISA).payments_paise
    plain = annual_percentage_rate(shape.principal_paise, payments)
    assert abs(plain - Decimal(shape.rate_ppm) / 10_000) < Decimal("0.005")
    assert annual_percentage_rate(shape.principal_paise * 99 // 100, payments) > plain


def test_nothing_charged_is_zero_and_a_month_more_costs_less() -> None:
    assert annual_percentage_rate(600, [10] * 60) == 0
    payments = [2237100] * 59 + [2236996]
    plain = annual_percentage_rate(97640000, payments)
    assert annual_percentage_rate(97640000, payments, 30) == pytest.approx(
        annual_percentage_rate(97640000, [0, *payments])
    )
    assert annual_percentage_rate(97640000, payments, 10) < plain
    assert annual_percentage_rate(97640000, payments, -10) > plain


def test_one_far_payment_and_a_rate_near_the_top() -> None:
    assert monthly_rate(100, [0] * 11 + [400]) == pytest.approx(
        Decimal("0.12246"), abs=Decimal("0.0001")
    )
    assert monthly_rate(100, [199]) == pytest.approx(Decimal("0.99"), abs=Decimal("1e-12"))


def test_impossible_flows_are_refused() -> None:
    with pytest.raises(RepaymentsBelowDisbursedError):
        annual_percentage_rate(1001, [100] * 10)
    with pytest.raises(AprOutOfRangeError):
        annual_percentage_rate(0, [100] * 10)
    with pytest.raises(AprOutOfRangeError):
        annual_percentage_rate(100, [100], -30)  # paid back on the day it is paid out
