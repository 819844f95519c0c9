"""Fits the champion: a monotone, class-weighted random forest.

Source: machine-learning.md section 5. 100 trees, depth 10, balanced, random_state 42, leaves of at
least 20 rows, signs of the feature contract; the share of features a split may see is chosen by
cross-validation in which a customer never stands on both sides.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier

from ml.features import SIGNS
from ml.runtime.forest import Array
from ml.training.cross_fitting import CrossFitted, Folds, cross_fitted
from ml.training.evaluation import Labels

MaxFeatures = str | float
CHOICES: Final[tuple[MaxFeatures, ...]] = ("sqrt", 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class ForestShape:
    """What is fixed before fitting."""

    trees: int = 100
    depth: int = 10
    min_leaf: int = 20
    random_state: int = 42
    folds: int = 5
    choices: tuple[MaxFeatures, ...] = CHOICES


@dataclass(frozen=True, slots=True, eq=False)
class FittedForest:
    """The forest and how it was chosen.

    Attributes:
        forest: fitted on all rows.
        max_features: the winner.
        cross_fitted: prediction for each row by forests that never saw its group, shape (n,).
        fold_aucs: AUC of each fold, by choice.
    """

    forest: RandomForestClassifier
    max_features: MaxFeatures
    cross_fitted: Array
    fold_aucs: dict[str, tuple[float, ...]]


def new_forest(shape: ForestShape, max_features: MaxFeatures) -> RandomForestClassifier:
    """Return an unfitted forest of that shape."""
    return RandomForestClassifier(
        n_estimators=shape.trees,
        max_depth=shape.depth,
        class_weight="balanced",
        random_state=shape.random_state,
        min_samples_leaf=shape.min_leaf,
        monotonic_cst=list(SIGNS),
        max_features=max_features,
        n_jobs=1,
    )


def fit_forest(
    rows: Array, labels: Labels, groups: NDArray[np.int64], shape: ForestShape
) -> FittedForest:
    """Choose `max_features` by grouped cross-validation, then fit on all rows.

    Args:
        rows: filled, shape (n, 28).
        labels: 1 bad, 0 good.
        groups: rows of one group stay in one fold.
        shape: fixed settings.
    """
    tried = {
        str(choice): cross_fit(rows, labels, groups, (shape, choice)) for choice in shape.choices
    }
    best = max(shape.choices, key=lambda choice: float(np.mean(tried[str(choice)].fold_aucs)))
    forest = new_forest(shape, best).fit(rows, labels)
    return FittedForest(
        forest=forest,
        max_features=best,
        cross_fitted=tried[str(best)].index,
        fold_aucs={choice: found.fold_aucs for choice, found in tried.items()},
    )


def cross_fit(
    rows: Array,
    labels: Labels,
    groups: NDArray[np.int64],
    setting: tuple[ForestShape, MaxFeatures],
) -> CrossFitted:
    """Return out-of-fold predictions of forests of that shape."""
    shape, max_features = setting
    return cross_fitted(
        lambda: new_forest(shape, max_features),
        (rows, labels, groups),
        Folds(shape.folds, shape.random_state),
    )
