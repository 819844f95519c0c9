"""The honest comparison, in the order of machine-learning.md section 2.

1. Gap to the limit of the generator, whose true probabilities are sealed until here.
2. Default-only AUC on disbursed loans that are later than the model's training.
3. Agreement with the policy that rejected, called what it is.
The model itself was scored by the desk's own runtime before the job; the challenger is fitted here
on the standard training draw, which the table holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ml.runtime.forest import Array
from ml.training.cross_fitting import bad_share
from ml.training.evaluation import Labels, area_under_curve, confusion, measures
from ml.training.fit_boosting import BoostingShape, FittedBoosting, fit_boosting
from ml.training.fit_calibration import probability_table
from ml.training.model_card import data_sha256, filled, fills_of
from ml.training.readme_protocol import shuffled_loss, top_ten
from ml.training.row_words import row_words
from ml.training.splits import groups_of, split_by_time

SHUFFLED_ROWS: Final = 4_000
LIKELIER_BAD: Final = 0.5  # a probability from which bad is the likelier outcome


@dataclass(frozen=True, slots=True, eq=False)
class FreshBook:
    """A book the model has not seen; all arrays run over its decided applications.

    Attributes:
        rows: with gaps, shape (n, 28).
        approved: 1 where money went out.
        months: disbursal month, as year * 12 + month - 1.
        true_probabilities: the generator's.
        defaults: 1 where the loan defaults or would have.
    """

    rows: Array
    approved: Labels
    months: NDArray[np.int64]
    true_probabilities: Array
    defaults: Labels


@dataclass(frozen=True, slots=True, eq=False)
class TrainingDraw:
    """The standard training table; arrays as `TrainingTable`, and the model's answers on it."""

    rows: Array
    labels: Labels
    customers: NDArray[np.int64]
    months: NDArray[np.int64]
    index: Array


@dataclass(frozen=True, slots=True, eq=False)
class ScoredModel:
    """The model that is judged.

    Attributes:
        name: e.g. RF-2026.11.
        index: answers on the fresh book, shape (n,).
        expected: calibrated rates, likewise.
        weights: mean absolute contribution of each input, shape (28,).
        fold_aucs: of its own training, from its card.
        data_sha256: of its own training rows, from its card.
        first_test_month: first month that it did not train on.
    """

    name: str
    index: Array
    expected: Array
    weights: Array
    fold_aucs: Sequence[float]
    data_sha256: str
    first_test_month: int


@dataclass(frozen=True, slots=True)
class HonestSettings:
    """Rule rows: cut-offs of Medium and High, share of test months, smallest step, folds, state."""

    cut_offs: tuple[float, float]
    test_share: float
    step_rows: int
    folds: int
    random_state: int


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """One model's answers on the disbursed loans of the fresh book, and what it knew before."""

    name: str
    index: Array
    expected: Array
    fold_aucs: Sequence[float]
    seen_auc: float | None
    importances: list[dict[str, Any]]


def honest_comparison(
    book: FreshBook, training: TrainingDraw, model: ScoredModel, settings: HonestSettings
) -> dict[str, Any]:
    """Return all figures; `rows` carry the fields of the contract."""
    lent = book.approved == 1
    labels, true = book.defaults[lent], book.true_probabilities[lent]
    groups = groups_of(training.customers, training.rows)
    train = split_by_time(training.months, groups, settings.test_share).train
    judged = (
        _model(training, train, model, lent),
        _challenger(book, (training, groups, train), lent, settings),
    )
    rows = [_row(each, labels, settings.cut_offs) for each in judged]
    later = (book.months[lent] >= model.first_test_month) & lent[lent]
    return {
        "protocol": "honest",
        "heading": "1. Gap to the limit. 2. Later loans only. 3. Agreement with policy.",
        "gap_to_limit": _gap(judged[0], labels, true),
        "challenger_gap_to_limit": _gap(judged[1], labels, true),
        "default_only": _default_only(judged[0], labels, later, settings.cut_offs),
        "imitates_policy": _imitation(book, model.index, settings.cut_offs[-1]),
        "limits": _limits(labels, true),
        "bare_rule": _imitation(book, model.index, settings.cut_offs[-1]),
        "rows": [
            *(row | row_words(row) for row in rows),
            {"model": "limit of the generator", **_limit_row(labels, true)},
        ],
    }


def _model(
    training: TrainingDraw,
    train: NDArray[np.bool_],
    model: ScoredModel,
    lent: NDArray[np.bool_],
) -> _Judged:
    """Return the judged model; what it scores on its own rows is told only if these are its own."""
    own = data_sha256(training.rows[train], training.labels[train].astype(np.float64))
    seen = area_under_curve(training.labels[train], training.index[train])
    return _Judged(
        name=model.name,
        index=model.index[lent],
        expected=model.expected[lent],
        fold_aucs=model.fold_aucs,
        seen_auc=seen if own == model.data_sha256 else None,
        importances=top_ten(model.weights),
    )


def _challenger(
    book: FreshBook,
    source: tuple[TrainingDraw, NDArray[np.int64], NDArray[np.bool_]],
    lent: NDArray[np.bool_],
    settings: HonestSettings,
) -> _Judged:
    """Fit the boosting on the training months and let it answer."""
    training, groups, train = source
    fills = fills_of(training.rows[train])
    rows, labels = filled(training.rows[train], fills), training.labels[train]
    shape = BoostingShape(random_state=settings.random_state, folds=settings.folds)
    fitted = fit_boosting(rows, labels, groups[train], shape)
    table = probability_table(
        fitted.cross_fitted, labels, synthetic=True, min_rows=settings.step_rows
    )
    fresh = filled(book.rows[lent], fills)
    index = bad_share(fitted.model, fresh)
    return _Judged(
        name=f"challenger: monotone boosting, leaves of {fitted.min_leaf} rows or more",
        index=index,
        expected=table.rates_of(index),
        fold_aucs=fitted.fold_aucs,
        seen_auc=area_under_curve(labels, bad_share(fitted.model, rows)),
        importances=_boosting_importances(fitted, fresh, book.defaults[lent]),
    )


def _boosting_importances(
    fitted: FittedBoosting, rows: Array, labels: Labels
) -> list[dict[str, Any]]:
    few = slice(0, SHUFFLED_ROWS)
    return top_ten(shuffled_loss(fitted.model, rows[few], labels[few]))


def _gap(judged: _Judged, labels: Labels, true: Array) -> dict[str, Any]:
    """Return figure 1: accuracy, AUC and Brier score against the limit, on the same loans."""
    ours = measures(labels, judged.index, judged.expected)
    limit = measures(labels, true, true)
    accuracy = confusion(labels, judged.expected, LIKELIER_BAD).accuracy
    best = confusion(labels, true, LIKELIER_BAD).accuracy
    return {
        "model": judged.name,
        "rows": ours.rows,
        "bads": ours.bads,
        "auc": ours.auc,
        "auc_gap": None if ours.auc is None or limit.auc is None else limit.auc - ours.auc,
        "brier": ours.brier,
        "brier_ratio": ours.brier / limit.brier,
        "accuracy": accuracy,
        "accuracy_gap": best - accuracy,
    }


def _default_only(
    judged: _Judged, labels: Labels, later: NDArray[np.bool_], cut_offs: Sequence[float]
) -> dict[str, Any]:
    """Return figure 2, on loans disbursed after the months that trained."""
    index, expected = judged.index[later], judged.expected[later]
    found = measures(labels[later], index, expected, cut_offs[-1])
    return {
        "auc": found.auc,
        "auc_low": found.auc_low,
        "auc_high": found.auc_high,
        "rows": found.rows,
        "bads": found.bads,
        "recall_at": {str(cut): confusion(labels[later], index, cut).recall for cut in cut_offs},
    }


def _imitation(book: FreshBook, index: Array, cut_off: float) -> dict[str, Any]:
    """Return figure 3: how far the model repeats the policy that rejected."""
    rejected = 1 - book.approved
    return {
        "label": "imitates policy",
        "equal_verdicts": float(np.mean((index >= cut_off) == (rejected == 1))),
        "auc": area_under_curve(rejected, index),
        "rows": len(rejected),
        "rejected": int(rejected.sum()),
    }


def _limits(labels: Labels, true: Array) -> dict[str, Any]:
    limit = measures(labels, true, true)
    return {
        "bayes_accuracy": float(np.maximum(true, 1 - true).mean()),
        "bayes_auc": limit.auc,
        "bayes_brier": limit.brier,
    }


def _row(judged: _Judged, labels: Labels, cut_offs: Sequence[float]) -> dict[str, Any]:
    found = measures(labels, judged.index, judged.expected, cut_offs[-1])
    matrix = found.confusion
    known = found.auc is not None and judged.seen_auc is not None
    return {
        "model": judged.name,
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
        "rows": found.rows,
        "bads": found.bads,
        "cv_measure": "auc",
        "cv_mean": float(np.mean(judged.fold_aucs)),
        "cv_sd": float(np.std(judged.fold_aucs, ddof=1)),
        "train_test_gap": judged.seen_auc - found.auc if known else None,  # type: ignore[operator]  # both are known
        "recall_at": {str(cut): confusion(labels, judged.index, cut).recall for cut in cut_offs},
        "confusion": {"tn": matrix.tn, "fp": matrix.fp, "fn": matrix.fn, "tp": matrix.tp},
        "class_counts": {"good": found.rows - found.bads, "bad": found.bads},
        "folds": list(judged.fold_aucs),
        "importances": judged.importances,
    }


def _limit_row(labels: Labels, true: Array) -> dict[str, Any]:
    limit = measures(labels, true, true)
    return {
        "auc": limit.auc,
        "auc_low": limit.auc_low,
        "auc_high": limit.auc_high,
        "ks": limit.ks,
        "gini": limit.gini,
        "brier": limit.brier,
        "accuracy": confusion(labels, true, LIKELIER_BAD).accuracy,
        "rows": limit.rows,
        "bads": limit.bads,
    }
