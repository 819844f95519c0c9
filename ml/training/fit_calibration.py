"""Calibration and conformal thresholds from cross-fitted predictions.

Source: machine-learning.md section 5. Isotonic steps are merged until each has enough rows; the
conformal thresholds are the finite-sample quantiles of each class.
"""

import math
from itertools import pairwise
from typing import Final

import numpy as np
from sklearn.isotonic import IsotonicRegression

from ml.runtime.conformal_band import ConformalBand
from ml.runtime.forest import Array
from ml.runtime.probability_table import ProbabilityTable
from ml.training.evaluation import Labels

LEVELS: Final = tuple(percent / 100 for percent in range(1, 51))


def probability_table(
    index: Array, labels: Labels, *, synthetic: bool, min_rows: int
) -> ProbabilityTable:
    """Return monotone steps of at least `min_rows` rows (fewer only if there are fewer in all)."""
    order = np.argsort(index, kind="stable")
    ranked, marks = index[order], labels[order]
    level = IsotonicRegression().fit(ranked, marks).predict(ranked)
    edges = [0, *(np.flatnonzero(np.diff(level) > 0) + 1).tolist(), len(ranked)]
    merged = [0]
    for edge in edges[1:-1]:
        if edge - merged[-1] >= min_rows and len(ranked) - edge >= min_rows:
            merged.append(edge)
    merged.append(len(ranked))
    spans = list(pairwise(merged))
    rates = np.maximum.accumulate([float(marks[start:stop].mean()) for start, stop in spans])
    starts = [0.0, *(float(ranked[start]) for start, _ in spans[1:])]
    return ProbabilityTable(tuple(starts), tuple(rates.tolist()), synthetic)


def conformal_band(index: Array, labels: Labels, min_bads: int) -> ConformalBand:
    """Return the thresholds of both classes on the grid of levels.

    A class's label fits a new case with chance of at least 1 - alpha: for goods when p is at most
    the ceil((n + 1)(1 - alpha))-th smallest p of the goods, for bads mirrored.
    """
    goods = np.sort(index[labels == 0])
    bads = np.sort(index[labels == 1])
    return ConformalBand(
        levels=LEVELS,
        good_at_most=tuple(_upper(goods, alpha) for alpha in LEVELS),
        bad_at_least=tuple(-_upper(np.sort(-bads), alpha) for alpha in LEVELS),
        bads=len(bads),
        enough=len(bads) >= min_bads,
    )


def _upper(ascending: Array, alpha: float) -> float:
    rank = math.ceil((len(ascending) + 1) * (1 - alpha))
    return float(ascending[rank - 1]) if rank <= len(ascending) else 1.0
