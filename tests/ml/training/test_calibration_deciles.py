from itertools import pairwise

import numpy as np

from ml.training.calibration_deciles import calibration_deciles


def test_tenths_hold_every_row_and_run_from_best_to_worst():
    rng = np.random.default_rng(7)
    index = rng.random(1_000)
    labels = (rng.random(1_000) < index * 0.2).astype(np.int64)
    found = calibration_deciles(labels, index, index * 0.2)
    assert len(found) == 10
    assert sum(row["rows"] for row in found) == 1_000
    assert sum(row["bads"] for row in found) == int(labels.sum())
    assert all(a["index_to"] < b["index_from"] for a, b in pairwise(found))
    assert all(abs(row["expected"] - row["observed"]) < 0.1 for row in found)


def test_ties_stay_together():
    index = np.array([0.2] * 50 + [0.6] * 50)
    labels = np.array([0] * 45 + [1] * 5 + [0] * 30 + [1] * 20)
    found = calibration_deciles(labels, index, index)
    assert sum(row["rows"] for row in found) == 100
    assert len(found) <= 2
