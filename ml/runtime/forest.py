"""A random forest without scikit-learn: all trees walk one level at a time, in numpy.

One row takes the same walk: beside other work it is twice as fast as lists of Python numbers, whose
objects fall out of the cache, and half the memory. Indices are kept as wide as the machine's own,
since `take` would widen them at every level; a block's arrays are made once and used at each level.

Source: machine-learning.md sections 6 and 7. Inputs are rounded to float32 before any
comparison, as scikit-learn rounds them; thresholds are stored as the largest float32 not above
the trained one, so `x <= threshold` answers alike for every float32 x. Equal to
`RandomForestClassifier.predict_proba` to 1e-12.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ml.runtime.model_refused import ModelRefused

Array = NDArray[np.float64]
LEAF: Final = -1
BLOCK_ROWS: Final = 256  # keeps one numpy call short and its arrays in the cache
DEEPEST: Final = 16
COVER_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, eq=False)
class ForestArrays:
    """All trees end to end; children come after their parent.

    Attributes:
        feature: int16, LEAF at leaves.
        threshold: float32; a row goes left when its value is at most this.
        left: int32, index of the left child; LEAF at leaves.
        right: int32, likewise.
        value: float64, share of bads at the node, 0 to 1.
        cover: float64, weight of training rows at the node.
        root: int32, first node of each tree, ascending.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Array
    cover: Array
    root: NDArray[np.int32]

    @property
    def trees(self) -> int:
        """Number of trees."""
        return len(self.root)

    @cached_property
    def depth(self) -> int:
        """Most questions on a path; more than `DEEPEST` is told as one more."""
        level, depth = self.root.astype(np.intp), 0
        while depth <= DEEPEST:
            level = level[self.feature.take(level) != LEAF]
            if not len(level):
                break
            level = np.concatenate([self.left.take(level), self.right.take(level)])
            depth += 1
        return depth


TYPES: Final = {
    "feature": np.int16,
    "threshold": np.float32,
    "left": np.int32,
    "right": np.int32,
    "value": np.float64,
    "cover": np.float64,
    "root": np.int32,
}


def check_arrays(arrays: ForestArrays, feature_count: int) -> None:
    """Refuse arrays that could not have come from a trained forest.

    Raises:
        ModelRefused: wrong type, shape, bound, order, cover sum or a value that is not finite.
    """
    nodes = len(arrays.feature)
    for name, kind in TYPES.items():
        found = getattr(arrays, name)
        right_size = found.ndim == 1 and (name == "root" or len(found) == nodes)
        if found.dtype != kind or not right_size:
            _refuse()
    if not nodes or not arrays.trees:
        _refuse()
    _check_values(arrays)
    _check_links(arrays, feature_count)
    if arrays.depth > DEEPEST:
        _refuse()


def _refuse() -> None:
    message = "The model's trees are damaged. Install Kasauti again"
    raise ModelRefused(message)


def _check_values(arrays: ForestArrays) -> None:
    """The smallest and the largest number tell of all: with a NaN both are NaN, in no range."""
    threshold, value, cover = arrays.threshold, arrays.value, arrays.cover
    holds = (
        np.isfinite(threshold.min()),
        np.isfinite(threshold.max()),
        value.min() >= 0.0,
        value.max() <= 1.0,
        cover.min() > 0.0,
        cover.max() < np.inf,
    )
    if not all(holds):
        _refuse()


def _check_links(arrays: ForestArrays, feature_count: int) -> None:
    nodes, root = len(arrays.feature), arrays.root
    leaf = arrays.feature == LEAF
    if arrays.feature.min() < LEAF or arrays.feature.max() >= feature_count:
        _refuse()
    if ((arrays.left == LEAF) != leaf).any() or ((arrays.right == LEAF) != leaf).any():
        _refuse()
    if root[0] != 0 or (np.diff(root) <= 0).any() or root[-1] >= nodes:
        _refuse()
    inner = np.flatnonzero(~leaf)
    left, right = arrays.left.take(inner), arrays.right.take(inner)
    ends = np.repeat(np.append(root[1:], nodes), np.diff(np.append(root, nodes))).take(inner)
    if (left <= inner).any() or (right <= inner).any() or (np.maximum(left, right) >= ends).any():
        _refuse()
    reached = np.bincount(np.concatenate([left, right, root]), minlength=nodes)
    if (reached != 1).any():
        _refuse()
    whole = arrays.cover.take(inner)
    total = arrays.cover.take(left) + arrays.cover.take(right)
    if (np.abs(total - whole) > COVER_TOLERANCE * whole).any():
        _refuse()


class Forest:
    """Answers the probability of one row or of many."""

    def __init__(self, arrays: ForestArrays) -> None:
        self.arrays = arrays
        leaf = arrays.feature == LEAF
        here = np.arange(len(leaf), dtype=np.intp)
        self._root = arrays.root.astype(np.intp)[:, np.newaxis]
        self._asked = np.maximum(arrays.feature, 0).astype(np.intp)
        self._next = np.empty(2 * len(leaf), dtype=np.intp)  # left at 2 i, right at 2 i + 1
        self._next[::2] = np.where(leaf, here, arrays.left)
        self._next[1::2] = np.where(leaf, here, arrays.right)

    def probability(self, row: Sequence[float]) -> float:
        """Return the mean share of bads over the trees, for one row."""
        return float(self._block(np.asarray(row, dtype=np.float32)[np.newaxis, :])[0])

    def probabilities(self, rows: Array) -> Array:
        """Return the probabilities of many rows, shape (n,), in blocks."""
        rounded = np.ascontiguousarray(rows, dtype=np.float32)
        edges = [*range(0, len(rounded), BLOCK_ROWS), len(rounded)]
        blocks = [self._block(rounded[start:stop]) for start, stop in pairwise(edges)]
        return np.concatenate(blocks) if blocks else np.zeros(0)

    def _block(self, rows: NDArray[np.float32]) -> Array:
        """Walk all trees and rows of a block one level at a time; leaves lead to themselves."""
        flat = rows.ravel()
        row_start = np.arange(len(rows), dtype=np.intp) * rows.shape[1]
        node = np.repeat(self._root, len(rows), axis=1)
        place = np.empty_like(node)
        value = np.empty(node.shape, dtype=np.float32)
        mark = np.empty(node.shape, dtype=np.float32)
        goes_right = np.empty(node.shape, dtype=np.bool_)
        for _ in range(self.arrays.depth):
            # Indices were checked at loading: "wrap" only spares take a copy of its answer.
            self._asked.take(node, out=place, mode="wrap")
            place += row_start
            flat.take(place, out=value, mode="wrap")
            self.arrays.threshold.take(node, out=mark, mode="wrap")
            np.greater(value, mark, out=goes_right)
            node += node
            node += goes_right
            self._next.take(node, out=place, mode="wrap")
            node, place = place, node
        answers = self.arrays.value.take(node)
        return np.asarray(answers.sum(axis=0) / self.arrays.trees)
