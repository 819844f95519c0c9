"""Fixed bins, counts over them, and what chance explains."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.monitoring.drift import chi_square_quantile, counts_over, fixed_edges, no_drift_bound

VALUES = st.lists(st.floats(-1e6, 1e6) | st.integers(0, 3).map(float), min_size=1, max_size=400)


def test_deciles_hold_a_tenth_each() -> None:
    values = [float(n) for n in range(1_000)]
    edges = fixed_edges(values, 10)
    assert edges == tuple(float(n) for n in range(99, 999, 100))
    assert counts_over(edges, values) == (100,) * 10


def test_a_value_that_fills_several_bins_gives_one() -> None:
    edges = fixed_edges([0.0] * 80 + [1.0] * 20, 10)
    assert edges == (0.0,)
    assert counts_over(edges, [0.0, 1.0, 1.0, 7.0]) == (1, 3)
    assert fixed_edges([5.0] * 50, 10) == ()
    assert fixed_edges([], 10) == ()


@given(VALUES, st.integers(2, 12), VALUES)
def test_every_value_lies_in_exactly_one_bin(one, bins, other) -> None:
    edges = fixed_edges(one, bins)
    assert list(edges) == sorted(set(edges))
    assert len(edges) < bins
    assert min(counts_over(edges, one)) > 0
    assert sum(counts_over(edges, other)) == len(other)
    bounds = (-np.inf, *edges, np.inf)
    for place, count in enumerate(counts_over(edges, other)):
        assert count == sum(bounds[place] < value <= bounds[place + 1] for value in other)


@pytest.mark.parametrize(
    ("share", "freedom", "value"),
    # Printed tables of the chi-square distribution.
    [(0.95, 1, 3.841), (0.95, 9, 16.919), (0.99, 9, 21.666), (0.999, 9, 27.877), (0.5, 20, 19.337)],
)
def test_quantiles_are_those_of_the_tables(share, freedom, value) -> None:
    assert chi_square_quantile(share, freedom) == pytest.approx(value, abs=5e-4)


def test_the_bound_shrinks_with_rows_and_one_bin_cannot_move() -> None:
    few, many = (no_drift_bound(10, (rows, 40_000), 0.01 / 29) for rows in (200, 2_000))
    assert few > many > 0
    assert few == pytest.approx(30.613 * (1 / 200 + 1 / 40_000), rel=1e-4)
    assert no_drift_bound(1, (200, 200), 0.01) == 0


def test_equal_distributions_seldom_pass_the_bound() -> None:
    chance = random.Random(3)  # noqa: S311  # test data
    before = [chance.gauss(0, 1) for _ in range(4_000)]
    edges = fixed_edges(before, 10)
    expected = np.array(counts_over(edges, before)) / len(before)
    bound, passed = no_drift_bound(10, (400, 4_000), 0.01), 0
    for _ in range(300):
        now = np.array(counts_over(edges, [chance.gauss(0, 1) for _ in range(400)])) / 400
        passed += float(((now - expected) * np.log(now / expected)).sum()) > bound
    assert passed <= 12  # 3 expected; 12 is far out
