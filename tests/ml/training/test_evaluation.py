"""Measures: vectors V192 and V193, scikit-learn as oracle, intervals."""

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, f1_score, roc_auc_score

from ml.training.evaluation import (
    area_under_curve,
    auc_interval,
    brier,
    confusion,
    kolmogorov_smirnov,
    measures,
)


def test_v192() -> None:
    labels = np.array([0, 0, 1, 0, 1, 1, 0, 1])
    scores = np.array([0.1, 0.3, 0.35, 0.4, 0.6, 0.7, 0.2, 0.9])
    found = measures(labels, scores, scores)
    assert found.auc == pytest.approx(0.9375)
    assert found.gini == pytest.approx(0.875)
    assert found.ks == pytest.approx(0.75)
    assert found.brier == pytest.approx(0.1228125)


def test_v193_ties() -> None:
    labels, scores = np.array([0, 1, 0, 1]), np.full(4, 0.5)
    assert (area_under_curve(labels, scores), kolmogorov_smirnov(labels, scores)) == (0.5, 0.0)
    assert brier(labels, scores) == 0.25


def test_equal_to_scikit_learn() -> None:
    rng = np.random.default_rng(4)
    scores = rng.random(500).round(2)
    labels = (rng.random(500) < scores).astype(int)
    matrix = confusion(labels, scores, 0.5)
    assert area_under_curve(labels, scores) == pytest.approx(roc_auc_score(labels, scores))
    assert brier(labels, scores) == pytest.approx(brier_score_loss(labels, scores))
    assert matrix.f1 == pytest.approx(f1_score(labels, scores >= 0.5))
    assert matrix.precision == pytest.approx(matrix.tp / (matrix.tp + matrix.fp))
    assert matrix.accuracy == pytest.approx(np.mean((scores >= 0.5) == labels))


def test_one_class_has_no_ranking() -> None:
    found = measures(np.zeros(4, dtype=np.int64), np.full(4, 0.2), np.full(4, 0.2))
    assert (found.auc, found.ks, found.gini, found.auc_low) == (None, None, None, None)
    assert found.confusion.recall == 0.0


def test_80_bads_in_785_loans_are_about_7_points_wide() -> None:
    low, high = auc_interval(0.7, 80, 705)
    assert (high - low) / 2 == pytest.approx(0.066, abs=0.005)
    assert auc_interval(1.0, 5, 5) == (1.0, 1.0)
