"""Writes a fitted forest as a model folder and proves that the copy answers like the original.

Source: machine-learning.md sections 5 and 6. The same forest gives the same bytes: the archive's
times are fixed and arrays are written in one order. The proof compares with scikit-learn to 1e-12
and with `shap.TreeExplainer` to 1e-9 on the rows handed in.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shap
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier

from ml.features import FEATURE_COUNT
from ml.runtime.forest import LEAF, TYPES, Array, Forest, ForestArrays, check_arrays
from ml.runtime.tree_paths import paths_of
from ml.runtime.tree_shap import TreeShap
from ml.training.cross_fitting import bad_share

FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
PROBABILITY_TOLERANCE: Final = 1e-12
CONTRIBUTION_TOLERANCE: Final = 1e-9


class ExportDiffersError(Exception):
    """The exported model does not answer like the trained one; nothing may be signed."""


@dataclass(frozen=True, slots=True)
class ExportCheck:
    """Largest differences found.

    Attributes:
        rows: rows compared on probability.
        explained_rows: rows compared on contributions.
        probability: against scikit-learn.
        contribution: against shap.
        additivity: of base plus contributions against the probability.
    """

    rows: int
    explained_rows: int
    probability: float
    contribution: float
    additivity: float


def forest_arrays(forest: RandomForestClassifier) -> ForestArrays:
    """Return the trees end to end, thresholds rounded down to float32.

    Raises:
        ModelRefused: the forest breaks a rule of the file format.
    """
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in TYPES}
    first = 0
    for estimator in forest.estimators_:
        tree = estimator.tree_
        for name, values in _tree_arrays(tree, first).items():
            parts[name].append(values)
        parts["root"].append(np.array([first]))
        first += int(tree.node_count)
    arrays = ForestArrays(
        **{name: np.concatenate(parts[name]).astype(kind) for name, kind in TYPES.items()}
    )
    check_arrays(arrays, FEATURE_COUNT)
    return arrays


def _tree_arrays(tree: Any, first: int) -> dict[str, NDArray[Any]]:  # noqa: ANN401  # sklearn's Tree has no types
    leaf = tree.children_left < 0
    rounded = tree.threshold.astype(np.float32)
    below = np.nextafter(rounded, np.float32(-np.inf))
    threshold = np.where(rounded.astype(np.float64) > tree.threshold, below, rounded)
    share = tree.value[:, 0, :]
    return {
        "feature": np.where(leaf, LEAF, tree.feature),
        "threshold": np.where(leaf, np.float32(0), threshold),
        "left": np.where(leaf, LEAF, tree.children_left + first),
        "right": np.where(leaf, LEAF, tree.children_right + first),
        "value": share[:, 1] / share.sum(axis=1),
        "cover": tree.weighted_n_node_samples,
    }


def packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return an npz archive whose bytes depend on the arrays alone.

    An array that packing does not halve is stored as it is: unpacking such arrays is a fifth of
    the time a desk needs to load a model.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            content = io.BytesIO()
            np.lib.format.write_array(content, arrays[name], allow_pickle=False)
            member = content.getvalue()
            halved = 2 * len(zlib.compress(member, 9)) <= len(member)
            entry = zipfile.ZipInfo(f"{name}.npy", FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED if halved else zipfile.ZIP_STORED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, member)
    return target.getvalue()


def write_model(
    folder: Path, document: Mapping[str, Any], arrays: ForestArrays, golden_rows: Array
) -> None:
    """Write model.json, forest.npz and golden.npz; signing is the caller's."""
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps(document, indent=1, sort_keys=True, allow_nan=False) + "\n"
    (folder / "model.json").write_bytes(content.encode())
    trees = {name: getattr(arrays, name) for name in TYPES}
    (folder / "forest.npz").write_bytes(packed(trees))
    shap_of = TreeShap(paths_of(arrays, FEATURE_COUNT), FEATURE_COUNT)
    golden = {
        "rows": golden_rows,
        "probabilities": Forest(arrays).probabilities(golden_rows),
        "contributions": np.ascontiguousarray(shap_of.contributions_of_many(golden_rows)),
    }
    (folder / "golden.npz").write_bytes(packed(golden))


def check_export(
    forest: RandomForestClassifier, arrays: ForestArrays, rows: Array, explained_rows: int
) -> ExportCheck:
    """Compare the exported forest with scikit-learn and shap.

    Args:
        forest: as fitted.
        arrays: as exported.
        rows: filled, shape (n, 28).
        explained_rows: how many of them, from the first, are compared on contributions.

    Raises:
        ExportDiffersError: a difference is over its tolerance.
    """
    ours = Forest(arrays).probabilities(rows)
    few = rows[:explained_rows]
    shap_of = TreeShap(paths_of(arrays, FEATURE_COUNT), FEATURE_COUNT)
    contributions = shap_of.contributions_of_many(few)
    theirs = shap.TreeExplainer(forest).shap_values(few, check_additivity=False)[..., 1]
    found = ExportCheck(
        rows=len(rows),
        explained_rows=len(few),
        probability=float(np.abs(ours - bad_share(forest, rows)).max()),
        contribution=float(np.abs(contributions - theirs).max()),
        additivity=float(np.abs(shap_of.base + contributions.sum(axis=1) - ours[: len(few)]).max()),
    )
    exact = max(found.probability, found.additivity) <= PROBABILITY_TOLERANCE
    if not exact or found.contribution > CONTRIBUTION_TOLERANCE:
        message = f"the export differs from the trained model: {found}"
        raise ExportDiffersError(message)
    return found
