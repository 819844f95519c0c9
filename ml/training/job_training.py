"""A training or comparison job as files: reads the job folder, answers plain data.

Keeps `app/cli/compute_jobs.py` free of array handling. The training job opens nothing but the files
of its own folder, so no true probability can reach it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from ml.training.compare_protocols import Book, HonestBook, honest_comparison, readme_comparison
from ml.training.fit_forest import CHOICES, ForestShape
from ml.training.model_card import ModelName
from ml.training.train_model import TrainingPlan, TrainingTable, train_model


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
    shape = ForestShape(
        random_state=int(job["random_state"]),
        folds=int(job["folds"]),
        choices=tuple(job.get("choices", CHOICES)),
    )
    plan = TrainingPlan(
        name=ModelName(
            str(job["model_id"]),
            str(job["label"]),
            str(job["valid_for"]),
            str(job["income_base"]),
        ),
        shape=shape,
        test_share=float(job["test_share"]),
        min_bads=int(job["min_bads"]),
        golden_rows=int(job["golden_rows"]),
    )
    result = train_model(table, plan, folder / "model")
    return {
        "model_id": result.model_id,
        "candidates": list(result.candidates),
        "warnings": list(result.warnings),
        "check": asdict(result.check),
    }


def compare_job(job: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Compare by the protocol the job names and return the figures."""
    with np.load(folder / "table.npz", allow_pickle=False) as stored:
        parts = {name: stored[name] for name in stored.files}
    if job["protocol"] == "honest":
        return honest_comparison(HonestBook(**parts))
    original = Book(parts["original_rows"], parts["original_labels"], np.zeros(0))
    rule = Book(parts["rule_rows"], parts["rule_labels"], parts["rule_limits"])
    return readme_comparison(parts["rejected"], original, rule)
