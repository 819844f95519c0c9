"""Fixed bins of the development data, counts over them, and how far chance alone may move them.

Source: machine-learning.md 9. Bins are deciles of the development data and never move. With few
rows the index of two equal distributions is large by chance: an alarm needs the index above its
limit and above what chance explains.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

_STEPS: Final = 200
_ENOUGH: Final = 1e-12


def fixed_edges(values: Iterable[float], bins: int) -> tuple[float, ...]:
    """Return the upper edges of all bins but the last; a value on an edge lies below it.

    A value that fills several bins, such as 0 of a yes-or-no, gives one.

    >>> fixed_edges([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5), fixed_edges([0, 0, 0, 1], 10)
    ((2, 4, 6, 8), (0,))
    """
    ordered = sorted(values)
    if not ordered:
        return ()
    places = (math.ceil(step * len(ordered) / bins) - 1 for step in range(1, bins))
    edges = dict.fromkeys(ordered[max(place, 0)] for place in places)
    return tuple(edge for edge in edges if edge < ordered[-1])


def counts_over(edges: Sequence[float], values: Iterable[float]) -> tuple[int, ...]:
    """Return how many values lie in each bin.

    >>> counts_over((2, 4), [1, 2, 3, 9])
    (2, 1, 1)
    """
    counts = [0] * (len(edges) + 1)
    for value in values:
        counts[bisect_left(edges, value)] += 1
    return tuple(counts)


def no_drift_bound(bins: int, rows: tuple[int, int], tail: float) -> float:
    """Return the index that chance alone passes with this probability.

    Args:
        bins: of the distribution; one bin cannot move.
        rows: of both samples, at least 1 each.
        tail: probability, shared over everything that is watched.
    """
    if bins < 2:  # noqa: PLR2004  # one bin holds everything
        return 0.0
    return chi_square_quantile(1 - tail, bins - 1) * sum(1 / count for count in rows)


def chi_square_quantile(share: float, freedom: int) -> float:
    """Return the value that a chi-square variable stays below with that probability.

    >>> round(chi_square_quantile(0.95, 9), 3), round(chi_square_quantile(0.95, 1), 3)
    (16.919, 3.841)
    """
    low, high = 0.0, float(freedom)
    while _below(high, freedom) < share:
        high *= 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _below(middle, freedom) < share:
            low = middle
        else:
            high = middle
        if high - low <= _ENOUGH * high:
            break
    return high


def _below(value: float, freedom: int) -> float:
    """The chi-square distribution function, by the series of the incomplete gamma function."""
    shape, half = freedom / 2, value / 2
    if half <= 0:
        return 0.0
    term = total = 1 / shape
    step = shape
    while term > total * _ENOUGH:
        step += 1
        term *= half / step
        total += term
    return total * math.exp(shape * math.log(half) - half - math.lgamma(shape))
