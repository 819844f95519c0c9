"""The document `model.json`: contract, scale, tables and the card's figures and sentences.

Source: machine-learning.md sections 2 and 6; lending-rules.md section 13.2 (card fields).
"""

import hashlib
import platform
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import sklearn

from ml.features import FEATURES
from ml.runtime.conformal_band import ConformalBand
from ml.runtime.forest import Array
from ml.runtime.model_facts import FORMAT, ROUNDING
from ml.runtime.probability_table import ProbabilityTable

SYNTHETIC_NOTE: Final = (
    "Trained on synthetic loans: no evidence about any bank. It shows how the desk works; "
    "a bank trains its own model on its own matured loans before it relies on one."
)
LABEL_TEXT: Final = (
    "Disbursed loans with a full outcome window. Bad: 90 or more days past due, NPA, write-off or "
    "settlement inside the window. Good: worst days past due under 30. Between: not fitted. "
    "Rejected applications have no label."
)


@dataclass(frozen=True, slots=True)
class ModelName:
    """How the model is called.

    Attributes:
        model_id: e.g. RF-2026.11.
        label: e.g. "RF 2026.11".
        valid_for: one sentence.
        income_base: NET or GROSS.
        trained_to: ISO day up to which disbursals trained; known after the split.
    """

    model_id: str
    label: str
    valid_for: str
    income_base: str
    trained_to: str = ""


def fills_of(rows: Array) -> Array:
    """Return the median of the known values of each column."""
    return np.asarray(np.nanmedian(rows, axis=0))


def filled(rows: Array, fills: Array) -> Array:
    """Return rows with gaps replaced."""
    return np.where(np.isnan(rows), fills, rows)


def model_document(
    name: ModelName,
    rows: Array,
    base: float,
    tables: tuple[ProbabilityTable, ConformalBand],
    card: dict[str, Any],
) -> dict[str, Any]:
    """Return `model.json`.

    Args:
        name: identity.
        rows: training rows with gaps, for fills and ranges.
        base: of the exported forest.
        tables: calibration and conformal thresholds.
        card: figures and sentences for readers.
    """
    table, band = tables
    return {
        "format": FORMAT,
        **asdict(name),
        "input_rounding": ROUNDING,
        "link": "identity",
        "features": _columns(rows),
        "base": base,
        "score": {"intercept": 850, "slope": -550},
        "probability_table": asdict(table),
        "conformal": asdict(band),
        "card": card,
    }


def _columns(rows: Array) -> list[dict[str, Any]]:
    """Return each feature's contract with its fill and its training range."""
    fills = fills_of(rows)
    lows, highs = np.nanmin(rows, axis=0), np.nanmax(rows, axis=0)
    return [
        {
            "name": feature.name,
            "unit": feature.unit,
            "sign": feature.sign,
            "group": feature.group,
            "low": feature.low,
            "high": feature.high,
            "fill": float(fills[position]),
            "train_low": float(lows[position]),
            "train_high": float(highs[position]),
        }
        for position, feature in enumerate(FEATURES)
    ]


def data_sha256(rows: Array, labels: Array) -> str:
    """Return the hash of what was fitted on."""
    return hashlib.sha256(rows.tobytes() + labels.tobytes()).hexdigest()


def versions() -> dict[str, str]:
    """Return the versions a reader needs to train the same forest again."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scikit-learn": sklearn.__version__,
    }
