"""Compute jobs: the answer appears last, a failure is one sentence, nothing half written."""

import json
from pathlib import Path

import numpy as np
import pytest

from app.cli.compute_jobs import JobFailedError, main, run_job

JOB = {
    "kind": "train",
    "model_id": "RF-T",
    "label": "RF T",
    "valid_for": "tests",
    "income_base": "NET",
    "random_state": 1,
    "test_share": 0.25,
    "folds": 5,
    "min_bads": 200,
    "golden_rows": 8,
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
    true = rng.random(300)
    defaults = (rng.random(300) < true).astype(np.int64)
    np.savez(
        tmp_path / "table.npz",
        index=true,
        table=true,
        true_probabilities=true,
        defaults=defaults,
        approved=(rng.random(300) < 0.6).astype(np.int64),
    )
    assert main([str(_job(tmp_path, {"kind": "compare", "protocol": "honest"}))]) == 0
    answer = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert answer["rows"][0]["auc"] == answer["limits"]["bayes_auc"]
    assert not (tmp_path / "result.json.part").exists()
