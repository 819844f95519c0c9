"""Compares models: the honest protocol first, and the seed's own for comparison only.

Source: machine-learning.md section 2. Draws fresh books here (never the ones the model trained on),
seals their true probabilities in an oracle file of the job, and lets a job measure.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from app.rules.rulebook import Rulebook
from app.services.steps.training_draw import (
    STANDARD_LOANS,
    Drawing,
    applications_for,
    drawn,
    labelled_table,
    labels_of_book,
    matured,
    months_of,
)
from ml.sample.oracle import seal_oracle

if TYPE_CHECKING:
    from datetime import date

    from ml.runtime.risk_model import RiskModel

FRESH_STATE_OFFSET = 1_000  # another draw than the training one
FRESH_LOANS = 20_000
README_DECIDED = 1_285  # applications of the original's experiment, and its book of 1,500
README_BOOK = 1_500
EXPLAINED_ROWS = 500

Arrays = dict[str, Any]  # name to array


class Protocol(StrEnum):
    """Which comparison."""

    HONEST = "honest"
    README = "readme"


@dataclass(frozen=True, slots=True)
class CompareModels:
    """What to compare.

    Attributes:
        applications: size of the fresh book (honest; None = about 20,000 disbursed loans) or of
            part (b) (readme; None = 1,285, as many as the original decided).
        training_loans: size of the draw that the challenger is fitted on; the bundled champion's
            own by default.
        states: how many random states of the README protocol to repeat.
        models: keep only the first few models of the README protocol.
    """

    protocol: Protocol = Protocol.HONEST
    random_state: int = 42
    applications: int | None = None
    training_loans: int = STANDARD_LOANS
    states: int = 1
    models: int | None = None


def prepare_comparison(
    request: CompareModels, rulebook: Rulebook, model: "RiskModel", folder: Path, as_of: "date"
) -> None:
    """Write job.json, table.npz and the sealed oracle of a comparison."""
    drawing = Drawing(rulebook, as_of, request.random_state)
    folder.mkdir(parents=True, exist_ok=True)
    if request.protocol is Protocol.HONEST:
        table, truth, settings = _honest(request, drawing, model)
    else:
        table, truth, settings = _readme(request, drawing)
    np.savez(folder / "table.npz", **table)
    seal_oracle(folder, truth)
    job = {"kind": "compare", "protocol": str(request.protocol), **settings}
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")


def _honest(
    request: CompareModels, drawing: Drawing, model: "RiskModel"
) -> tuple[Arrays, Arrays, dict[str, Any]]:
    """Return a fresh matured book with the model's answers, and the standard training draw."""
    fresh = Drawing(drawing.rulebook, drawing.as_of, drawing.random_state + FRESH_STATE_OFFSET)
    book = matured(fresh, request.applications or applications_for(FRESH_LOANS))
    source = matured(drawing, applications_for(request.training_loans))
    labels = labels_of_book(source, drawing.label_rule(), drawing.as_of)
    training = labelled_table(source, labels)
    index = model.probabilities(book.rows)
    table = {
        "rows": book.rows,
        "approved": np.array([word == "Approved" for word in book.verdicts], dtype=np.int64),
        "months": months_of(book.applications),
        "index": index,
        "expected": model.facts.table.rates_of(index),
        "weights": _weights(model, book.rows[:EXPLAINED_ROWS]),
        **{f"train_{name}": values for name, values in training.items()},
        "train_index": model.probabilities(training["rows"]),
    }
    truth = {
        "true_probabilities": book.true_probabilities,
        "defaults": book.defaults.astype(np.int64),
    }
    return table, truth, {"model": _facts(model), "settings": _settings(drawing)}


def _weights(model: "RiskModel", rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean absolute contribution of each input, shape (28,)."""
    found = model.explain_many(rows)
    return np.asarray(np.abs([each.contributions for each in found]).mean(axis=0))


def _facts(model: "RiskModel") -> dict[str, Any]:
    """Return what the model's card says of its own training."""
    last, card = model.facts.trained_to, model.card
    return {
        "name": model.model_id,
        "fold_aucs": card["fold_aucs"][str(card["forest"]["max_features"])],
        "data_sha256": card["data_sha256"],
        "first_test_month": last.year * 12 + last.month,
    }


def _settings(drawing: Drawing) -> dict[str, Any]:
    rules, day = drawing.rulebook, drawing.as_of
    return {
        "cut_offs": [
            rules.millionths(code, day) / 1_000_000
            for code in ("risk_medium_from", "risk_high_from")
        ],
        "test_share": rules.ppm("test_share", day) / 1_000_000,
        "step_rows": rules.count("pd_table_step_min_rows", day),
        "folds": rules.count("cv_folds", day),
        "random_state": drawing.random_state,
    }


def _readme(request: CompareModels, drawing: Drawing) -> tuple[Arrays, Arrays, dict[str, Any]]:
    """Return both parts of every random state."""
    states = list(range(request.random_state, request.random_state + request.states))
    table: Arrays = {}
    truth: Arrays = {}
    for state in states:
        each = Drawing(drawing.rulebook, drawing.as_of, state)
        _add_original(each, table, truth)
        _add_rule(each, request.applications or README_DECIDED, table, truth)
    return table, truth, {"states": states, "models": request.models}


def _add_original(drawing: Drawing, table: Arrays, truth: Arrays) -> None:
    """Add part (a): the decided applications of a sample book, rejected or defaulted."""
    book = drawn(drawing, "sample", README_BOOK, fixed_policy=True)
    decided = np.array([word != "Pending" for word in book.verdicts])
    rejected = np.array([word == "Rejected" for word in book.verdicts])[decided]
    defaults = book.defaults[decided]
    prefix = f"a_{drawing.random_state}_"
    table[prefix + "rows"] = book.rows[decided]
    table[prefix + "labels"] = (rejected | defaults).astype(np.int64)
    table[prefix + "rejected"] = rejected.astype(np.int64)
    truth[prefix + "true_probabilities"] = book.true_probabilities[decided]
    truth[prefix + "defaults"] = defaults.astype(np.int64)


def _add_rule(drawing: Drawing, applications: int, table: Arrays, truth: Arrays) -> None:
    """Add part (b): the explicit rule with flips; the outcome of everybody is known."""
    book = drawn(drawing, "readme", applications)
    prefix = f"b_{drawing.random_state}_"
    table[prefix + "rows"] = book.rows
    table[prefix + "labels"] = book.defaults.astype(np.int64)
    table[prefix + "rejected"] = np.zeros(len(book.rows), dtype=np.int64)
    truth[prefix + "true_probabilities"] = book.true_probabilities
    truth[prefix + "defaults"] = book.defaults.astype(np.int64)
