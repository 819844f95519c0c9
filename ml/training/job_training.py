"""A training job as files: reads the job folder, answers plain data.

Keeps `app/cli/compute_jobs.py` free of array handling. The training job opens job.json and
table.npz of its own folder and nothing else, and never imports the oracle's reader: no true
probability can reach it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from ml.training.fit_boosting import BoostingShape
from ml.training.fit_forest import CHOICES, ForestShape
from ml.training.model_card import ModelName
from ml.training.train_model import TrainingLimits, TrainingPlan, TrainingTable, train_model


def train_job(job: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Train from table.npz, write model/ and return the result.

    Raises:
        TooFewLabelsError: not enough matured loans.
        ExportDiffersError: the copy does not answer like the original.
    """
    with np.load(folder / "table.npz", allow_pickle=False) as stored:
        table = TrainingTable(
            rows=stored["rows"],
            labels=stored["labels"].astype(np.int64),
            customers=stored["customers"].astype(np.int64),
            months=stored["months"].astype(np.int64),
            synthetic=bool(job["synthetic"]),
        )
    result = train_model(table, _plan(job), folder / "model")
    return {
        "model_id": result.model_id,
        "candidates": list(result.candidates),
        "warnings": list(result.warnings),
        "check": asdict(result.check),
    }


def _plan(job: Mapping[str, Any]) -> TrainingPlan:
    """Return the settings that job.json holds."""
    state, folds, limits = int(job["random_state"]), int(job["folds"]), job["limits"]
    low, high = limits["cut_offs"]
    return TrainingPlan(
        name=ModelName(
            str(job["model_id"]),
            str(job["label"]),
            str(job["valid_for"]),
            str(job["income_base"]),
        ),
        shape=ForestShape(
            random_state=state, folds=folds, choices=tuple(job.get("choices", CHOICES))
        ),
        test_share=float(job["test_share"]),
        limits=TrainingLimits(**{**limits, "cut_offs": (low, high)}),
        boosting=BoostingShape(random_state=state, folds=folds),
        golden_rows=int(job["golden_rows"]),
    )
