"""The bundled champion's own trees, put back into scikit-learn: what its figures are held against.

A small forest is fitted to the champion's golden rows, only so that scikit-learn and shap find all
they expect; then each of its trees is replaced by the champion's tree of that number. Thresholds
are the champion's float32 ones, so both answer the same questions: `largest_difference` proves it.
"""

from itertools import pairwise
from typing import Any

import numpy as np

DEPTH = 10


def forest_of(arrays: Any, rows: Any, probabilities: Any) -> Any:  # noqa: ANN401 - numpy and sklearn
    """A RandomForestClassifier with these trees, on one processor.

    Args:
        arrays: the `ForestArrays` of a verified model.
        rows: a DataFrame of its golden rows, so that the forest knows the names of its columns.
        probabilities: of these rows.
    """
    from sklearn.ensemble import RandomForestClassifier

    forest = RandomForestClassifier(arrays.trees, max_depth=DEPTH, random_state=42, n_jobs=1)
    forest.fit(rows, (probabilities > np.median(probabilities)).astype(int))
    edges = [*arrays.root.tolist(), len(arrays.feature)]
    for estimator, (start, stop) in zip(forest.estimators_, pairwise(edges), strict=True):
        estimator.tree_ = _tree(arrays, start, stop, estimator.tree_)
    return forest


def _tree(arrays: Any, start: int, stop: int, fitted: Any) -> Any:  # noqa: ANN401 - as above
    here = slice(start, stop)
    leaf = arrays.feature[here] < 0
    nodes = np.zeros(stop - start, dtype=fitted.__getstate__()["nodes"].dtype)
    nodes["left_child"] = np.where(leaf, -1, arrays.left[here] - start)
    nodes["right_child"] = np.where(leaf, -1, arrays.right[here] - start)
    nodes["feature"] = np.where(leaf, -2, arrays.feature[here])
    nodes["threshold"] = np.where(leaf, -2.0, arrays.threshold[here])
    nodes["weighted_n_node_samples"] = arrays.cover[here]
    nodes["n_node_samples"] = np.maximum(arrays.cover[here].round(), 1)
    share = arrays.value[here]
    values = np.ascontiguousarray(np.stack([1.0 - share, share], axis=1)[:, np.newaxis])
    tree = type(fitted)(fitted.n_features, np.array([2]), 1)
    tree.__setstate__(
        {"max_depth": DEPTH, "node_count": len(nodes), "nodes": nodes, "values": values}
    )
    return tree
