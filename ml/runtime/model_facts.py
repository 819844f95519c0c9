"""What `model.json` says: features with fills and ranges, scale, table, band, card.

Source: machine-learning.md section 6. The features must be the contract of `ml/features.py` to the
letter; any difference refuses the model.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ml.features import FEATURES
from ml.runtime.conformal_band import ConformalBand
from ml.runtime.model_refused import ModelRefused
from ml.runtime.probability_table import ProbabilityTable
from ml.runtime.score_scale import ScoreScale

FORMAT: Final = 1
ROUNDING: Final = "float32"


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """The parsed and checked `model.json`.

    Attributes:
        model_id: e.g. RF-2026.11; stored with every decision.
        label: for people, e.g. "RF 2026.11".
        trained_to: last disbursal day among the training rows.
        valid_for: which cases the model is meant for, one sentence.
        income_base: NET or GROSS, as the rule row `income_base` must say.
        fills: value that replaces a gap, one a feature.
        lows: smallest training value, one a feature.
        highs: largest training value, one a feature.
        base: probability of the empty question.
        card: everything else for readers: label text, metrics, versions, notes.
    """

    model_id: str
    label: str
    trained_to: date
    valid_for: str
    income_base: str
    fills: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    base: float
    scale: ScoreScale
    table: ProbabilityTable
    conformal: ConformalBand
    card: Mapping[str, Any]


def parse_facts(document: Mapping[str, Any]) -> ModelFacts:
    """Check and type a loaded `model.json`.

    Raises:
        ModelRefused: a part is missing, of the wrong type or out of its bounds.
    """
    try:
        facts = _facts(document)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        message = "The model's description is damaged. Install Kasauti again"
        raise ModelRefused(message) from error
    _check(facts)
    return facts


def _facts(document: Mapping[str, Any]) -> ModelFacts:
    if document["format"] != FORMAT or document["input_rounding"] != ROUNDING:
        message = "This model was made for another version of Kasauti"
        raise ModelRefused(message)
    _check_contract(document["features"])
    columns = document["features"]
    table, band, scale = document["probability_table"], document["conformal"], document["score"]
    return ModelFacts(
        model_id=str(document["model_id"]),
        label=str(document["label"]),
        trained_to=date.fromisoformat(document["trained_to"]),
        valid_for=str(document["valid_for"]),
        income_base=str(document["income_base"]),
        fills=tuple(float(column["fill"]) for column in columns),
        lows=tuple(float(column["train_low"]) for column in columns),
        highs=tuple(float(column["train_high"]) for column in columns),
        base=float(document["base"]),
        scale=ScoreScale(int(scale["intercept"]), int(scale["slope"])),
        table=ProbabilityTable(
            _floats(table["starts"]), _floats(table["rates"]), bool(table["synthetic"])
        ),
        conformal=ConformalBand(
            _floats(band["levels"]),
            _floats(band["good_at_most"]),
            _floats(band["bad_at_least"]),
            int(band["bads"]),
            bool(band["enough"]),
        ),
        card=document["card"],
    )


def _floats(values: list[Any]) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _check_contract(columns: list[Mapping[str, Any]]) -> None:
    stored = [(c["name"], c["unit"], c["sign"], c["group"], c["low"], c["high"]) for c in columns]
    here = [(f.name, f.unit, f.sign, f.group, f.low, f.high) for f in FEATURES]
    if stored != here:
        message = "This model was made for other inputs than this version of Kasauti"
        raise ModelRefused(message)


def _check(facts: ModelFacts) -> None:
    table, band = facts.table, facts.conformal
    numbers = (*facts.fills, *facts.lows, *facts.highs, facts.base, *table.starts, *table.rates)
    holds = (
        all(math.isfinite(number) for number in (*numbers, *band.good_at_most, *band.bad_at_least)),
        len(table.starts) == len(table.rates) > 0,
        list(table.starts) == sorted(table.starts),
        list(table.rates) == sorted(table.rates),
        len(band.levels) == len(band.good_at_most) == len(band.bad_at_least) > 0,
        list(band.levels) == sorted(band.levels),
        bool(facts.model_id and facts.label),
    )
    if not all(holds):
        message = "The model's description is damaged. Install Kasauti again"
        raise ModelRefused(message)
