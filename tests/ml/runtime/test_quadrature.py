"""The points are numpy's own, and integrate every polynomial they promise to."""

import numpy as np
import pytest

from ml.runtime.quadrature import points_on_unit


@pytest.mark.parametrize("count", range(1, 9))
def test_points_and_weights_are_those_of_numpy(count: int) -> None:
    points, weights = points_on_unit(count)
    nodes, expected = np.polynomial.legendre.leggauss(count)
    assert np.abs(np.array(points) - (nodes + 1.0) / 2.0).max() <= 2e-16
    assert np.abs(np.array(weights) - expected / 2.0).max() <= 5e-16


@pytest.mark.parametrize("count", range(1, 9))
def test_powers_up_to_twice_the_points_are_exact(count: int) -> None:
    points, weights = points_on_unit(count)
    for power in range(2 * count):
        integral = sum(w * t**power for t, w in zip(points, weights, strict=True))
        assert integral == pytest.approx(1 / (power + 1), rel=1e-14)
