"""Verbs `train` and `compare`: prepare, compute, record.

A verb is its own process already, so its job runs here; the window starts the same job as a child.
Field names are those of commands.md, "Models".
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from app.services.compare_models import CompareModels, prepare_comparison
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, Refused
from app.services.train_candidate import TrainCandidate, prepare_training, record_training


def train(request: TrainCandidate, desk: Desk) -> dict[str, Any]:
    """Train on synthetic matured loans, check the export, keep a signed challenger.

    Raises:
        Refused: nobody signed in, this edition cannot train, or the data do not suffice.
    """
    desk.person()
    with tempfile.TemporaryDirectory(prefix="kasauti-train-") as place:
        folder = Path(place)
        prepare_training(request, desk.rulebook(), folder, desk.clock.today())
        _run(folder)
        trained = record_training(folder, desk)
    return {
        "candidates": list(trained.candidates),
        "warnings": list(trained.warnings),
        "model_id": trained.model_id,
        "model_sha256": trained.sha256,
        "role": str(trained.role),
        "check": trained.check,
    }


def compare(request: CompareModels, desk: Desk) -> dict[str, Any]:
    """Compare by one protocol.

    Raises:
        Refused: the champion may not be used, or this edition cannot train.
    """
    with tempfile.TemporaryDirectory(prefix="kasauti-compare-") as place:
        folder = Path(place)
        today = desk.clock.today()
        prepare_comparison(request, desk.rulebook(), desk.model(), folder, today)
        _run(folder)
        answer: dict[str, Any] = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return answer


def _run(folder: Path) -> None:
    from app.cli import compute_jobs  # heavy libraries, only when a job runs

    try:
        compute_jobs.run_job(folder)
    except compute_jobs.JobFailedError as failure:
        raise Refused(RefusalKind.CONFIGURATION, failure.sentence) from failure
