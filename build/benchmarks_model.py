"""Benchmarks of the model: loading, scoring, explaining.

The references are scikit-learn and shap on the very same forest, fitted here with the shape of the
champion on drawn numbers.
"""

import functools
from datetime import date
from typing import Any

import numpy as np
from bench import ROOT, Measured, interleaved, milliseconds

MODELS = ROOT / "resources" / "models"
DAY = date(2026, 9, 30)
COLUMNS, FITTED_ROWS, MANY_ROWS = 28, 4_000, 10_000


@functools.cache
def champion() -> Any:  # noqa: ANN401 - ml is imported only when its benchmark is asked for
    """The bundled model, verified."""
    from ml.runtime.model_file import load_model, read_keys

    return load_model(MODELS / "champion", read_keys(MODELS / "keys.json", DAY))


@functools.cache
def fitted() -> tuple[Any, Any, Any]:
    """A scikit-learn forest of the champion's shape, our export of it, and rows to score."""
    from ml.runtime.forest import Forest
    from ml.training.export_model import forest_arrays
    from ml.training.fit_forest import ForestShape, new_forest

    drawn = np.random.default_rng(42)
    rows = drawn.normal(size=(max(FITTED_ROWS, MANY_ROWS), COLUMNS)).astype(np.float32)
    rows = rows.astype(np.float64)
    leaning = rows[:FITTED_ROWS, :6].sum(axis=1) + drawn.normal(size=FITTED_ROWS)
    shape = ForestShape()
    forest = new_forest(shape, "sqrt").fit(rows[:FITTED_ROWS], (leaning > 2.0).astype(int))  # noqa: PLR2004 - about one in five is bad
    forest.set_params(n_jobs=1)
    return forest, Forest(forest_arrays(forest)), rows


@functools.cache
def explainers() -> tuple[Any, Any, Any]:
    """Our explainer and shap's for that forest, with the rows."""
    import shap

    from ml.runtime.tree_paths import paths_of
    from ml.runtime.tree_shap import TreeShap

    forest, exported, rows = fitted()
    ours = TreeShap(paths_of(exported.arrays, COLUMNS), COLUMNS)
    return ours, shap.TreeExplainer(forest), rows


def model_load(runs: int) -> Measured:
    """Read, verify and check the bundled champion."""
    from ml.runtime.model_file import load_model, read_keys

    keys = read_keys(MODELS / "keys.json", DAY)
    ours, _ = interleaved(
        lambda: milliseconds(lambda: load_model(MODELS / "champion", keys)), None, runs
    )
    return Measured(ours, [], "ms", "the bundled champion, signature and golden vectors included")


def score_one_row(runs: int) -> Measured:
    """One probability."""
    forest, exported, rows = fitted()
    row = tuple(rows[0].tolist())
    ours, reference = interleaved(
        lambda: milliseconds(lambda: exported.probability(row)),
        lambda: milliseconds(lambda: forest.predict_proba(rows[:1])),
        max(runs, 30),
    )
    return Measured(ours, reference, "ms", "100 trees, depth 10; reference: predict_proba")


def shap_one_row(runs: int) -> Measured:
    """The 28 contributions of one row."""
    ours_of, theirs_of, rows = explainers()
    ours, reference = interleaved(
        lambda: milliseconds(lambda: ours_of.contributions_of_many(rows[:1])),
        lambda: milliseconds(lambda: theirs_of.shap_values(rows[:1])),
        max(runs, 15),
    )
    return Measured(ours, reference, "ms", "100 trees, depth 10; reference: shap.TreeExplainer")


def explain_many(runs: int) -> Measured:
    """The contributions of 10,000 rows."""
    ours_of, theirs_of, rows = explainers()
    many = rows[:MANY_ROWS]
    ours, reference = interleaved(
        lambda: milliseconds(lambda: ours_of.contributions_of_many(many)),
        lambda: milliseconds(lambda: theirs_of.shap_values(many)),
        runs,
    )
    return Measured(ours, reference, "ms", f"{MANY_ROWS} rows; reference: shap.TreeExplainer")


def golden_rows() -> Any:  # noqa: ANN401 - a numpy array
    """Plausible rows: the champion's own golden ones."""
    with np.load(MODELS / "champion" / "golden.npz", allow_pickle=False) as arrays:
        return arrays["rows"]
