"""From a labelled table to an unsigned model folder, with the figures that tell what it is worth.

Source: machine-learning.md sections 2, 5 and 11. The test rows are later in time and of other
customers; they choose nothing. The forest that is exported is the one that was measured: it is
fitted on the training months only.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ml.features import FEATURE_COUNT, SIGNS
from ml.runtime.conformal_band import ConformalBand
from ml.runtime.forest import Array, Forest, ForestArrays
from ml.runtime.probability_table import ProbabilityTable
from ml.runtime.tree_paths import paths_of
from ml.training.calibration_deciles import calibration_deciles
from ml.training.evaluation import Labels, measures
from ml.training.export_model import ExportCheck, check_export, forest_arrays, write_model
from ml.training.fit_calibration import conformal_band, probability_table
from ml.training.fit_forest import FittedForest, ForestShape, bad_share, fit_forest
from ml.training.model_card import (
    LABEL_TEXT,
    SYNTHETIC_NOTE,
    ModelName,
    data_sha256,
    filled,
    fills_of,
    model_document,
    versions,
)
from ml.training.splits import TimeSplit, groups_of, split_by_time

CARD_LEVELS: Final = (0.1, 0.2, 0.3)


class TooFewLabelsError(Exception):
    """There are too few labelled loans of a class to train and test on."""


@dataclass(frozen=True, slots=True, eq=False)
class TrainingTable:
    """Labelled loans only.

    Attributes:
        rows: shape (n, 28); NaN = unknown bureau score.
        labels: 1 bad, 0 good.
        customers: number of the borrower, one a row.
        months: disbursal month, as year * 12 + month - 1.
        synthetic: the outcomes were drawn, not observed.
    """

    rows: Array
    labels: Labels
    customers: NDArray[np.int64]
    months: NDArray[np.int64]
    synthetic: bool


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """The settings of one training run; limits are rule rows.

    Attributes:
        name: identity of the new model.
        shape: forest settings.
        test_share: share of the disbursal months that tests.
        min_bads: calibration bads below which the conformal band is off.
        golden_rows: rows stored with their answers.
        checked_rows: rows compared with scikit-learn.
        explained_rows: rows compared with shap.
    """

    name: ModelName
    shape: ForestShape
    test_share: float
    min_bads: int
    golden_rows: int = 256
    checked_rows: int = 10_000
    explained_rows: int = 500


@dataclass(frozen=True, slots=True, eq=False)
class TrainingResult:
    """What was trained, as the verb answers it."""

    model_id: str
    candidates: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    check: ExportCheck


def train_model(table: TrainingTable, plan: TrainingPlan, folder: Path) -> TrainingResult:
    """Train, measure, export, prove and write; the folder is not signed.

    Raises:
        TooFewLabelsError: a class is too small on one side of the split.
        ExportDiffersError: the copy does not answer like the original.
    """
    groups = groups_of(table.customers, table.rows)
    split = split_by_time(table.months, groups, plan.test_share)
    _check_counts(table.labels, split, plan.shape.folds)
    fills = fills_of(table.rows[split.train])
    rows, labels = filled(table.rows, fills), table.labels
    fitted = fit_forest(rows[split.train], labels[split.train], groups[split.train], plan.shape)
    tables = (
        probability_table(fitted.cross_fitted, labels[split.train], synthetic=table.synthetic),
        conformal_band(fitted.cross_fitted, labels[split.train], plan.min_bads),
    )
    arrays = forest_arrays(fitted.forest)
    check = check_export(
        fitted.forest, arrays, float32_edges(arrays, rows, plan), plan.explained_rows
    )
    candidate = _candidate(fitted, tables[0], rows[split.test], labels[split.test])
    card = _card(table, split, (fitted, tables, check, candidate), plan)
    base = paths_of(arrays, FEATURE_COUNT).base
    name = replace(plan.name, trained_to=_day_before(split.first_test_month))
    document = model_document(name, table.rows[split.train], base, tables, card)
    picked = np.linspace(0, len(rows) - 1, min(plan.golden_rows, len(rows))).astype(int)
    write_model(folder, document, arrays, rows[picked])
    return TrainingResult(plan.name.model_id, (candidate,), _warnings(table, card), check)


def float32_edges(arrays: ForestArrays, rows: Array, plan: TrainingPlan) -> Array:
    """Return rows for the proof: real ones, half of them moved onto or next to a threshold."""
    rng = np.random.default_rng(plan.shape.random_state)
    picked = rows[rng.integers(len(rows), size=plan.checked_rows)].copy()
    inner = np.flatnonzero(arrays.feature >= 0)
    chosen = rng.choice(inner, size=plan.checked_rows)
    edges = arrays.threshold[chosen].astype(np.float64)
    nudged = edges * (1.0 + rng.choice([-4e-8, -1e-12, 0.0, 1e-12, 4e-8], size=len(edges)))
    moved = rng.random(len(edges)) < 0.5  # noqa: PLR2004  # every second row
    places = np.flatnonzero(moved)
    picked[places, arrays.feature[chosen[places]]] = nudged[places]
    return picked


def wrong_way_moves(arrays: ForestArrays, rows: Array, points: int = 40) -> int:
    """Return how often risk moves against a feature's sign along a sweep of its range."""
    forest, wrong = Forest(arrays), 0
    for column, sign in enumerate(SIGNS):
        if not sign:
            continue
        low, high = rows[:, column].min(), rows[:, column].max()
        swept = np.repeat(rows, points, axis=0)
        swept[:, column] = np.tile(np.linspace(low, high, points), len(rows))
        answers = forest.probabilities(swept).reshape(len(rows), points)
        wrong += int((sign * np.diff(answers, axis=1) < -1e-12).sum())  # noqa: PLR2004  # rounding of sums
    return wrong


def _day_before(month: int) -> str:
    """Return the last day before a month that is counted as year * 12 + month - 1."""
    return (date(month // 12, month % 12 + 1, 1) - timedelta(days=1)).isoformat()


def _check_counts(labels: Labels, split: TimeSplit, folds: int) -> None:
    for part, least in ((split.train, folds), (split.test, 1)):
        for value in (0, 1):
            if int((labels[part] == value).sum()) < least:
                message = "Too few matured loans of a class to train and test on"
                raise TooFewLabelsError(message)


def _candidate(
    fitted: FittedForest, table: ProbabilityTable, rows: Array, labels: Labels
) -> dict[str, Any]:
    """Return the figures of the forest on the later test rows, as the verb prints them."""
    index = bad_share(fitted.forest, rows)
    expected = np.array([table.rate(value) for value in index.tolist()])
    found = measures(labels, index, expected)
    matrix = found.confusion
    return {
        "model": f"random forest, max_features {fitted.max_features}",
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
        "folds": list(fitted.fold_aucs[str(fitted.max_features)]),
        "deciles": calibration_deciles(labels, index, expected),
    }


def _card(
    table: TrainingTable,
    split: TimeSplit,
    found: tuple[FittedForest, tuple[ProbabilityTable, ConformalBand], ExportCheck, dict[str, Any]],
    plan: TrainingPlan,
) -> dict[str, Any]:
    fitted, (_, band), check, candidate = found
    train = split.train
    return {
        "intended_use": "A second opinion for a person who decides on a branch loan.",
        "out_of_scope": "Automatic decisions; microfinance household loans; imported loans.",
        "notes": [SYNTHETIC_NOTE] if table.synthetic else [],
        "label_text": LABEL_TEXT,
        "synthetic": table.synthetic,
        "monotone_violations": wrong_way_moves(
            forest_arrays(fitted.forest), filled(table.rows[train][:60], fills_of(table.rows))
        ),
        "rows": {"train": int(train.sum()), "test": int(split.test.sum())},
        "bads": {
            "train": int(table.labels[train].sum()),
            "test": int(table.labels[split.test].sum()),
        },
        "first_test_month": f"{split.first_test_month // 12}-{split.first_test_month % 12 + 1:02d}",
        "data_sha256": data_sha256(table.rows[train], table.labels[train].astype(np.float64)),
        "default_only": candidate,
        "fold_aucs": {choice: list(aucs) for choice, aucs in fitted.fold_aucs.items()},
        "forest": {**asdict(plan.shape), "max_features": fitted.max_features},
        "conformal": _coverage(fitted.cross_fitted, table.labels[train], band),
        "export_check": asdict(check),
        "versions": versions(),
    }


def _coverage(index: Array, labels: Labels, band: ConformalBand) -> list[dict[str, float]]:
    """Return the share of borderline cases at some levels, on the cross-fitted predictions."""
    return [
        {
            "alpha": alpha,
            "borderline": float(
                np.mean([band.band(value, alpha) == "borderline" for value in index.tolist()])
            ),
            "bads": int(labels.sum()),
        }
        for alpha in CARD_LEVELS
    ]


def _warnings(table: TrainingTable, card: dict[str, Any]) -> tuple[str, ...]:
    warnings = [SYNTHETIC_NOTE] if table.synthetic else []
    if card["bads"]["test"] < 200:  # noqa: PLR2004  # machine-learning.md section 5
        warnings.append(f"Only {card['bads']['test']} bads in the test: the AUC interval is wide.")
    return tuple(warnings)
