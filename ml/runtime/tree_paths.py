"""Every leaf of a forest as a path: which features it asks about, where, and at what cover.

Source: machine-learning.md section 7. Paths with the same number of distinct features lie
together, so that the sums of `tree_shap` need no padding. Thresholds become ranks among the
sorted thresholds of their feature: a row meets a path's conditions on a feature when its rank lies
in an interval, one unsigned comparison on small integers.

All trees are walked together, one level at a time; a node carries what the way to it asked.
"""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ml.runtime.forest import LEAF, Array, ForestArrays
from ml.runtime.model_refused import ModelRefused

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


@dataclass(frozen=True, slots=True, eq=False)
class _Front:
    """Nodes on one level and what the ways to them asked, one row a node.

    Attributes:
        node: index of the node, shape (n,).
        count: how many features were asked about so far, shape (n,).
        feature: column in the order first asked, -1 behind the last; shape (n, depth), as below.
        first: lowest rank that reaches the node.
        last: highest rank that does.
        kept: product of the cover shares kept.
    """

    node: NDArray[np.intp]
    count: NDArray[np.intp]
    feature: NDArray[np.int16]
    first: NDArray[np.uint16]
    last: NDArray[np.uint16]
    kept: Array

    def where(self, chosen: NDArray[np.bool_]) -> "_Front":
        """Return some of the nodes."""
        return _Front(*(getattr(self, each.name)[chosen] for each in fields(self)))

    @staticmethod
    def joined(parts: "list[_Front]") -> "_Front":
        """Return the nodes of all parts."""
        names = [each.name for each in fields(_Front)]
        return _Front(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def paths_of(arrays: ForestArrays, feature_count: int) -> Paths:
    """Return the paths of a checked forest.

    Raises:
        ModelRefused: one feature has more thresholds than there are ranks.
    """
    thresholds = tuple(
        np.unique(arrays.threshold[arrays.feature == column]) for column in range(feature_count)
    )
    if max(map(len, thresholds)) >= NO_UPPER:
        message = "The model's trees ask more than this version of Kasauti can explain"
        raise ModelRefused(message)
    leaves = _leaves(arrays, _ranks(arrays, thresholds))
    value = arrays.value.take(leaves.node) / arrays.trees
    base = float((value * leaves.kept.prod(axis=1)).sum())
    depths = np.unique(leaves.count).tolist()
    groups = tuple(_group(depth, leaves, value) for depth in depths if depth)
    return Paths(groups, thresholds, base)


def _ranks(arrays: ForestArrays, thresholds: tuple[NDArray[np.float32], ...]) -> NDArray[np.uint16]:
    """Return the rank of each node's threshold among those of its feature."""
    rank = np.zeros(len(arrays.feature), dtype=np.uint16)
    for column, marks in enumerate(thresholds):
        here = arrays.feature == column
        rank[here] = np.searchsorted(marks, arrays.threshold[here])
    return rank


def _leaves(arrays: ForestArrays, rank: NDArray[np.uint16]) -> _Front:
    """Return all leaves with what their paths ask."""
    front, found = _roots(arrays), []
    while len(front.node):
        leaf = arrays.feature.take(front.node) == LEAF
        found.append(front.where(leaf))
        front = _next_level(front.where(~leaf), arrays, rank)
    return _Front.joined(found)


def _roots(arrays: ForestArrays) -> _Front:
    shape = (arrays.trees, max(arrays.depth, 1))
    return _Front(
        node=arrays.root.astype(np.intp),
        count=np.zeros(arrays.trees, dtype=np.intp),
        feature=np.full(shape, LEAF, dtype=np.int16),
        first=np.zeros(shape, dtype=np.uint16),
        last=np.full(shape, NO_UPPER, dtype=np.uint16),
        kept=np.ones(shape),
    )


def _next_level(front: _Front, arrays: ForestArrays, rank: NDArray[np.uint16]) -> _Front:
    """Return the children of a level's inner nodes; a question asked again narrows its own slot."""
    asked, mark = arrays.feature.take(front.node), rank.take(front.node)
    again = front.feature == asked[:, np.newaxis]
    known = again.any(axis=1)
    slot = np.where(known, again.argmax(axis=1), front.count)
    here = (np.arange(len(slot)), slot)
    front.feature[here] = asked
    sides: list[_Front] = []
    for child in (arrays.left.take(front.node), arrays.right.take(front.node)):
        first, last, kept = front.first.copy(), front.last.copy(), front.kept.copy()
        if not sides:
            last[here] = np.minimum(last[here], mark)
        else:
            first[here] = np.maximum(first[here], mark + 1)
        kept[here] *= arrays.cover.take(child) / arrays.cover.take(front.node)
        node = child.astype(np.intp)
        sides.append(_Front(node, front.count + ~known, front.feature, first, last, kept))
    return _Front.joined(sides)


def _group(depth: int, leaves: _Front, value: Array) -> PathGroup:
    chosen = leaves.count == depth
    part = leaves.where(chosen)
    first, last = part.first[:, :depth].T, part.last[:, :depth].T
    width = np.minimum(last.astype(np.int64) - first + 1, NO_UPPER)
    return PathGroup(
        depth=depth,
        feature=np.ascontiguousarray(part.feature[:, :depth].T, dtype=np.intp),
        after=np.ascontiguousarray(first),
        width=np.ascontiguousarray(width, dtype=np.uint16),
        kept=np.ascontiguousarray(part.kept[:, :depth].T),
        value=value[chosen],
    )
