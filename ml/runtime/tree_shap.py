"""Exact path-dependent TreeSHAP by Gauss-Legendre quadrature, numpy only.

Source: machine-learning.md section 7. For a path with value v over features D, with o_j = 1 when
the row meets its conditions on j and z_j the cover share kept there,

    phi_i = sum over paths of v (o_i - z_i) integral_0^1 prod_{j != i} (z_j + (o_j - z_j) t) dt.

The integrand has degree |D| - 1, so ceil(|D| / 2) points are exact. Every factor is positive, so
the product without i is the whole product divided by i's factor. Equal to
`shap.TreeExplainer` (tree_path_dependent) to 1e-9.

One row: all paths at once. Many rows: path by path; a path knows at most 2**|D| patterns of o, and
the rows show few of them, so each pattern is computed once. Every numpy call is short, so other
threads get their turn.
"""

from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ml.runtime.forest import Array
from ml.runtime.quadrature import points_on_unit
from ml.runtime.tree_paths import PathGroup, Paths

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

FEW_ROWS: Final = 400  # below, one by one is faster than path by path
CHUNK_ROWS: Final = 4_000


class ExplainCancelledError(Exception):
    """The caller asked to stop; nothing was answered."""


class TreeShap:
    """Contributions of a forest's features to its probability."""

    def __init__(self, paths: Paths, feature_count: int) -> None:
        self.paths = paths
        self.base = paths.base
        self._count = feature_count
        self._groups = [_QuadratureGroup(group) for group in paths.groups]

    def contributions(self, row: Array) -> Array:
        """Return one row's contributions, shape (features,)."""
        ranks = self.paths.ranks(row[np.newaxis, :])[:, 0]
        total = np.zeros(self._count)
        for group in self._groups:
            total += group.contributions(ranks, self._count)
        return total

    def contributions_of_many(
        self, rows: Array, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Array:
        """Return contributions, shape (n, features).

        Args:
            rows: shape (n, features).
            progress: called with (steps done, steps in all) from time to time.
            cancelled: asked from time to time; true stops the work.

        Raises:
            ExplainCancelledError: `cancelled` answered true.
        """
        watch = _Watch(progress or _no_progress, cancelled or _never)
        if len(rows) < FEW_ROWS:
            return self._one_by_one(rows, watch)
        edges = [*range(0, len(rows), CHUNK_ROWS), len(rows)]
        watch.total = (len(edges) - 1) * sum(len(group.value) for group in self.paths.groups)
        parts = [self._by_pattern(rows[start:stop], watch) for start, stop in pairwise(edges)]
        return np.concatenate(parts)

    def _one_by_one(self, rows: Array, watch: "_Watch") -> Array:
        watch.total = len(rows)
        found = np.zeros((len(rows), self._count))
        for position, row in enumerate(rows):
            found[position] = self.contributions(row)
            watch.step()
        return found

    def _by_pattern(self, rows: Array, watch: "_Watch") -> Array:
        ranks = self.paths.ranks(rows)
        total = np.zeros((self._count, len(rows)))
        for group in self._groups:
            for path in range(group.paths):
                group.add_path(path, ranks, total)
                watch.step()
        return total.T


class _Watch:
    """Counts steps, tells progress and asks whether to go on."""

    EVERY: Final = 64

    def __init__(self, progress: Progress, cancelled: Cancelled) -> None:
        self.total = 0
        self._done = 0
        self._progress = progress
        self._cancelled = cancelled

    def step(self) -> None:
        self._done += 1
        if self._done % self.EVERY == 0 or self._done == self.total:
            self._progress(self._done, self.total)
            if self._cancelled():
                raise ExplainCancelledError


class _QuadratureGroup:
    """The paths of one depth with their quadrature points made ready.

    A factor is z (1 - t) + o t. Both terms are made anew for each row: kept, they would double
    the memory of an explaining desk and save nothing.
    """

    def __init__(self, group: PathGroup) -> None:
        self._group = group
        times, weights = points_on_unit((group.depth + 1) // 2)
        self._step = np.array(times)[:, np.newaxis, np.newaxis]  # t, shape (q, 1, 1)
        self._rest = 1.0 - self._step
        self._weights = np.array(weights)[:, np.newaxis]
        self._columns = group.feature.ravel()

    @cached_property
    def _shape_of_paths(self) -> list[tuple[list[int], NDArray[np.uint16], NDArray[np.uint16]]]:
        """Columns, first ranks and widths of each path: only many rows need them."""
        group = self._group
        return [
            (feature.tolist(), after, width)
            for feature, after, width in zip(
                group.feature.T, group.after.T, group.width.T, strict=True
            )
        ]

    @cached_property
    def _bits(self) -> NDArray[np.intp]:
        """All patterns of o as columns of 0 and 1."""
        bits = np.arange(self._group.depth)[:, np.newaxis]
        return (np.arange(1 << self._group.depth)[np.newaxis] >> bits) & 1

    @property
    def paths(self) -> int:
        """Number of paths."""
        return len(self._group.value)

    def contributions(self, ranks: NDArray[np.uint16], count: int) -> Array:
        """Return the sum over the group's paths for one row, shape (count,)."""
        group = self._group
        meets = (ranks[group.feature] - group.after < group.width).astype(np.float64)
        factors = group.kept * self._rest  # (q, depth, n)
        factors += meets * self._step
        products = np.multiply.reduce(factors, axis=1)
        products *= self._weights
        products *= group.value
        np.divide(products[:, np.newaxis], factors, out=factors)
        gains = np.add.reduce(factors, axis=0)
        meets -= group.kept
        gains *= meets
        sums = np.bincount(self._columns, weights=gains.ravel(), minlength=count)
        return sums.astype(np.float64, copy=False)

    def add_path(self, path: int, ranks: NDArray[np.uint16], total: Array) -> None:
        """Add one path's contributions for many rows to `total`, shape (features, n)."""
        features, after, width = self._shape_of_paths[path]
        codes = np.zeros(ranks.shape[1], dtype=np.intp)
        for bit, column in enumerate(features):
            codes |= (ranks[column] - after[bit] < width[bit]).astype(np.intp) << bit
        present = np.flatnonzero(np.bincount(codes, minlength=1 << len(features)))
        table = np.zeros((len(features), 1 << len(features)))
        table[:, present] = self._pattern_gains(path, present)
        for bit, column in enumerate(features):
            total[column] += table[bit][codes]

    def _pattern_gains(self, path: int, patterns: NDArray[np.intp]) -> Array:
        """Return the contributions of some patterns of o on one path, shape (depth, patterns)."""
        meets = self._bits[:, patterns].astype(np.float64)
        kept = self._group.kept[:, path, np.newaxis]
        factors = kept * self._rest + meets * self._step
        products = np.multiply.reduce(factors, axis=1)
        products *= self._weights * self._group.value[path]
        np.divide(products[:, np.newaxis], factors, out=factors)
        gains = np.add.reduce(factors, axis=0)
        gains *= meets - kept
        return np.asarray(gains)


def _no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


def _never() -> bool:
    """Go on."""
    return False
