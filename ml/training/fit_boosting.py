"""Fits the challenger: monotone, class-weighted histogram boosting, 100 rounds of 8 leaves.

Source: machine-learning.md section 5. Balanced like the champion, so that both answers stand on one
scale and share the cut-offs. The smallest leaf is chosen by grouped cross-validation. One thread:
the same figures on every machine, and no fight for cores with the desk.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from ml.features import SIGNS
from ml.runtime.forest import Array
from ml.training.cross_fitting import CrossFitted, Folds, cross_fitted
from ml.training.evaluation import Labels

LEAF_CHOICES: Final = (20, 200)


@dataclass(frozen=True, slots=True)
class BoostingShape:
    """What is fixed before fitting."""

    rounds: int = 100
    leaves: int = 8
    learning_rate: float = 0.05
    random_state: int = 42
    folds: int = 5
    leaf_choices: tuple[int, ...] = LEAF_CHOICES


@dataclass(frozen=True, slots=True, eq=False)
class FittedBoosting:
    """The challenger and how it was chosen.

    Attributes:
        model: fitted on all rows.
        min_leaf: the winner.
        cross_fitted: prediction for each row by models that never saw its group, shape (n,).
        fold_aucs: AUC of each fold, of the winner.
    """

    model: HistGradientBoostingClassifier
    min_leaf: int
    cross_fitted: Array
    fold_aucs: tuple[float, ...]


def new_boosting(shape: BoostingShape, min_leaf: int) -> HistGradientBoostingClassifier:
    """Return an unfitted challenger of that shape."""
    return HistGradientBoostingClassifier(
        max_iter=shape.rounds,
        max_leaf_nodes=shape.leaves,
        learning_rate=shape.learning_rate,
        min_samples_leaf=min_leaf,
        class_weight="balanced",
        monotonic_cst=list(SIGNS),
        random_state=shape.random_state,
        early_stopping=False,
    )


def fit_boosting(
    rows: Array, labels: Labels, groups: NDArray[np.int64], shape: BoostingShape
) -> FittedBoosting:
    """Choose the smallest leaf by grouped cross-validation, then fit on all rows."""
    with threadpool_limits(1):
        tried = {leaf: _tried((rows, labels, groups), shape, leaf) for leaf in shape.leaf_choices}
        best = max(tried, key=lambda leaf: float(np.mean(tried[leaf].fold_aucs)))
        model = new_boosting(shape, best).fit(rows, labels)
    return FittedBoosting(model, best, tried[best].index, tried[best].fold_aucs)


def _tried(
    data: tuple[Array, Labels, NDArray[np.int64]], shape: BoostingShape, leaf: int
) -> CrossFitted:
    folds = Folds(shape.folds, shape.random_state)
    return cross_fitted(lambda: new_boosting(shape, leaf), data, folds)
