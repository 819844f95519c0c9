"""Benchmarks of the model: loading, scoring, explaining, a fresh process.

The references are scikit-learn and shap on the champion's own trees (`champion_in_scikit_learn`),
on rows of the kind it was trained for; each note says how far the two answers lie apart.
"""

import functools
import json
import statistics
import subprocess
import sys
import time
from datetime import date
from typing import Any

import numpy as np
from bench import ROOT, Measured, interleaved, milliseconds
from champion_in_scikit_learn import forest_of

MODELS = ROOT / "resources" / "models"
PROBE = ROOT / "build" / "probe_first_score.py"
DAY = date(2026, 9, 30)
MANY_ROWS = 10_000


@functools.cache
def champion() -> Any:  # noqa: ANN401 - ml is imported only when its benchmark is asked for
    """The bundled model, verified."""
    from ml.runtime.model_file import load_model, read_keys

    return load_model(MODELS / "champion", read_keys(MODELS / "keys.json", DAY))


def golden_rows() -> Any:  # noqa: ANN401 - a numpy array
    """Plausible rows: the champion's own golden ones."""
    with np.load(MODELS / "champion" / "golden.npz", allow_pickle=False) as arrays:
        return arrays["rows"]


def many_rows() -> Any:  # noqa: ANN401 - a numpy array
    """10,000 rows of applicants, float32 edges among them.

    Each column is drawn on its own from the golden rows and moved a little, so that rows repeat
    neither as wholes nor on their paths through the trees.
    """
    drawn, golden = np.random.default_rng(42), golden_rows()
    columns = [drawn.choice(golden[:, at], MANY_ROWS) for at in range(golden.shape[1])]
    rows = np.stack(columns, axis=1)
    whole = np.all(golden == np.round(golden), axis=0) & (np.ptp(golden, axis=0) < 5)  # noqa: PLR2004 - flags and categories stay
    return np.where(whole, rows, rows * drawn.uniform(0.97, 1.03, rows.shape))


@functools.cache
def in_scikit_learn(model: Any) -> Any:  # noqa: ANN401 - as above
    """The model's trees as a scikit-learn forest that knows the names of the columns."""
    return forest_of(model._arrays, frame_of(golden_rows()), model.probabilities(golden_rows()))  # noqa: SLF001 - a bench looks inside


def frame_of(rows: Any) -> Any:  # noqa: ANN401 - numpy and pandas
    """Rows as a DataFrame with the names of the features."""
    import pandas as pd

    from ml.features import FEATURE_NAMES

    return pd.DataFrame(rows, columns=list(FEATURE_NAMES))


def one_row_frame() -> Any:  # noqa: ANN401 - a pandas frame
    """One applicant as a DataFrame."""
    return frame_of(golden_rows()[:1])


@functools.cache
def shap_explainer() -> Any:  # noqa: ANN401 - an explainer of shap
    """The explainer of shap for the same trees."""
    import shap

    return shap.TreeExplainer(in_scikit_learn(champion()))


def model_load(runs: int) -> Measured:
    """Read, verify and check the bundled champion."""
    from ml.runtime.model_file import load_model, read_keys

    keys, processor = read_keys(MODELS / "keys.json", DAY), []

    def load() -> None:
        started = time.thread_time()
        load_model(MODELS / "champion", keys)
        processor.append((time.thread_time() - started) * 1000.0)

    ours, _ = interleaved(lambda: milliseconds(load), None, max(runs, 30))
    busy = f"of it {statistics.median(processor):.1f} ms at work, the rest waiting for a processor"
    return Measured(ours, [], "ms", f"signature and golden vectors included; {busy}")


def score_one_row(runs: int) -> Measured:
    """One probability."""
    model, forest, frame = champion(), in_scikit_learn(champion()), one_row_frame()
    row = tuple(golden_rows()[0].tolist())
    many = many_rows()
    apart = np.abs(model.probabilities(many) - forest.predict_proba(frame_of(many))[:, 1]).max()
    ours, reference = interleaved(
        lambda: milliseconds(lambda: model.probability(row)),
        lambda: milliseconds(lambda: forest.predict_proba(frame)),
        max(runs, 40),
    )
    note = f"champion; reference: predict_proba of a one-row frame; {apart:.0e} apart on 10,000"
    return Measured(ours, reference, "ms", note)


def shap_one_row(runs: int) -> Measured:
    """The probability and 28 contributions of one row."""
    model, explainer, rows = champion(), shap_explainer(), golden_rows()[:1]
    row = tuple(rows[0].tolist())
    ours, reference = interleaved(
        lambda: milliseconds(lambda: model.explain(row)),
        lambda: milliseconds(lambda: explainer.shap_values(rows)),
        max(runs, 40),
    )
    return Measured(ours, reference, "ms", "champion; reference: shap.TreeExplainer, same trees")


def explain_many(runs: int) -> Measured:
    """The contributions of 10,000 rows."""
    model, explainer, rows = champion(), shap_explainer(), many_rows()
    answers: dict[str, Any] = {}

    def ours_of() -> None:
        answers["ours"] = model.explain_many(rows)

    def theirs_of() -> None:
        answers["theirs"] = explainer.shap_values(rows, check_additivity=False)[..., 1]

    ours, reference = interleaved(
        lambda: milliseconds(ours_of), lambda: milliseconds(theirs_of), runs
    )
    found = np.array([each.contributions for each in answers["ours"]])
    apart = np.abs(found - answers["theirs"]).max()
    note = f"{MANY_ROWS} rows; reference: shap.TreeExplainer, same trees; {apart:.0e} apart"
    return Measured(ours, reference, "ms", note)


def _fresh(figure: str, *words: str) -> float:
    command = [sys.executable, str(PROBE), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout.splitlines()[-1])[figure])


def _fresh_processes(figure: str, unit: str, runs: int) -> Measured:
    import tempfile
    from pathlib import Path

    import joblib

    with tempfile.TemporaryDirectory(prefix="kv-bench-") as folder:
        stored = Path(folder) / "forest.joblib"
        joblib.dump((in_scikit_learn(champion()), one_row_frame()), stored)
        ours, reference = interleaved(
            lambda: _fresh(figure), lambda: _fresh(figure, str(stored)), runs
        )
    note = "import, verify, score and explain one row; reference: scikit-learn and shap from joblib"
    return Measured(ours, reference, unit, note)


def first_score(runs: int) -> Measured:
    """From the start of a process to its first explained score."""
    return _fresh_processes("ms", "ms", runs)


def first_score_memory(runs: int) -> Measured:
    """Resident memory at the first explained score."""
    return _fresh_processes("mb", "MB", runs)
