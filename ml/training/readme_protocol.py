"""The README's own protocol, for comparison with the original only; never tuned to.

Source: machine-learning.md section 2. Part (a) repeats the original's label, rejected or defaulted:
its rejections are a fixed rule on the model's own inputs, which the bare-rule line and the
default-only figures show. Part (b) is the explicit rule with flips, whose limit is known. Each row
stands on an 80/20 stratified split and on 5-fold cross-validation.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.base import clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import StratifiedKFold, train_test_split
from threadpoolctl import threadpool_limits

from ml.features import FEATURE_NAMES
from ml.runtime.forest import Array
from ml.training.cross_fitting import bad_share
from ml.training.evaluation import Labels, area_under_curve, auc_interval, confusion, measures
from ml.training.readme_models import SEED_ROWS, STATE, readme_models
from ml.training.row_words import row_words

FOLDS: Final = 5
TEST_SHARE: Final = 0.2
CUT_OFF: Final = 0.5  # the original's; part of its protocol, not a rule of the desk


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """One drawn book as arrays.

    Attributes:
        part: "a" the original's label, "b" the explicit rule.
        rows: with gaps, shape (n, 28).
        labels: 1 bad, 0 good, as that part counts.
        limits: the generator's own probability of default, of every row.
        defaults: 1 where the loan defaults or would have.
        rejected: 1 where the policy rejected.
    """

    part: str
    rows: Array
    labels: Labels
    limits: Array
    defaults: Labels
    rejected: Labels


def readme_comparison(original: Book, rule: Book, models: int | None = None) -> dict[str, Any]:
    """Return both parts; `models` keeps only the first few models."""
    bare = confusion(original.labels, original.rejected.astype(np.float64), CUT_OFF)
    chosen = readme_models()[:models]
    with warnings.catch_warnings(), threadpool_limits(1):
        # The unscaled regression does not converge: that is what the row is there to show.
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = [_row(name, model, book) for book in (original, rule) for name, model in chosen]
        ours = [row | row_words(row) for row in found]
    return {
        "protocol": "readme",
        "heading": "comparison with the seed only",
        "limits": {
            "bayes_accuracy": float(np.maximum(rule.limits, 1 - rule.limits).mean()),
            "bayes_accuracy_here": _limit_accuracy(rule, np.arange(len(rule.labels))),
            "bayes_auc": area_under_curve(rule.labels, rule.limits),
            "default_only_auc": _limit_of_defaults(original),
        },
        "bare_rule": {
            "label": "no model, only: rejected means bad",
            "accuracy": bare.accuracy,
            "confusion": _matrix(bare.tn, bare.fp, bare.fn, bare.tp),
        },
        "rows": [*SEED_ROWS, *ours],
    }


def _row(name: str, model: Any, book: Book) -> dict[str, Any]:  # noqa: ANN401  # any classifier of scikit-learn
    """Return an 80/20 split and a 5-fold cross-validation of one model on one book."""
    train, test = train_test_split(
        np.arange(len(book.labels)),
        test_size=TEST_SHARE,
        stratify=book.labels,
        random_state=STATE,
    )
    fitted = clone(model).fit(book.rows[train], book.labels[train])
    scores = bad_share(fitted, book.rows[test])
    found = measures(book.labels[test], scores, scores, CUT_OFF)
    matrix = found.confusion
    seen = confusion(book.labels[train], bad_share(fitted, book.rows[train]), CUT_OFF)
    folds, unseen = _folds(model, book)
    return {
        "part": book.part,
        "model": name,
        "accuracy": matrix.accuracy,
        "precision": matrix.precision,
        "recall": matrix.recall,
        "f1": matrix.f1,
        "auc": found.auc,
        "auc_low": found.auc_low,
        "auc_high": found.auc_high,
        "ks": found.ks,
        "gini": found.gini,
        "brier": found.brier,
        "cv_measure": "accuracy",
        "cv_mean": float(np.mean(folds)),
        "cv_sd": float(np.std(folds, ddof=1)),
        "train_test_gap": seen.accuracy - matrix.accuracy,
        "limit_accuracy": _limit_accuracy(book, test),
        "confusion": _matrix(matrix.tn, matrix.fp, matrix.fn, matrix.tp),
        "class_counts": _counts(book.labels),
        "folds": folds,
        "importances": _importances(fitted, book.rows[test], book.labels[test]),
        **(_honest_part(book, unseen) if book.part == "a" else {}),
    }


def _counts(labels: Labels) -> dict[str, int]:
    bads = int(labels.sum())
    return {"good": len(labels) - bads, "bad": bads}


def _folds(model: Any, book: Book) -> tuple[list[float], Array]:  # noqa: ANN401  # any classifier of scikit-learn
    """Return the accuracy of each fold and the answer for each row by a model without it."""
    unseen = np.zeros(len(book.labels))
    found = []
    dealt = StratifiedKFold(FOLDS, shuffle=True, random_state=STATE)
    for train, test in dealt.split(book.rows, book.labels):
        fitted = clone(model).fit(book.rows[train], book.labels[train])
        unseen[test] = bad_share(fitted, book.rows[test])
        found.append(confusion(book.labels[test], unseen[test], CUT_OFF).accuracy)
    return found, unseen


def _honest_part(book: Book, unseen: Array) -> dict[str, Any]:
    """Return what the original's label hides: defaults among disbursed loans, and imitation."""
    lent = book.rejected == 0
    defaults, answers = book.defaults[lent], unseen[lent]
    auc, bads = area_under_curve(defaults, answers), int(defaults.sum())
    low, high = (None, None) if auc is None else auc_interval(auc, bads, len(defaults) - bads)
    return {
        "default_only": {
            "auc": auc,
            "auc_low": low,
            "auc_high": high,
            "limit_auc": _limit_of_defaults(book),
            "rows": len(defaults),
            "bads": bads,
            "recall": confusion(defaults, answers, CUT_OFF).recall,
        },
        "imitates_policy": {
            "equal_verdicts": float(np.mean((unseen >= CUT_OFF) == (book.rejected == 1))),
            "auc": area_under_curve(book.rejected, unseen),
        },
    }


def _limit_of_defaults(book: Book) -> float | None:
    lent = book.rejected == 0
    return area_under_curve(book.defaults[lent], book.limits[lent])


def _limit_accuracy(book: Book, chosen: Any) -> float | None:  # noqa: ANN401  # an index array
    """Return what the generator's own probabilities would get on these rows; part b only."""
    if book.part == "a":
        return None
    return confusion(book.labels[chosen], book.limits[chosen], CUT_OFF).accuracy


def _importances(fitted: Any, rows: Array, labels: Labels) -> list[dict[str, Any]]:  # noqa: ANN401  # any classifier of scikit-learn
    """Return the ten largest: impurity for a forest, size of the coefficient for a regression.

    Boosting has neither: there it is the AUC lost when the column is shuffled.
    """
    last = fitted[-1]
    if hasattr(last, "feature_importances_"):
        weights = np.asarray(last.feature_importances_)
    elif hasattr(last, "coef_"):
        weights = np.abs(last.coef_[0])
    else:
        weights = shuffled_loss(fitted, rows, labels)
    return top_ten(weights)


def shuffled_loss(fitted: Any, rows: Array, labels: Labels) -> Array:  # noqa: ANN401  # any classifier of scikit-learn
    """Return how much AUC each column is worth: lost when its values are shuffled."""
    rng = np.random.default_rng(STATE)
    whole = area_under_curve(labels, bad_share(fitted, rows)) or 0.5
    lost = []
    for at in range(rows.shape[1]):
        mixed = rows.copy()
        mixed[:, at] = rng.permutation(mixed[:, at])
        lost.append(whole - (area_under_curve(labels, bad_share(fitted, mixed)) or 0.5))
    return np.array(lost)


def top_ten(weights: Array) -> list[dict[str, Any]]:
    """Return the ten largest weights with the names of their inputs."""
    order = np.argsort(-weights, kind="stable")[:10]
    return [{"feature": FEATURE_NAMES[at], "importance": float(weights[at])} for at in order]


def replay_of(answers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return mean and standard deviation over several draws, a line a part and model."""
    lines: list[dict[str, Any]] = []
    bare = [answer["bare_rule"]["accuracy"] for answer in answers]
    lines.append({"part": "a", "model": "no model, only: rejected means bad", **_spread(bare)})
    drawn = [answer["rows"][len(SEED_ROWS) :] for answer in answers]
    for same in zip(*drawn, strict=True):
        line = {"part": same[0]["part"], "model": same[0]["model"]}
        for figure in ("accuracy", "precision", "recall", "f1", "auc", "cv_mean", "train_test_gap"):
            line |= _spread([row[figure] for row in same], figure)
        if same[0]["part"] == "a":
            for figure in ("auc", "limit_auc", "recall"):
                told = [row["default_only"][figure] for row in same]
                line |= _spread(told, f"default_only_{figure}")
            told = [row["imitates_policy"]["equal_verdicts"] for row in same]
            line |= _spread(told, "equal_verdicts")
        else:
            line |= _spread([row["limit_accuracy"] for row in same], "limit_accuracy")
        lines.append(line)
    return lines


def _spread(values: Sequence[float | None], name: str = "accuracy") -> dict[str, float]:
    known = [value for value in values if value is not None]
    return {name: float(np.mean(known)), f"{name}_sd": float(np.std(known, ddof=1))}


def _matrix(tn: int, fp: int, fn: int, tp: int) -> dict[str, int]:
    return {"tn": tn, "fp": fp, "fn": fn, "tp": tp}
