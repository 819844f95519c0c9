"""Cross-fitting: every row answered once, by a model that never saw its group."""

import numpy as np
import pytest

from ml.training.cross_fitting import Folds, bad_share, cross_fitted


class Remembers:
    """A classifier that knows exactly the rows it was fitted on: any leak shows as 1."""

    def fit(self, rows, labels):
        self.seen = set(rows[:, 0].tolist())
        return self

    def predict_proba(self, rows):
        known = np.array([float(value in self.seen) for value in rows[:, 0].tolist()])
        return np.column_stack([1 - known, known])


@pytest.fixture
def data():
    rng = np.random.default_rng(3)
    groups = rng.integers(40, size=200)
    return np.column_stack([groups, rng.random(200)]), (rng.random(200) < 0.4).astype(int), groups


def test_no_row_is_answered_by_a_model_that_saw_its_group(data) -> None:
    found = cross_fitted(Remembers, data, Folds(5, 42))
    assert found.index.shape == (200,)
    assert not found.index.any()
    assert len(found.fold_aucs) == 5


def test_without_groups_the_same_rows_would_leak(data) -> None:
    rows, labels, _ = data
    found = cross_fitted(Remembers, (rows, labels, np.arange(200)), Folds(5, 42))
    assert found.index.mean() > 0.9


def test_bad_share_is_the_second_class(data) -> None:
    rows, labels, _ = data
    assert bad_share(Remembers().fit(rows, labels), rows).tolist() == [1.0] * 200
