"""Every leaf of a forest as a path: which features it asks about, where, and at what cover.

Source: machine-learning.md section 7. Paths with the same number of distinct features lie
together, so that the sums of `tree_shap` need no padding. Thresholds become ranks among the
sorted thresholds of their feature: a row meets a path's conditions on a feature when its rank lies
in an interval, one unsigned comparison on small integers.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ml.runtime.forest import LEAF, Array, ForestArrays

NO_UPPER: Final = 65_535


@dataclass(frozen=True, slots=True, eq=False)
class PathGroup:
    """All paths with `depth` distinct features; arrays have shape (depth, paths).

    Attributes:
        feature: column asked about.
        after: first rank that meets the conditions.
        width: how many ranks do; rank - after, as unsigned, is below it.
        kept: product of the cover shares kept at the splits on the feature (z).
        value: of the leaf over the number of trees, shape (paths,).
    """

    depth: int
    feature: NDArray[np.intp]
    after: NDArray[np.uint16]
    width: NDArray[np.uint16]
    kept: Array
    value: Array


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """The forest as paths.

    Attributes:
        groups: by number of distinct features, ascending.
        thresholds: sorted unique thresholds of each feature, float32.
        base: value of the empty question: the mean over all paths by cover.
    """

    groups: tuple[PathGroup, ...]
    thresholds: tuple[NDArray[np.float32], ...]
    base: float

    def ranks(self, rows: Array) -> NDArray[np.uint16]:
        """Return the rank of each value among its feature's thresholds, shape (28, n)."""
        rounded = rows.astype(np.float32)
        return np.stack(
            [
                np.searchsorted(marks, rounded[:, column], side="left").astype(np.uint16)
                for column, marks in enumerate(self.thresholds)
            ]
        )


# feature -> (first rank, last rank, cover share kept)
_Asked = dict[int, tuple[int, int, float]]


@dataclass(frozen=True, slots=True)
class _Tables:
    """Node lists with thresholds already ranked."""

    feature: list[int]
    rank: list[int]
    left: list[int]
    right: list[int]
    value: list[float]
    cover: list[float]


def paths_of(arrays: ForestArrays, feature_count: int) -> Paths:
    """Return the paths of a checked forest."""
    thresholds = tuple(
        np.unique(arrays.threshold[arrays.feature == column]) for column in range(feature_count)
    )
    tables = _tables(arrays, thresholds)
    found: dict[int, list[tuple[_Asked, float]]] = defaultdict(list)
    for root in arrays.root.tolist():
        for asked, value in _leaves(tables, root):
            found[len(asked)].append((asked, value / arrays.trees))
    base = sum(
        value * float(np.prod([kept for _, _, kept in asked.values()]))
        for paths in found.values()
        for asked, value in paths
    )
    groups = tuple(_group(depth, found[depth]) for depth in sorted(found) if depth)
    return Paths(groups, thresholds, base)


def _tables(arrays: ForestArrays, thresholds: tuple[NDArray[np.float32], ...]) -> _Tables:
    rank = np.zeros(len(arrays.feature), dtype=np.int64)
    for column, marks in enumerate(thresholds):
        here = arrays.feature == column
        rank[here] = np.searchsorted(marks, arrays.threshold[here])
    return _Tables(
        arrays.feature.tolist(),
        rank.tolist(),
        arrays.left.tolist(),
        arrays.right.tolist(),
        arrays.value.tolist(),
        arrays.cover.tolist(),
    )


def _leaves(tables: _Tables, root: int) -> list[tuple[_Asked, float]]:
    """Return the leaves of one tree with what their paths ask."""
    leaves: list[tuple[_Asked, float]] = []
    waiting: list[tuple[int, _Asked]] = [(root, {})]
    while waiting:
        node, asked = waiting.pop()
        column = tables.feature[node]
        if column == LEAF:
            leaves.append((asked, tables.value[node]))
            continue
        first, last, kept = asked.get(column, (0, NO_UPPER, 1.0))
        rank, cover = tables.rank[node], tables.cover[node]
        left, right = tables.left[node], tables.right[node]
        left_share, right_share = tables.cover[left] / cover, tables.cover[right] / cover
        waiting.append((left, {**asked, column: (first, min(last, rank), kept * left_share)}))
        waiting.append((right, {**asked, column: (max(first, rank + 1), last, kept * right_share)}))
    return leaves


def _group(depth: int, paths: list[tuple[_Asked, float]]) -> PathGroup:
    columns = np.array([list(asked) for asked, _ in paths], dtype=np.intp).T
    bounds = np.array([list(asked.values()) for asked, _ in paths])  # (paths, depth, 3)
    first, last = bounds[:, :, 0].T.astype(np.int64), bounds[:, :, 1].T.astype(np.int64)
    return PathGroup(
        depth=depth,
        feature=np.ascontiguousarray(columns),
        after=np.ascontiguousarray(first.astype(np.uint16)),
        width=np.ascontiguousarray(np.minimum(last - first + 1, NO_UPPER).astype(np.uint16)),
        kept=np.ascontiguousarray(bounds[:, :, 2].T),
        value=np.array([value for _, value in paths]),
    )
