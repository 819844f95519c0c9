"""A random forest without scikit-learn: all trees walk one level at a time, in numpy.

One row takes the same walk: beside other work it is twice as fast as lists of Python numbers, whose
objects fall out of the cache, and half the memory.

Source: machine-learning.md sections 6 and 7. Inputs are rounded to float32 before any
comparison, as scikit-learn rounds them; thresholds are stored as the largest float32 not above
the trained one, so `x <= threshold` answers alike for every float32 x. Equal to
`RandomForestClassifier.predict_proba` to 1e-12.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ml.runtime.model_refused import ModelRefused

Array = NDArray[np.float64]
LEAF: Final = -1
BLOCK_ROWS: Final = 1_000  # keeps one numpy call short and its arrays in the cache
DEEPEST: Final = 16
COVER_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
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
    finite = all(np.isfinite(part).all() for part in (arrays.threshold, arrays.value, arrays.cover))
    if not finite or (arrays.cover <= 0).any() or arrays.value.min() < 0 or arrays.value.max() > 1:
        _refuse()
    _check_links(arrays, feature_count)
    if _depth(arrays) > DEEPEST:
        _refuse()


def _refuse() -> None:
    message = "The model's trees are damaged. Install Kasauti again"
    raise ModelRefused(message)


def _check_links(arrays: ForestArrays, feature_count: int) -> None:
    nodes, root = len(arrays.feature), arrays.root
    leaf = arrays.feature == LEAF
    if (arrays.feature < LEAF).any() or (arrays.feature >= feature_count).any():
        _refuse()
    if (arrays.left[leaf] != LEAF).any() or (arrays.right[leaf] != LEAF).any():
        _refuse()
    inner = np.flatnonzero(~leaf)
    left, right = arrays.left[inner], arrays.right[inner]
    if root[0] != 0 or (np.diff(root) <= 0).any() or root[-1] >= nodes:
        _refuse()
    ends = np.append(root[1:], nodes)[np.searchsorted(root, inner, side="right") - 1]
    if (left <= inner).any() or (right <= inner).any() or (np.maximum(left, right) >= ends).any():
        _refuse()
    reached = np.bincount(np.concatenate([left, right, root]), minlength=nodes)
    if (reached != 1).any():
        _refuse()
    total = arrays.cover[left] + arrays.cover[right]
    if (np.abs(total - arrays.cover[inner]) > COVER_TOLERANCE * arrays.cover[inner]).any():
        _refuse()


def _depth(arrays: ForestArrays) -> int:
    level, depth = arrays.root.astype(np.int64), 0
    while True:
        level = level[arrays.feature[level] != LEAF]
        if not len(level) or depth > DEEPEST:
            return depth
        level = np.concatenate([arrays.left[level], arrays.right[level]])
        depth += 1


class Forest:
    """Answers the probability of one row or of many."""

    def __init__(self, arrays: ForestArrays) -> None:
        self.arrays = arrays
        leaf = arrays.feature == LEAF
        here = np.arange(len(leaf), dtype=np.int32)
        self._depth = _depth(arrays)
        self._asked = np.where(leaf, 0, arrays.feature).astype(np.int32)
        self._marks = arrays.threshold
        self._next = np.stack(
            [np.where(leaf, here, arrays.left), np.where(leaf, here, arrays.right)], axis=1
        ).ravel()

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
        row_start = np.arange(len(rows), dtype=np.int32) * rows.shape[1]
        node = np.repeat(self.arrays.root[:, np.newaxis], len(rows), axis=1)
        for _ in range(self._depth):
            place = self._asked.take(node)
            place += row_start
            goes_right = flat.take(place) > self._marks.take(node)
            node += node
            node += goes_right
            node = self._next.take(node)
        answers = self.arrays.value.take(node)
        return np.asarray(answers.sum(axis=0) / self.arrays.trees)
