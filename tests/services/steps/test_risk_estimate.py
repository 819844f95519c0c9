from dataclasses import FrozenInstanceError

import pytest


def test_an_estimate_cannot_be_changed(submitted):
    with pytest.raises(FrozenInstanceError):
        submitted.estimate.risk_probability = 0.0
    assert len(submitted.estimate.contributors) == 28
    assert len(submitted.estimate.groups) == 6
