"""A comparison job as files: reads table, settings and the sealed oracle, answers plain figures.

The only job that opens the oracle (machine-learning.md section 4); it trains nothing that is kept.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.sample.oracle import open_oracle
from ml.training.honest_protocol import (
    FreshBook,
    HonestSettings,
    ScoredModel,
    TrainingDraw,
    honest_comparison,
)
from ml.training.readme_protocol import Book, readme_comparison, replay_of

Parts = Mapping[str, NDArray[Any]]


def compare_job(job: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Compare by the protocol the job names and return the figures."""
    with np.load(folder / "table.npz", allow_pickle=False) as stored:
        parts = {name: stored[name] for name in stored.files}
    truth = open_oracle(folder)
    if job["protocol"] == "honest":
        return _honest(job, parts, truth)
    answers = [
        readme_comparison(
            _book("a", state, parts, truth), _book("b", state, parts, truth), job.get("models")
        )
        for state in job["states"]
    ]
    replay = {"replay": replay_of(answers)} if len(answers) > 1 else {}
    return {**answers[0], "random_states": len(answers), **replay}


def _honest(job: Mapping[str, Any], parts: Parts, truth: Parts) -> dict[str, Any]:
    model, settings = job["model"], job["settings"]
    low, high = settings["cut_offs"]
    return honest_comparison(
        FreshBook(
            parts["rows"],
            parts["approved"],
            parts["months"],
            truth["true_probabilities"],
            truth["defaults"],
        ),
        TrainingDraw(
            parts["train_rows"],
            parts["train_labels"],
            parts["train_customers"],
            parts["train_months"],
            parts["train_index"],
        ),
        ScoredModel(
            name=model["name"],
            index=parts["index"],
            expected=parts["expected"],
            weights=parts["weights"],
            fold_aucs=model["fold_aucs"],
            data_sha256=model["data_sha256"],
            first_test_month=int(model["first_test_month"]),
        ),
        HonestSettings(**{**settings, "cut_offs": (low, high)}),
    )


def _book(part: str, state: int, parts: Parts, truth: Parts) -> Book:
    prefix = f"{part}_{state}_"
    return Book(
        part,
        parts[prefix + "rows"],
        parts[prefix + "labels"],
        truth[prefix + "true_probabilities"],
        truth[prefix + "defaults"],
        parts[prefix + "rejected"],
    )
