"""The forest answers like scikit-learn on 10,000 rows, thresholds' edges included."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ml.runtime.forest import Forest, check_arrays
from ml.runtime.model_refused import ModelRefused
from ml.training.cross_fitting import bad_share

if TYPE_CHECKING:
    from tests.ml.conftest import SmallForest


def test_batch_equals_sklearn_on_10000_rows(small: "SmallForest") -> None:
    ours = Forest(small.arrays).probabilities(small.rows)
    assert len(ours) == 10_000
    assert np.abs(ours - bad_share(small.forest, small.rows)).max() <= 1e-12


def test_one_row_equals_the_batch_on_10000_rows(small: "SmallForest") -> None:
    forest = Forest(small.arrays)
    one_by_one = np.array([forest.probability(row) for row in small.rows.tolist()])
    assert np.abs(one_by_one - forest.probabilities(small.rows)).max() <= 1e-12


def test_every_threshold_is_met_exactly(small: "SmallForest") -> None:
    """A value on a trained threshold, one float32 above and one below: sklearn's way each time."""
    inner = np.flatnonzero(small.arrays.feature >= 0)[:3_000]
    rows = np.repeat(small.rows[:1], len(inner) * 3, axis=0)
    marks = small.arrays.threshold[inner]
    sides = np.concatenate(
        [marks, np.nextafter(marks, np.float32(np.inf)), np.nextafter(marks, np.float32(-np.inf))]
    )
    rows[np.arange(len(rows)), np.tile(small.arrays.feature[inner], 3)] = sides
    ours = Forest(small.arrays).probabilities(rows)
    assert np.abs(ours - bad_share(small.forest, rows)).max() <= 1e-12


def test_no_rows_give_no_answers(small: "SmallForest") -> None:
    assert Forest(small.arrays).probabilities(np.zeros((0, 28))).shape == (0,)


def _changed(small: "SmallForest", name: str, at: int, value: float) -> Any:
    part = getattr(small.arrays, name).copy()
    part[at] = value
    return replace(small.arrays, **{name: part})


@pytest.mark.parametrize(
    ("name", "at", "value"),
    [
        ("feature", 0, 28),
        ("feature", 0, -2),
        ("left", 0, 0),
        ("right", 0, 2**30),
        ("left", 0, 2),
        ("value", 5, float("nan")),
        ("value", 5, 1.5),
        ("threshold", 0, float("inf")),
        ("cover", 0, 1.0),
        ("cover", 0, 0.0),
        ("root", 0, 1),
        ("root", 1, 0),
    ],
)
def test_damaged_arrays_are_refused(small: "SmallForest", name: str, at: int, value: float) -> None:
    with pytest.raises(ModelRefused):
        check_arrays(_changed(small, name, at, value), 28)


def test_wrong_type_and_empty_are_refused(small: "SmallForest") -> None:
    wrong = replace(small.arrays, threshold=small.arrays.threshold.astype(np.float64))
    with pytest.raises(ModelRefused):
        check_arrays(wrong, 28)
    empty = {name: getattr(small.arrays, name)[:0] for name in small.arrays.__dataclass_fields__}
    with pytest.raises(ModelRefused):
        check_arrays(replace(small.arrays, **empty), 28)
