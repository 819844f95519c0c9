"""Exact contributions: equal to shap's TreeExplainer, and they add up."""

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shap
from sklearn.ensemble import RandomForestClassifier

from ml.runtime.forest import LEAF, Forest, ForestArrays
from ml.runtime.model_refused import ModelRefused
from ml.runtime.tree_paths import NO_UPPER, paths_of
from ml.runtime.tree_shap import ExplainCancelledError, TreeShap
from ml.training.export_model import forest_arrays

if TYPE_CHECKING:
    from tests.ml.conftest import SmallForest


@pytest.fixture(scope="session")
def explainer(small: "SmallForest") -> TreeShap:
    return TreeShap(paths_of(small.arrays, 28), 28)


def test_10000_rows_equal_shap_and_add_up(small: "SmallForest", explainer: TreeShap) -> None:
    ours = explainer.contributions_of_many(small.rows)
    theirs = shap.TreeExplainer(small.forest).shap_values(small.rows, check_additivity=False)
    assert ours.shape == (10_000, 28)
    assert np.abs(ours - theirs[..., 1]).max() <= 1e-9
    answers = Forest(small.arrays).probabilities(small.rows)
    assert np.abs(explainer.base + ours.sum(axis=1) - answers).max() <= 1e-12


def test_one_row_equals_many(small: "SmallForest", explainer: TreeShap) -> None:
    many = explainer.contributions_of_many(small.rows[:500])
    single = np.array([explainer.contributions(row) for row in small.rows[:500]])
    few = explainer.contributions_of_many(small.rows[:20])
    assert np.abs(many - single).max() <= 1e-12
    assert np.array_equal(few, single[:20])


def test_features_asked_again_deeper_and_stumps_are_right() -> None:
    """Two informative columns force repeated questions on one path; some trees are one leaf."""
    rng = np.random.default_rng(3)
    rows = rng.normal(size=(400, 28))
    labels = (np.sin(3 * rows[:, 0]) + rows[:, 1] > 0).astype(int)
    forest = RandomForestClassifier(12, max_depth=9, random_state=1, max_features=0.9)
    forest.fit(rows, labels)
    explainer = TreeShap(paths_of(forest_arrays(forest), 28), 28)
    theirs = shap.TreeExplainer(forest).shap_values(rows, check_additivity=False)[..., 1]
    assert np.abs(explainer.contributions_of_many(rows) - theirs).max() <= 1e-9
    leaf = RandomForestClassifier(2, max_depth=1, min_samples_leaf=300, random_state=1)
    leaf.fit(rows, labels)
    nothing = TreeShap(paths_of(forest_arrays(leaf), 28), 28)
    assert np.array_equal(nothing.contributions(rows[0]), np.zeros(28))


def test_progress_is_told_and_cancelling_stops(small: "SmallForest", explainer: TreeShap) -> None:
    told: list[tuple[int, int]] = []
    explainer.contributions_of_many(
        small.rows[:70], progress=lambda done, total: told.append((done, total))
    )
    assert told == [(64, 70), (70, 70)]
    for rows in (small.rows[:100], small.rows[:500]):
        with pytest.raises(ExplainCancelledError):
            explainer.contributions_of_many(rows, cancelled=lambda: True)


def _stumps(count: int) -> ForestArrays:
    """Trees of one question each, all about column 0 and each at a threshold of its own."""
    first = np.arange(count, dtype=np.int32) * 3
    feature = np.full(3 * count, LEAF, dtype=np.int16)
    left, right = np.full(3 * count, LEAF, dtype=np.int32), np.full(3 * count, LEAF, dtype=np.int32)
    feature[first], left[first], right[first] = 0, first + 1, first + 2
    threshold = np.zeros(3 * count, dtype=np.float32)
    threshold[first] = np.arange(count)
    return ForestArrays(
        feature=feature,
        threshold=threshold,
        left=left,
        right=right,
        value=np.tile([0.5, 0.0, 1.0], count),
        cover=np.tile([2.0, 1.0, 1.0], count),
        root=first,
    )


def test_more_thresholds_than_ranks_are_refused_not_miscounted() -> None:
    paths = paths_of(_stumps(NO_UPPER - 1), 28)
    assert paths.ranks(np.full((1, 28), np.inf))[0, 0] == NO_UPPER - 1
    assert paths.base == pytest.approx(0.5)
    with pytest.raises(ModelRefused):
        paths_of(_stumps(NO_UPPER), 28)
