"""A candidate's row: interval, counts, recall at each cut-off, confusion at the last."""

import numpy as np
import pytest

from ml.training.candidate_figures import candidate_figures


def test_recall_falls_with_the_cut_off_and_confusion_is_that_of_the_last() -> None:
    rng = np.random.default_rng(5)
    index = rng.random(1_000)
    labels = (rng.random(1_000) < index * 0.3).astype(np.int64)
    found = candidate_figures("any", (labels, index, index * 0.3), (0.6, 0.7), (0.3, 0.5))
    recalls = found["recall_at"]
    assert list(recalls) == ["0.3", "0.5"]
    assert recalls["0.3"] > recalls["0.5"] == found["recall"]
    assert sum(found["confusion"].values()) == found["rows"] == 1_000
    assert found["confusion"]["tp"] + found["confusion"]["fn"] == found["bads"]
    assert found["auc_low"] < found["auc"] < found["auc_high"]
    assert found["folds"] == [0.6, 0.7]
    assert sum(row["rows"] for row in found["deciles"]) == 1_000
    assert found["brier"] == pytest.approx(float(np.mean((index * 0.3 - labels) ** 2)))
