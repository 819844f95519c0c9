"""Verbs `train` and `compare`: prepare, compute, record.

A verb is its own process already, so its job runs here; the window starts the same job as a child.
Field names are those of commands.md, "Models".
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from app.cli.verb import Access, Verb
from app.services.compare_models import CompareModels, Protocol, prepare_comparison
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, Refused
from app.services.train_candidate import TrainCandidate, prepare_training, record_training

SYNTHETIC = "synthetic"
FEWEST_LOANS = 500
MOST_LOANS = 100_000


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


def run_train(arguments: argparse.Namespace, desk: Desk) -> dict[str, Any]:
    """Answer `train`.

    Raises:
        Refused: data other than the synthetic book were asked for, or as `train`.
    """
    if arguments.data != SYNTHETIC:
        raise Refused(
            RefusalKind.BAD_INPUT,
            "Training on this book or on a file is not part of this version; leave --data out",
            {"data": "Leave it out to train on matured synthetic loans"},
        )
    return train(TrainCandidate(arguments.loans, arguments.random_state), desk)


def run_compare(arguments: argparse.Namespace, desk: Desk) -> dict[str, Any]:
    """Answer `compare`."""
    return compare(CompareModels(Protocol(arguments.protocol), arguments.random_state), desk)


def _train_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", default=SYNTHETIC, help="synthetic (default)")
    parser.add_argument("--loans", type=_loans, default=26_400, help="disbursed loans to draw")
    parser.add_argument("--random-state", type=int, default=42)


def _compare_arguments(parser: argparse.ArgumentParser) -> None:
    protocols = [str(protocol) for protocol in Protocol]
    parser.add_argument("--protocol", choices=protocols, default=str(Protocol.HONEST))
    parser.add_argument("--random-state", type=int, default=42)


def _loans(text: str) -> int:
    count = int(text)
    if not FEWEST_LOANS <= count <= MOST_LOANS:
        message = f"between {FEWEST_LOANS} and {MOST_LOANS} loans"
        raise argparse.ArgumentTypeError(message)
    return count


def _run(folder: Path) -> None:
    from app.cli import compute_jobs  # heavy libraries, only when a job runs

    try:
        compute_jobs.run_job(folder)
    except compute_jobs.JobFailedError as failure:
        raise Refused(RefusalKind.CONFIGURATION, failure.sentence) from failure


VERBS = (
    Verb("train", "train a challenger and check it", _train_arguments, run_train, Access.WRITES),
    Verb("compare", "compare models honestly", _compare_arguments, run_compare, Access.READS),
)
