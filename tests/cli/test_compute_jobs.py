"""Compute jobs: the answer appears last, a failure is one sentence, nothing half written."""

import json
from pathlib import Path

import numpy as np
import pytest

from app.cli.compute_jobs import JobFailedError, main, run_job
from ml.sample.oracle import seal_oracle

JOB = {
    "kind": "train",
    "model_id": "RF-T",
    "label": "RF T",
    "valid_for": "tests",
    "income_base": "NET",
    "random_state": 1,
    "test_share": 0.25,
    "folds": 5,
    "golden_rows": 8,
    "limits": {
        "min_bads": 200,
        "step_rows": 200,
        "cut_offs": [0.3, 0.5],
        "coverage_errors": 3,
        "leak_alone": 0.85,
        "leak_adds": 0.05,
    },
    "synthetic": True,
}


def _job(folder: Path, job: dict[str, object]) -> Path:
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    return folder


def test_an_unknown_job_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JobFailedError, match="does not know"):
        run_job(_job(tmp_path, {"kind": "other"}))


def test_data_that_do_not_suffice_are_one_sentence_in_error_json(tmp_path: Path) -> None:
    np.savez(
        tmp_path / "table.npz",
        rows=np.zeros((20, 28)),
        labels=np.zeros(20),
        customers=np.arange(20),
        months=np.arange(20),
    )
    assert main([str(_job(tmp_path, JOB))]) == 1
    answer = json.loads((tmp_path / "error.json").read_text(encoding="utf-8"))
    assert answer == {"message": "Too few matured loans of a class to train and test on"}
    assert not (tmp_path / "result.json").exists()


def test_a_comparison_answers_in_result_json(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    rows = rng.random((200, 28))
    rejected = (rows[:, 0] > 0.6).astype(np.int64)
    table, truth = {}, {}
    for part in ("a", "b"):
        table |= {
            f"{part}_42_rows": rows,
            f"{part}_42_labels": rejected | (rng.random(200) < 0.1),
            f"{part}_42_rejected": rejected,
        }
        truth |= {
            f"{part}_42_true_probabilities": np.where(rejected == 1, 0.9, 0.1),
            f"{part}_42_defaults": (rng.random(200) < 0.1).astype(np.int64),
        }
    np.savez(tmp_path / "table.npz", **table)
    seal_oracle(tmp_path, truth)
    job = {"kind": "compare", "protocol": "readme", "states": [42], "models": 1}
    assert main([str(_job(tmp_path, job))]) == 0
    answer = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert [row.get("part") for row in answer["rows"]] == [None, None, "a", "b"]
    assert not (tmp_path / "result.json.part").exists()
