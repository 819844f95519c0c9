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
from sklearn.model_selection import StratifiedGroupKFold

from ml.features import SIGNS
from ml.runtime.forest import Array
from ml.training.evaluation import Labels, area_under_curve

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


def bad_share(forest: RandomForestClassifier, rows: Array) -> Array:
    """Return scikit-learn's probability of the class bad, shape (n,)."""
    return np.asarray(forest.predict_proba(rows)[:, 1])


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
    best = max(shape.choices, key=lambda choice: float(np.mean(tried[str(choice)][1])))
    forest = new_forest(shape, best).fit(rows, labels)
    return FittedForest(
        forest=forest,
        max_features=best,
        cross_fitted=tried[str(best)][0],
        fold_aucs={choice: aucs for choice, (_, aucs) in tried.items()},
    )


def cross_fit(
    rows: Array,
    labels: Labels,
    groups: NDArray[np.int64],
    setting: tuple[ForestShape, MaxFeatures],
) -> tuple[Array, tuple[float, ...]]:
    """Return out-of-fold predictions and the AUC of each fold.

    Out-of-bag predictions are no substitute: with balanced weights almost no bad is ever out of
    bag (machine-learning.md section 5).
    """
    shape, max_features = setting
    found = np.zeros(len(rows))
    aucs = []
    folds = StratifiedGroupKFold(shape.folds, shuffle=True, random_state=shape.random_state)
    for train, test in folds.split(rows, labels, groups):
        forest = new_forest(shape, max_features).fit(rows[train], labels[train])
        found[test] = bad_share(forest, rows[test])
        auc = area_under_curve(labels[test], found[test])
        if auc is not None:
            aucs.append(auc)
    return found, tuple(aucs)
