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
from app.services.read_model_card import card_as_markdown, read_model_card
from app.services.steps.desk import Desk
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.training_draw import STANDARD_LOANS, applications_for
from app.services.train_candidate import (
    HONEST_FOLDER,
    README_FOLDER,
    TrainCandidate,
    candidate_model,
    prepare_training,
    record_training,
)

SYNTHETIC = "synthetic"
FEWEST_LOANS = 500
MOST_LOANS = 100_000
MOST_STATES = 50
CARD_FORMS = (".md", ".json")


def train(request: TrainCandidate, desk: Desk) -> dict[str, Any]:
    """Train on synthetic matured loans, measure the result, keep a signed challenger.

    The true probabilities are drawn and sealed only after the training job has ended.

    Raises:
        Refused: nobody signed in, this edition cannot train, or the data do not suffice.
    """
    desk.person()
    with tempfile.TemporaryDirectory(prefix="kasauti-train-") as place:
        folder = Path(place)
        prepare_training(request, desk.rulebook(), folder, desk.clock.today())
        _run(folder)
        model = candidate_model(folder, desk)
        for name, comparison in _measurements(request).items():
            prepare_comparison(
                comparison, desk.rulebook(), model, folder / name, desk.clock.today()
            )
            _run(folder / name)
        trained = record_training(folder, desk)
    return {
        "model_id": trained.model_id,
        "model_sha256": trained.sha256,
        "role": str(trained.role),
        "card_file": str(trained.folder / "card.md"),
        "check": trained.check,
        **_in_order(trained.card),
        "warnings": list(trained.warnings),
        "candidates": list(trained.candidates),
    }


def _measurements(request: TrainCandidate) -> dict[str, CompareModels]:
    """Return the comparisons that complete a card, by their folder."""
    loans, state = request.disbursed_loans, request.random_state
    fresh = applications_for(loans)
    return {
        HONEST_FOLDER: CompareModels(Protocol.HONEST, state, fresh, loans),
        README_FOLDER: CompareModels(Protocol.README, state, models=1),
    }


def _in_order(card: dict[str, Any]) -> dict[str, Any]:
    """Return the card's four figures by name, in the card's order."""
    names = ("gap_to_limit", "default_only", "imitates_policy", "readme_protocol")
    figures = zip(names, card["figures"], strict=True)
    return {name: figure["facts"] for name, figure in figures}


def compare(request: CompareModels, desk: Desk) -> dict[str, Any]:
    """Compare by one protocol.

    Raises:
        Refused: the champion may not be used, or this edition cannot train.
    """
    with tempfile.TemporaryDirectory(prefix="kasauti-compare-") as place:
        folder = Path(place)
        prepare_comparison(request, desk.rulebook(), desk.model(), folder, desk.clock.today())
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
    request = CompareModels(
        protocol=Protocol(arguments.protocol),
        random_state=arguments.random_state,
        applications=arguments.applications,
        training_loans=arguments.loans,
        states=arguments.states,
    )
    return compare(request, desk)


def run_model_card(arguments: argparse.Namespace, desk: Desk) -> dict[str, Any]:
    """Answer `model-card`: write the card as Markdown or JSON, by the file's ending.

    Raises:
        Refused: another ending, an unknown model, or a place that cannot be written.
    """
    file = Path(arguments.out)
    if file.suffix not in CARD_FORMS:
        raise Refused(
            RefusalKind.BAD_INPUT,
            "A model card is written as Markdown (.md) or JSON (.json)",
            {"out": "End the file's name in .md or .json"},
        )
    card = read_model_card(arguments.model, desk)
    text = card_as_markdown(card) if file.suffix == ".md" else json.dumps(card, indent=1) + "\n"
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused(
            RefusalKind.BAD_INPUT, "The card could not be written there", {"out": str(file)}
        ) from error
    return {"model_id": card["model_id"], "file": str(file)}


def _model_card_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="MODEL", help="id of a model, such as RF-2026.11")
    parser.add_argument("--out", required=True, metavar="FILE", help="file to write, .md or .json")


def _train_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", default=SYNTHETIC, help="synthetic (default)")
    parser.add_argument(
        "--loans", type=_loans, default=STANDARD_LOANS, help="disbursed loans to draw"
    )
    parser.add_argument("--random-state", type=int, default=42)


def _compare_arguments(parser: argparse.ArgumentParser) -> None:
    protocols = [str(protocol) for protocol in Protocol]
    parser.add_argument("--protocol", choices=protocols, default=str(Protocol.HONEST))
    parser.add_argument("--random-state", type=int, default=42)
    parser.add_argument("--applications", type=_applications, help="size of the fresh book")
    parser.add_argument(
        "--loans", type=_loans, default=STANDARD_LOANS, help="loans that fit the challenger"
    )
    parser.add_argument(
        "--states", type=_states, default=1, help="random states of the README protocol to repeat"
    )


def _loans(text: str) -> int:
    return _between(text, FEWEST_LOANS, MOST_LOANS, "loans")


def _applications(text: str) -> int:
    return _between(text, FEWEST_LOANS, MOST_LOANS, "applications")


def _states(text: str) -> int:
    return _between(text, 1, MOST_STATES, "states")


def _between(text: str, fewest: int, most: int, things: str) -> int:
    count = int(text)
    if not fewest <= count <= most:
        message = f"between {fewest} and {most} {things}"
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
    Verb(
        "model-card",
        "write the card of a model",
        _model_card_arguments,
        run_model_card,
        Access.READS,
    ),
)
