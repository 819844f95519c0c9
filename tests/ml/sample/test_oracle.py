"""The oracle: sealed beside the table, opened whole, absent where nobody sealed one."""

from pathlib import Path

import numpy as np
import pytest

from ml.sample.oracle import ORACLE_FILE, open_oracle, seal_oracle


def test_what_is_sealed_is_what_is_opened(tmp_path: Path) -> None:
    truth = {"true_probabilities": np.array([0.1, 0.9]), "defaults": np.array([0, 1])}
    seal_oracle(tmp_path, truth)
    opened = open_oracle(tmp_path)
    assert set(opened) == set(truth)
    assert all((opened[name] == truth[name]).all() for name in truth)
    assert (tmp_path / ORACLE_FILE).is_file()


def test_no_oracle_no_answer(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="oracle"):
        open_oracle(tmp_path)
