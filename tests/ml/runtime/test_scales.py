"""Score scale (vectors V177-V182), probability table and conformal band."""

from decimal import Decimal

import numpy as np
import pytest

from ml.runtime.conformal_band import ConformalBand
from ml.runtime.probability_table import ProbabilityTable
from ml.runtime.score_scale import ScoreScale
from ml.training.fit_calibration import conformal_band, probability_table


@pytest.mark.parametrize(
    ("probability", "score"),
    [
        (0.0, "850.00"),
        (0.5, "575.00"),
        (1.0, "300.00"),
        (0.1895, "745.78"),
        (0.9456, "329.92"),
        (0.3, "685.00"),
    ],
)
def test_score(probability: float, score: str) -> None:
    assert ScoreScale(850, -550).score(probability) == Decimal(score)


def test_points_are_minus_550_times_the_contribution() -> None:
    assert ScoreScale(850, -550).points(0.02) == pytest.approx(-11.0)


def test_table_steps_hold_from_their_start() -> None:
    table = ProbabilityTable((0.0, 0.4, 0.7), (0.01, 0.03, 0.2), synthetic=False)
    assert [table.rate(value) for value in (0.0, 0.39, 0.4, 0.7, 1.0)] == [
        0.01,
        0.01,
        0.03,
        0.2,
        0.2,
    ]
    assert table.probability_of_default(0.5) == 0.03


def test_fitted_table_is_monotone_with_full_steps() -> None:
    rng = np.random.default_rng(1)
    index = rng.random(3_000)
    labels = (rng.random(3_000) < index**2).astype(np.int64)
    table = probability_table(index, labels, synthetic=True, min_rows=200)
    assert list(table.rates) == sorted(table.rates)
    edges = [*table.starts[1:], 2.0]
    counts = [
        int(((index >= start) & (index < stop)).sum())
        for start, stop in zip(table.starts, edges, strict=True)
    ]
    assert min(counts) >= 200
    assert len(counts) > 3


def test_conformal_sets_cover_each_class() -> None:
    rng = np.random.default_rng(2)
    labels = (rng.random(8_000) < 0.3).astype(np.int64)
    index = np.clip(rng.normal(0.4 + 0.2 * labels, 0.15), 0, 1)
    band = conformal_band(index[:4_000], labels[:4_000], min_bads=200)
    for alpha in (0.1, 0.2, 0.3):
        at = band.levels.index(alpha)
        fits = (index[4_000:] <= band.good_at_most[at], index[4_000:] >= band.bad_at_least[at])
        for label in (0, 1):
            own = labels[4_000:] == label
            error = (alpha * (1 - alpha) / own.sum()) ** 0.5
            assert fits[label][own].mean() >= 1 - alpha - 3 * error


def test_band_is_borderline_for_both_or_none() -> None:
    both = ConformalBand((0.1, 0.3), (0.6, 0.3), (0.4, 0.5), 300, enough=True)
    assert [both.band(p, 0.1) for p in (0.2, 0.5, 0.8)] == ["clear", "borderline", "clear"]
    assert both.band(0.4, 0.3) == "borderline"  # neither label fits
    assert both.band(0.5, 0.29) == "borderline"  # between levels the smaller one holds
    assert both.band(0.5, 0.001) == "borderline"
    off = ConformalBand((0.1,), (0.6,), (0.4,), 30, enough=False)
    assert off.band(0.5, 0.1) == "clear"
