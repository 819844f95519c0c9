"""Predictions for rows by models that never saw their group.

Source: machine-learning.md section 5 and 11: calibration, conformal thresholds and every choice
stand on 5-fold predictions grouped by customer. Out-of-bag predictions are no substitute: with
balanced weights almost no bad is ever out of bag.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from ml.runtime.forest import Array
from ml.training.evaluation import Labels, area_under_curve


@dataclass(frozen=True, slots=True, eq=False)
class CrossFitted:
    """Out-of-fold answers.

    Attributes:
        index: answer for each row by a model that never saw its group, shape (n,).
        fold_aucs: AUC of each fold that has both classes.
    """

    index: Array
    fold_aucs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Folds:
    """How rows are dealt out."""

    count: int
    random_state: int


def bad_share(model: Any, rows: Array) -> Array:  # noqa: ANN401  # any classifier of scikit-learn
    """Return scikit-learn's probability of the class bad, shape (n,)."""
    return np.asarray(model.predict_proba(rows)[:, 1])


def cross_fitted(
    unfitted: Callable[[], Any],
    data: tuple[Array, Labels, NDArray[np.int64]],
    folds: Folds,
) -> CrossFitted:
    """Fit one model a fold and answer the rows it did not see.

    Args:
        unfitted: makes a classifier.
        data: filled rows (n, 28), labels, groups; rows of one group stay in one fold.
        folds: how many, and the state of their shuffle.
    """
    rows, labels, groups = data
    found = np.zeros(len(rows))
    aucs = []
    dealt = StratifiedGroupKFold(folds.count, shuffle=True, random_state=folds.random_state)
    for train, test in dealt.split(rows, labels, groups):
        model = unfitted().fit(rows[train], labels[train])
        found[test] = bad_share(model, rows[test])
        auc = area_under_curve(labels[test], found[test])
        if auc is not None:
            aucs.append(auc)
    return CrossFitted(found, tuple(aucs))
