"""What a model was developed on, as fixed bins: the measure of drift.

Source: machine-learning.md 9. The bundle ships the bins of its own champion, made by drawing again
the applications its training loans were chosen from; the hash of those loans stands in the model's
card, so that bins of another model are never taken. A model without bins is measured against the
first months of the book, and the report says so.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.resource_files import RESOURCES
from ml.features import FEATURE_NAMES
from ml.monitoring.drift import counts_over, fixed_edges

if TYPE_CHECKING:
    from ml.runtime.risk_model import RiskModel

SCORE = "credit_score"
DTI = "debt_to_income_ratio"
FOLDER = RESOURCES / "models" / "development"
_DIGITS = 9


class ReferenceKind(StrEnum):
    """Where a reference comes from."""

    DEVELOPMENT = "development"
    FIRST_MONTHS = "first months of the book"


@dataclass(frozen=True, slots=True)
class Bins:
    """The distribution of one value: upper edges of all bins but the last, and their counts."""

    name: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The distributions that the present is held against.

    Attributes:
        bins: the score first, then the features.
        mean_dti: mean debt to income in per cent.
        first, last: days of the applications it was made of.
    """

    kind: ReferenceKind
    rows: int
    first: date
    last: date
    mean_dti: float
    bins: tuple[Bins, ...]


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One scored application: its day, its score, and the 28 values the model saw."""

    on: date
    score: float
    values: tuple[float, ...]


def reference_of(kind: ReferenceKind, rows: Sequence[ScoredRow], bins: int) -> Reference | None:
    """The distributions of these rows; None without any."""
    if not rows:
        return None
    days = [row.on for row in rows]
    place = FEATURE_NAMES.index(DTI)
    return Reference(
        kind=kind,
        rows=len(rows),
        first=min(days),
        last=max(days),
        mean_dti=mean(row.values[place] for row in rows),
        bins=tuple(_bins(name, values, bins) for name, values in columns(rows)),
    )


def columns(rows: Sequence[ScoredRow]) -> Iterable[tuple[str, list[float]]]:
    """Each measured value with its name: the score, then the features."""
    yield SCORE, [row.score for row in rows]
    for place, name in enumerate(FEATURE_NAMES):
        yield name, [row.values[place] for row in rows]


def mean(values: Iterable[float]) -> float:
    """The plain mean; the values are summed in their order."""
    listed = list(values)
    return sum(listed) / len(listed)


def _bins(name: str, values: list[float], bins: int) -> Bins:
    edges = fixed_edges(values, bins)
    return Bins(name, edges, counts_over(edges, values))


def shipped_reference(model: "RiskModel") -> Reference | None:
    """The bins of this very model, None where none are shipped."""
    wanted = model.card.get("data_sha256")
    for file in sorted(FOLDER.glob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        if wanted is not None and document["data_sha256"] == wanted:
            return from_document(document)
    return None


def to_document(reference: Reference, data_sha256: str) -> dict[str, Any]:
    """The file of a reference; edges keep nine digits, far more than any input has."""
    return {
        "data_sha256": data_sha256,
        "rows": reference.rows,
        "first": reference.first.isoformat(),
        "last": reference.last.isoformat(),
        "mean_dti": round(reference.mean_dti, _DIGITS),
        "bins": [
            {"name": each.name, "edges": list(each.edges), "counts": list(each.counts)}
            for each in reference.bins
        ],
    }


def from_document(document: Mapping[str, Any]) -> Reference:
    """A reference out of its file."""
    return Reference(
        kind=ReferenceKind.DEVELOPMENT,
        rows=int(document["rows"]),
        first=date.fromisoformat(document["first"]),
        last=date.fromisoformat(document["last"]),
        mean_dti=float(document["mean_dti"]),
        bins=tuple(
            Bins(each["name"], tuple(each["edges"]), tuple(each["counts"]))
            for each in document["bins"]
        ),
    )
