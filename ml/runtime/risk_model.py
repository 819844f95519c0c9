"""A verified model, ready to score and explain.

One RiskModel is immutable after loading and may be used from any thread. The paths of TreeSHAP are
made at the first explanation, so that a start-up that only scores does not pay for them.
"""

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from ml.features import FEATURE_COUNT, FEATURE_NAMES, FEATURES
from ml.runtime.explanation import Explanation
from ml.runtime.forest import Array, Forest, ForestArrays
from ml.runtime.model_facts import ModelFacts
from ml.runtime.model_refused import ModelRefused
from ml.runtime.tree_paths import paths_of
from ml.runtime.tree_shap import Cancelled, Progress, TreeShap

SUM_TOLERANCE: Final = 1e-12
CONTRIBUTION_TOLERANCE: Final = 1e-9
USUAL_MARGIN: Final = 0.05  # machine-learning.md section 3: 5 % outside the training range


class RowShapeError(ValueError):
    """A row does not have the 28 features, or holds an infinite value."""


class RiskModel:
    """Probability, explanation, band and range checks of one model file."""

    def __init__(self, facts: ModelFacts, arrays: ForestArrays, sha256: str) -> None:
        self.facts = facts
        self.sha256 = sha256
        self._arrays = arrays
        self._forest = Forest(arrays)

    @property
    def model_id(self) -> str:
        """Identity of the model, stored with every decision."""
        return self.facts.model_id

    @property
    def label(self) -> str:
        """Name for people."""
        return self.facts.label

    @property
    def trained_to(self) -> str:
        """Last day of the training data, ISO."""
        return self.facts.trained_to.isoformat()

    @property
    def income_base(self) -> str:
        """NET or GROSS."""
        return self.facts.income_base

    @property
    def card(self) -> dict[str, Any]:
        """The model card's figures and sentences."""
        return dict(self.facts.card)

    @property
    def base(self) -> float:
        """Starting point of every explanation."""
        return self.facts.base

    def fill(self, row: Sequence[float]) -> tuple[float, ...]:
        """Return the row with gaps (NaN) replaced by the model's stored fills.

        Raises:
            RowShapeError: not 28 values, or one of them is infinite.
        """
        if len(row) != FEATURE_COUNT or any(math.isinf(value) for value in row):
            message = f"a row has {FEATURE_COUNT} finite values"
            raise RowShapeError(message)
        return tuple(
            fill if math.isnan(value) else float(value)
            for value, fill in zip(row, self.facts.fills, strict=True)
        )

    def probability(self, row: Sequence[float]) -> float:
        """Return the class-weighted index of one row, 0 to 1."""
        return self._forest.probability(self.fill(row))

    def probabilities(self, rows: Array) -> Array:
        """Return the index of many rows, shape (n,)."""
        return self._forest.probabilities(self._filled(rows))

    def explain(self, row: Sequence[float]) -> Explanation:
        """Return probability and exact contributions of one row."""
        filled = self.fill(row)
        probability = self._forest.probability(filled)
        contributions = self._shap.contributions(np.array(filled))
        return Explanation(
            filled, probability, self.base, tuple(float(value) for value in contributions)
        )

    def explain_many(
        self, rows: Array, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> list[Explanation]:
        """Return explanations of many rows.

        Raises:
            ExplainCancelledError: `cancelled` answered true.
        """
        filled = self._filled(rows)
        probabilities = self._forest.probabilities(filled)
        found = self._shap.contributions_of_many(filled, progress, cancelled)
        return [
            Explanation(tuple(row), probability, self.base, tuple(contributions))
            for row, probability, contributions in zip(
                filled.tolist(), probabilities.tolist(), found.tolist(), strict=True
            )
        ]

    def band(self, probability: float, alpha: float) -> str:
        """Return `clear` or `borderline` at error level `alpha` (a rule row)."""
        return self.facts.conformal.band(probability, alpha)

    def probability_of_default(self, probability: float) -> float | None:
        """Return the calibrated default rate; None while calibrated on synthetic data only."""
        return self.facts.table.probability_of_default(probability)

    def out_of_range(self, row: Sequence[float], margin: float = USUAL_MARGIN) -> tuple[str, ...]:
        """Return the features whose value this model was not made for.

        That is a value outside its valid range, more than `margin` of the training range outside
        that range, or unknown without a flag that says so.
        """
        return tuple(
            name
            for position, name in enumerate(FEATURE_NAMES)
            if self._strays(position, row, margin)
        )

    def _strays(self, position: int, row: Sequence[float], margin: float) -> bool:
        feature, value = FEATURES[position], row[position]
        if math.isnan(value):
            flag = feature.missing_flag
            return flag is None or row[FEATURE_NAMES.index(flag)] != 1.0
        if not feature.low <= value <= feature.high:
            return True
        low, high = self.facts.lows[position], self.facts.highs[position]
        room = margin * (high - low)
        return not low - room <= value <= high + room

    def check_golden(self, rows: Array, probabilities: Array, contributions: Array) -> None:
        """Compare with the stored golden vectors, contributions included.

        Raises:
            ModelRefused: an answer differs.
        """
        self.check_golden_probabilities(rows, probabilities)
        found = self._shap.contributions_of_many(rows)
        if not np.abs(found - contributions).max() <= CONTRIBUTION_TOLERANCE:
            _refuse()

    def check_golden_probabilities(self, rows: Array, probabilities: Array) -> None:
        """Compare the probabilities alone: cheap enough for every start.

        Raises:
            ModelRefused: an answer differs.
        """
        found = self._forest.probabilities(rows)
        one_by_one = self._forest.probability(rows[0].tolist())
        differs = np.abs(found - probabilities).max()
        if not max(differs, abs(one_by_one - probabilities[0])) <= SUM_TOLERANCE:
            _refuse()

    @cached_property
    def _shap(self) -> TreeShap:
        shap = TreeShap(paths_of(self._arrays, FEATURE_COUNT), FEATURE_COUNT)
        if not abs(shap.base - self.base) <= SUM_TOLERANCE:
            _refuse()
        return shap

    def _filled(self, rows: Array | Iterable[Sequence[float]]) -> Array:
        table = np.array(rows, dtype=np.float64)
        if not table.size:
            return np.zeros((0, FEATURE_COUNT))
        if table.ndim != 2 or table.shape[1] != FEATURE_COUNT or np.isinf(table).any():  # noqa: PLR2004  # rows by columns
            message = f"a row has {FEATURE_COUNT} finite values"
            raise RowShapeError(message)
        return np.where(np.isnan(table), np.array(self.facts.fills), table)


def _refuse() -> None:
    message = "The model does not give its own test answers. Install Kasauti again"
    raise ModelRefused(message)
