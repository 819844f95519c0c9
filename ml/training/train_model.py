"""From a labelled table to an unsigned model folder, with the figures that tell what it is worth.

Source: machine-learning.md sections 2, 5 and 11. The test rows are later in time and of other
customers; they choose nothing. The forest that is exported is the one that was measured: it is
fitted on the training months only.
"""

from dataclasses import asdict, dataclass, field, replace
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
from ml.training.candidate_figures import candidate_figures
from ml.training.cross_fitting import bad_share
from ml.training.evaluation import Labels
from ml.training.export_model import ExportCheck, check_export, forest_arrays, write_model
from ml.training.fit_boosting import BoostingShape, FittedBoosting, fit_boosting
from ml.training.fit_calibration import conformal_band, probability_table
from ml.training.fit_forest import FittedForest, ForestShape, fit_forest
from ml.training.leak_checks import LeakLimits
from ml.training.model_card import (
    SYNTHETIC_NOTE,
    ModelName,
    filled,
    fills_of,
    model_document,
)
from ml.training.splits import TimeSplit, groups_of, split_by_time
from ml.training.train_card import TrainingFacts, training_card

SWEPT_ROWS: Final = 60  # rows whose sweeps the card counts


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
class TrainingLimits:
    """Limits of the rule rows.

    Attributes:
        min_bads: calibration bads below which the conformal band is off.
        step_rows: smallest step of the calibrated table.
        cut_offs: index from which risk is Medium and High.
        coverage_errors: standard errors that a class's coverage may fall below its level.
        leak_alone: AUC of one column alone above which it is suspected.
        leak_adds: AUC that a column may add to the others.
    """

    min_bads: int
    step_rows: int
    cut_offs: tuple[float, float]
    coverage_errors: int
    leak_alone: float
    leak_adds: float


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """The settings of one training run.

    Attributes:
        name: identity of the new model.
        shape: forest settings.
        test_share: share of the disbursal months that tests.
        limits: of the rule rows.
        boosting: settings of the challenger beside it.
        golden_rows: rows stored with their answers.
        checked_rows: rows compared with scikit-learn.
        explained_rows: rows compared with shap.
    """

    name: ModelName
    shape: ForestShape
    test_share: float
    limits: TrainingLimits
    boosting: BoostingShape = field(default_factory=BoostingShape)
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


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """Everything fitted in one run; `rows` are filled."""

    rows: Array
    groups: NDArray[np.int64]
    split: TimeSplit
    forest: FittedForest
    boosting: FittedBoosting
    arrays: ForestArrays
    table: ProbabilityTable
    band: ConformalBand


def train_model(table: TrainingTable, plan: TrainingPlan, folder: Path) -> TrainingResult:
    """Train, measure, export, prove and write; the folder is not signed.

    Raises:
        TooFewLabelsError: a class is too small on one side of the split.
        ExportDiffersError: the copy does not answer like the original.
    """
    fit = _fit(table, plan)
    rows, train = fit.rows, fit.split.train
    check = check_export(
        fit.forest.forest, fit.arrays, float32_edges(fit.arrays, rows, plan), plan.explained_rows
    )
    facts = _facts(table, fit, check, plan)
    limits = plan.limits
    leaks = LeakLimits(limits.leak_alone, limits.leak_adds, limits.min_bads)
    card = training_card(facts, asdict(plan.shape), limits.coverage_errors, leaks)
    base = paths_of(fit.arrays, FEATURE_COUNT).base
    name = replace(plan.name, trained_to=_day_before(fit.split.first_test_month))
    document = model_document(name, table.rows[train], base, (fit.table, fit.band), card)
    picked = np.linspace(0, len(rows) - 1, min(plan.golden_rows, len(rows))).astype(int)
    write_model(folder, document, fit.arrays, rows[picked])
    return TrainingResult(
        plan.name.model_id, facts.candidates, _warnings(facts, card, limits), check
    )


def _fit(table: TrainingTable, plan: TrainingPlan) -> _Fit:
    """Fit forest, challenger, calibration and band on the training months."""
    groups = groups_of(table.customers, table.rows)
    split = split_by_time(table.months, groups, plan.test_share)
    _check_counts(table.labels, split, plan.shape.folds)
    rows, train = filled(table.rows, fills_of(table.rows[split.train])), split.train
    labels, limits = table.labels[train], plan.limits
    forest = fit_forest(rows[train], labels, groups[train], plan.shape)
    index = forest.cross_fitted
    return _Fit(
        rows=rows,
        groups=groups,
        split=split,
        forest=forest,
        boosting=fit_boosting(rows[train], labels, groups[train], plan.boosting),
        arrays=forest_arrays(forest.forest),
        table=probability_table(
            index, labels, synthetic=table.synthetic, min_rows=limits.step_rows
        ),
        band=conformal_band(index, labels, limits.min_bads),
    )


def _facts(
    table: TrainingTable, fit: _Fit, check: ExportCheck, plan: TrainingPlan
) -> TrainingFacts:
    """Return what the card tells, measured on the later months."""
    test = fit.split.test
    tested = (fit.rows[test], table.labels[test])
    return TrainingFacts(
        rows=table.rows,
        labels=table.labels,
        groups=fit.groups,
        split=fit.split,
        fitted=fit.forest,
        boosting=fit.boosting,
        band=fit.band,
        check=check,
        test_index=bad_share(fit.forest.forest, tested[0]),
        monotone_violations=wrong_way_moves(fit.arrays, fit.rows[fit.split.train][:SWEPT_ROWS]),
        synthetic=table.synthetic,
        candidates=(
            _forest_figures(fit.forest, fit.table, tested, plan),
            _boosting_figures(fit.boosting, table.labels[fit.split.train], tested, plan),
        ),
    )


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


def _forest_figures(
    fitted: FittedForest,
    table: ProbabilityTable,
    tested: tuple[Array, Labels],
    plan: TrainingPlan,
) -> dict[str, Any]:
    """Return the figures of the forest on the later test rows, as the verb prints them."""
    index = bad_share(fitted.forest, tested[0])
    return candidate_figures(
        f"random forest, max_features {fitted.max_features}",
        (tested[1], index, table.rates_of(index)),
        fitted.fold_aucs[str(fitted.max_features)],
        plan.limits.cut_offs,
    )


def _boosting_figures(
    boosting: FittedBoosting, seen: Labels, tested: tuple[Array, Labels], plan: TrainingPlan
) -> dict[str, Any]:
    """Return the challenger's figures beside it, calibrated in the same way."""
    table = probability_table(
        boosting.cross_fitted, seen, synthetic=True, min_rows=plan.limits.step_rows
    )
    index = bad_share(boosting.model, tested[0])
    return candidate_figures(
        f"histogram boosting, monotone, leaves of {boosting.min_leaf} rows or more",
        (tested[1], index, table.rates_of(index)),
        boosting.fold_aucs,
        plan.limits.cut_offs,
    )


def _warnings(
    facts: TrainingFacts, card: dict[str, Any], limits: TrainingLimits
) -> tuple[str, ...]:
    warnings = [SYNTHETIC_NOTE] if facts.synthetic else []
    if card["bads"]["test"] < limits.min_bads:
        warnings.append(f"Only {card['bads']['test']} bads in the test: the AUC interval is wide.")
    if not facts.band.enough:
        warnings.append(
            f"Only {facts.band.bads} bads in calibration, fewer than {limits.min_bads}: "
            "the borderline band is off."
        )
    return (*warnings, *(sign["text"] for sign in card["leaks"]))
