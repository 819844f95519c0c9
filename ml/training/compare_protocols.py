"""The two comparisons: with the seed's own protocol, and the honest one.

Source: machine-learning.md section 2. The README protocol is a comparison with the seed only and is
never tuned to: its label "rejected or defaulted" mostly repeats the rule that rejected, which the
bare-rule line shows. The honest figures come first in every print.
"""

import warnings
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.base import ClassifierMixin, clone
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ml.features import FEATURE_NAMES
from ml.runtime.forest import Array
from ml.training.evaluation import Labels, area_under_curve, confusion, measures

SEED_ROWS: Final = (
    {
        "model": "README: random forest",
        "accuracy": 0.9416,
        "precision": 0.9550,
        "recall": 0.9138,
        "f1": 0.9339,
        "auc": 0.9577,
    },
    {
        "model": "README: logistic regression",
        "accuracy": 0.9108,
        "precision": 0.9043,
        "recall": 0.8965,
        "f1": None,
        "auc": 0.9533,
    },
)
FOLDS: Final = 5
TEST_SHARE: Final = 0.2
STATE: Final = 42
CUT_OFFS: Final = (0.3, 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """One drawn book as arrays.

    Attributes:
        rows: filled, shape (n, 28).
        labels: 1 bad, 0 good.
        limits: true probability of the label where it is known, else empty.
    """

    rows: Array
    labels: Labels
    limits: Array


@dataclass(frozen=True, slots=True, eq=False)
class HonestBook:
    """Later loans that the model has not seen.

    Attributes:
        index: the model's answer, for all decided applications.
        table: calibrated rates, likewise.
        true_probabilities: the generator's, likewise.
        defaults: outcomes, likewise.
        approved: which of them were disbursed.
    """

    index: Array
    table: Array
    true_probabilities: Array
    defaults: Labels
    approved: Labels


def readme_comparison(rejected: Labels, original: Book, rule: Book) -> dict[str, Any]:
    """Return the README protocol.

    Args:
        rejected: 1 where the policy rejected, parallel to `original`.
        original: part (a), labelled "rejected or defaulted".
        rule: part (b), the explicit rule with flips; its true probabilities are known.
    """
    bare = confusion(original.labels, rejected.astype(np.float64), 0.5)
    with warnings.catch_warnings():
        # The unscaled regression does not converge: that is what the row is there to show.
        warnings.simplefilter("ignore", ConvergenceWarning)
        ours = [
            *(_row("a", name, model, original) for name, model in _models()),
            *(_row("b", name, model, rule) for name, model in _models()),
        ]
    return {
        "protocol": "readme",
        "heading": "comparison with the seed only",
        "rows": [*SEED_ROWS, *ours],
        "limits": {
            "bayes_accuracy": float(np.maximum(rule.limits, 1 - rule.limits).mean()),
            "bayes_auc": area_under_curve(rule.labels, rule.limits),
        },
        "bare_rule": {
            "label": "no model, only: rejected means bad",
            "accuracy": bare.accuracy,
            "confusion": _matrix(bare.tn, bare.fp, bare.fn, bare.tp),
        },
    }


def honest_comparison(book: HonestBook) -> dict[str, Any]:
    """Return the gap to the limit, the default-only figures and the agreement with policy."""
    chosen = book.approved == 1
    labels, true = book.defaults[chosen], book.true_probabilities[chosen]
    ours = measures(labels, book.index[chosen], book.table[chosen])
    limit = measures(labels, true, true)
    rejected = 1 - book.approved
    return {
        "protocol": "honest",
        "rows": [
            _gap("champion", ours.auc, ours.brier, ours.confusion.accuracy)
            | {
                "auc_low": ours.auc_low,
                "auc_high": ours.auc_high,
                "ks": ours.ks,
                "gini": ours.gini,
                "rows": ours.rows,
                "bads": ours.bads,
                "recall_at": {
                    str(cut): confusion(labels, book.index[chosen], cut).recall for cut in CUT_OFFS
                },
            },
            _gap("limit of the generator", limit.auc, limit.brier, _best_accuracy(true)),
        ],
        "limits": {
            "bayes_accuracy": _best_accuracy(true),
            "bayes_auc": limit.auc,
            "bayes_brier": limit.brier,
        },
        "bare_rule": {
            "label": "imitates policy",
            "equal_verdicts": float(np.mean((book.index >= CUT_OFFS[-1]) == (rejected == 1))),
            "auc": area_under_curve(rejected, book.index),
        },
    }


def _gap(model: str, auc: float | None, brier: float, accuracy: float) -> dict[str, Any]:
    return {"model": model, "auc": auc, "brier": brier, "accuracy": accuracy}


def _best_accuracy(true: Array) -> float:
    return float(np.maximum(true, 1 - true).mean())


def _models() -> tuple[tuple[str, ClassifierMixin], ...]:
    return (
        (
            "random forest",
            RandomForestClassifier(
                100, max_depth=10, class_weight="balanced", random_state=STATE, n_jobs=1
            ),
        ),
        (
            "logistic regression, scaled",
            make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000)),
        ),
        ("logistic regression, unscaled", LogisticRegression(max_iter=500)),
    )


def _row(part: str, name: str, model: ClassifierMixin, book: Book) -> dict[str, Any]:
    """Return an 80/20 split and a 5-fold cross-validation of one model on one book."""
    train, test = train_test_split(
        np.arange(len(book.labels)),
        test_size=TEST_SHARE,
        stratify=book.labels,
        random_state=STATE,
    )
    fitted = clone(model).fit(book.rows[train], book.labels[train])
    scores = fitted.predict_proba(book.rows[test])[:, 1]
    found = measures(book.labels[test], scores, scores)
    matrix = found.confusion
    seen = confusion(book.labels[train], fitted.predict_proba(book.rows[train])[:, 1], 0.5)
    folds = _fold_accuracies(model, book)
    return {
        "part": part,
        "model": name,
        "auc": found.auc,
        "auc_low": found.auc_low,
        "auc_high": found.auc_high,
        "ks": found.ks,
        "gini": found.gini,
        "brier": found.brier,
        "accuracy": matrix.accuracy,
        "precision": matrix.precision,
        "recall": matrix.recall,
        "f1": matrix.f1,
        "folds": folds,
        "confusion": _matrix(matrix.tn, matrix.fp, matrix.fn, matrix.tp),
        "cv_mean": float(np.mean(folds)),
        "cv_sd": float(np.std(folds, ddof=1)),
        "train_test_gap": seen.accuracy - matrix.accuracy,
        "class_counts": {
            "good": int((book.labels == 0).sum()),
            "bad": int((book.labels == 1).sum()),
        },
        "importances": _importances(fitted),
    }


def _fold_accuracies(model: ClassifierMixin, book: Book) -> list[float]:
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=STATE)
    found = []
    for train, test in folds.split(book.rows, book.labels):
        fitted = clone(model).fit(book.rows[train], book.labels[train])
        scores = fitted.predict_proba(book.rows[test])[:, 1]
        found.append(confusion(book.labels[test], scores, 0.5).accuracy)
    return found


def _importances(fitted: ClassifierMixin) -> list[dict[str, Any]]:
    """Return the ten largest: impurity for a forest, size of the coefficient otherwise."""
    last = fitted[-1] if hasattr(fitted, "steps") else fitted
    if hasattr(last, "feature_importances_"):
        weights = np.asarray(last.feature_importances_)
    else:
        weights = np.abs(last.coef_[0])
    order = np.argsort(-weights, kind="stable")[:10]
    return [{"feature": FEATURE_NAMES[at], "importance": float(weights[at])} for at in order]


def _matrix(tn: int, fp: int, fn: int, tp: int) -> dict[str, int]:
    return {"tn": tn, "fp": fp, "fn": fn, "tp": tp}
