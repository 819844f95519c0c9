"""Compares models: the honest protocol first, and the seed's own for comparison only.

Source: machine-learning.md section 2. Draws fresh books here (never the ones the champion trained
on), lets a job measure, and answers plain figures.
"""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.rules.rulebook import Rulebook
from app.services.steps.drawn_cases import product_terms, rebuild_with
from ml.sample.book_presets import DrawRequest, draw_book
from ml.sample.drawn_book import Array, DrawnBook

if TYPE_CHECKING:
    from ml.runtime.risk_model import RiskModel

FRESH_STATE_OFFSET = 1_000  # another draw than the training one


class Protocol(StrEnum):
    """Which comparison."""

    HONEST = "honest"
    README = "readme"


@dataclass(frozen=True, slots=True)
class CompareModels:
    """What to compare.

    Attributes:
        applications: size of the drawn books; the README's own book has 1,500.
    """

    protocol: Protocol = Protocol.HONEST
    random_state: int = 42
    applications: int = 8_000


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Where books come from."""

    rulebook: Rulebook
    as_of: date
    random_state: int


def prepare_comparison(
    request: CompareModels, rulebook: Rulebook, model: "RiskModel", folder: Path, as_of: date
) -> None:
    """Write job.json and table.npz of a comparison."""
    drawing = _Drawing(rulebook, as_of, request.random_state)
    if request.protocol is Protocol.HONEST:
        table = _honest(drawing, model, request.applications)
    else:
        table = _readme(drawing)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / "table.npz", **table)
    job = {"kind": "compare", "protocol": str(request.protocol)}
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")


def _draw(drawing: _Drawing, preset: str, applications: int) -> DrawnBook:
    request = DrawRequest(
        preset,
        round(applications * 2 / 3),
        applications,
        drawing.random_state,
        product_terms(drawing.rulebook, drawing.as_of),
        drawing.as_of,
    )
    return draw_book(request, rebuild_with(drawing.rulebook))


def _honest(drawing: _Drawing, model: "RiskModel", applications: int) -> dict[str, Any]:
    fresh = _Drawing(drawing.rulebook, drawing.as_of, drawing.random_state + FRESH_STATE_OFFSET)
    book = _draw(fresh, "realistic", applications)
    index = model.probabilities(book.rows)
    table = model.facts.table
    return {
        "index": index,
        "table": np.array([table.rate(value) for value in index.tolist()]),
        "true_probabilities": book.true_probabilities,
        "defaults": book.defaults.astype(np.int64),
        "approved": np.array([word == "Approved" for word in book.verdicts], dtype=np.int64),
    }


def _readme(drawing: _Drawing) -> dict[str, Any]:
    """Return part (a), the decided applications of a sample book, and part (b), the rule."""
    book = _draw(drawing, "sample", 1_500)
    decided = np.array([word != "Pending" for word in book.verdicts])
    rejected = np.array([word == "Rejected" for word in book.verdicts])
    original = (rejected | book.defaults)[decided]
    rule = _draw(drawing, "readme", 1_285)
    return {
        "original_rows": _filled(book.rows[decided]),
        "original_labels": original.astype(np.int64),
        "rejected": rejected[decided].astype(np.int64),
        "rule_rows": _filled(rule.rows),
        "rule_labels": rule.defaults.astype(np.int64),
        "rule_limits": rule.true_probabilities,
    }


def _filled(rows: Array) -> Array:
    return np.where(np.isnan(rows), np.nanmedian(rows, axis=0), rows)
