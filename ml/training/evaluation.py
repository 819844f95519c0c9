"""Measures of a model on labelled rows: ranking, calibration, and the table of a cut-off.

Source: lending-rules.md section 13.5 (vectors V192, V193) and machine-learning.md sections 2 and 9.
The interval of the AUC is Hanley and McNeil (1982).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ml.runtime.forest import Array

Labels = NDArray[np.int64]
Z_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts at a cut-off; positive means bad."""

    tn: int
    fp: int
    fn: int
    tp: int

    @property
    def accuracy(self) -> float:
        """Share of right answers."""
        return (self.tp + self.tn) / max(self.tn + self.fp + self.fn + self.tp, 1)

    @property
    def precision(self) -> float:
        """Share of bads among those called bad; 0 when none is."""
        return self.tp / max(self.tp + self.fp, 1)

    @property
    def recall(self) -> float:
        """Share of bads that are called bad."""
        return self.tp / max(self.tp + self.fn, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.tp / max(2 * self.tp + self.fp + self.fn, 1)


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything printed beside a candidate. `auc` is None when a class is absent."""

    rows: int
    bads: int
    auc: float | None
    auc_low: float | None
    auc_high: float | None
    ks: float | None
    gini: float | None
    brier: float
    confusion: Confusion


def area_under_curve(labels: Labels, scores: Array) -> float | None:
    """Return the chance that a bad outranks a good, ties half; None without both classes."""
    bads = int(labels.sum())
    goods = len(labels) - bads
    if not bads or not goods:
        return None
    values, position, count = np.unique(scores, return_inverse=True, return_counts=True)
    upper = np.cumsum(count)
    ranks = (upper - (count - 1) / 2)[position]
    assert len(values) == len(count)  # noqa: S101  # one count a value
    return float((ranks[labels == 1].sum() - bads * (bads + 1) / 2) / (bads * goods))


def auc_interval(auc: float, bads: int, goods: int) -> tuple[float, float]:
    """Return the 95 % interval of Hanley and McNeil, cut to 0 and 1."""
    q1, q2 = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    spread = auc * (1 - auc) + (bads - 1) * (q1 - auc * auc) + (goods - 1) * (q2 - auc * auc)
    half = Z_95 * math.sqrt(max(spread, 0.0) / (bads * goods))
    return max(auc - half, 0.0), min(auc + half, 1.0)


def kolmogorov_smirnov(labels: Labels, scores: Array) -> float | None:
    """Return the largest gap between the cumulative shares of bads and goods."""
    bads = int(labels.sum())
    if not 0 < bads < len(labels):
        return None
    order = np.argsort(scores, kind="stable")
    ranked, marks = scores[order], labels[order]
    last = np.append(ranked[1:] != ranked[:-1], True)  # the last row ends a tie
    bad_share = np.cumsum(marks)[last] / bads
    good_share = np.cumsum(1 - marks)[last] / (len(labels) - bads)
    return float(np.abs(bad_share - good_share).max())


def brier(labels: Labels, probabilities: Array) -> float:
    """Return the mean squared error of probabilities."""
    return float(np.mean((probabilities - labels) ** 2))


def confusion(labels: Labels, scores: Array, cut_off: float) -> Confusion:
    """Return the counts when a score of at least the cut-off is called bad."""
    called = scores >= cut_off
    return Confusion(
        tn=int((~called & (labels == 0)).sum()),
        fp=int((called & (labels == 0)).sum()),
        fn=int((~called & (labels == 1)).sum()),
        tp=int((called & (labels == 1)).sum()),
    )


def measures(labels: Labels, scores: Array, probabilities: Array, cut_off: float = 0.5) -> Measures:
    """Return all measures.

    Args:
        labels: 1 bad, 0 good.
        scores: rank the rows; compared with `cut_off`.
        probabilities: calibrated; for the Brier score only.
        cut_off: from which a row is called bad.
    """
    bads = int(labels.sum())
    auc = area_under_curve(labels, scores)
    low, high = (None, None) if auc is None else auc_interval(auc, bads, len(labels) - bads)
    return Measures(
        rows=len(labels),
        bads=bads,
        auc=auc,
        auc_low=low,
        auc_high=high,
        ks=kolmogorov_smirnov(labels, scores),
        gini=None if auc is None else 2 * auc - 1,
        brier=brier(labels, probabilities),
        confusion=confusion(labels, scores, cut_off),
    )
