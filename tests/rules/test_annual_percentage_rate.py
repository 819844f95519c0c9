"""The APR against the vectors, an independent solver and its own laws."""

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxirr import irr

from app.rules.amortisation import LoanShape, contract_schedule, raw_schedule
from app.rules.annual_percentage_rate import (
    AprOutOfRangeError,
    RepaymentsBelowDisbursedError,
    _runs,
    _value_and_slope,
    annual_percentage_rate,
    monthly_rate,
)
from db.vocabulary.lending import EmiRounding
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

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
    # Half a paisa of rounding in every row moves the yearly rate by at most this.
    assert abs(plain - Decimal(shape.rate_ppm) / 10_000) <= Decimal(1_200) / shape.principal_paise
    rising = [
        annual_percentage_rate(shape.principal_paise * kept // 100, payments)
        for kept in (100, 99, 95, 80)
    ]
    assert rising == sorted(set(rising))
    assert rising[1] > Decimal(shape.rate_ppm) / 10_000


def test_without_charges_rate_and_scale_move_it_by_less_than_a_thousandth() -> None:
    """Over loans of a year and more; two months of 5,000 can be off by up to 0.0024."""
    drawn = random.Random(20_261_123)  # noqa: S311  # drawn cases, no secrets
    worst = Decimal(0)
    for _ in range(400):
        paise = drawn.choice((drawn.randint(5_000_00, 10**6), drawn.randint(10**6, 10**10)))
        shape = LoanShape(paise, drawn.randint(0, 360_000), drawn.randint(12, 360))
        plain = annual_percentage_rate(paise, raw_schedule(shape, EmiRounding.PAISA).payments_paise)
        worst = max(worst, abs(plain - Decimal(shape.rate_ppm) / 10_000))
        tenfold = LoanShape(10 * paise, shape.rate_ppm, shape.tenure_months)
        payments = raw_schedule(tenfold, EmiRounding.PAISA).payments_paise
        worst = max(worst, abs(plain - annual_percentage_rate(10 * paise, payments)))
    assert 0 < worst < Decimal("0.001")


@settings(max_examples=40)
@given(SHAPES, st.integers(min_value=0, max_value=20))
def test_ten_times_the_loan_costs_the_same(shape: LoanShape, charge_percent: int) -> None:
    rates = []
    for times in (1, 10):
        larger = LoanShape(times * shape.principal_paise, shape.rate_ppm, shape.tenure_months)
        payments = raw_schedule(larger, EmiRounding.PAISA).payments_paise
        net = shape.principal_paise * (100 - charge_percent) // 100
        rates.append(annual_percentage_rate(times * net, payments))
    # Only the rounding of both schedules; a law of 0.001 for all but the smallest, shortest loans.
    assert abs(rates[0] - rates[1]) <= Decimal(2_000) / shape.principal_paise


@pytest.mark.parametrize("batch", range(10))
def test_two_thousand_loans_with_charges_agree_with_pyxirr(batch: int) -> None:
    drawn = random.Random(20_261_123 + batch)  # noqa: S311  # drawn cases, no secrets
    for _ in range(200):
        shape = LoanShape(
            drawn.choice((drawn.randint(5_000_00, 10**7), drawn.randint(10**7, 10**10))),
            drawn.choice((0, drawn.randint(1, 360_000))),
            drawn.randint(2, 360),
        )
        rounding = drawn.choice(list(EmiRounding))
        payments = contract_schedule(shape, rounding, RULEBOOK, TODAY).payments_paise
        net = shape.principal_paise - drawn.randint(0, shape.principal_paise // 8)
        expected = irr([-net, *payments], guess=0.01)  # its own start, 0.1, finds no low rate
        assert expected is not None
        found = annual_percentage_rate(net, payments)
        assert abs(float(found) - 1200 * expected) < 0.005, (shape, rounding, net)


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


@pytest.mark.parametrize("monthly", [Decimal(0), Decimal("0.01")])
@pytest.mark.parametrize("shift", [Decimal(0), Decimal("0.5")])
def test_the_slope_is_that_of_the_value(monthly: Decimal, shift: Decimal) -> None:
    runs, small = _runs([0, 100, 100, 50]), Decimal("1e-9")
    above = _value_and_slope(runs, monthly + small, shift)[0]
    below = _value_and_slope(runs, monthly - small, shift)[0] if monthly else None
    value, slope = _value_and_slope(runs, monthly, shift)
    quotient = (above - value) / small if below is None else (above - below) / (2 * small)
    assert abs(slope - quotient) < Decimal("1e-4")


def test_a_paisa_lent_and_paid_back_costs_nothing() -> None:
    assert monthly_rate(1, [1]) == 0
