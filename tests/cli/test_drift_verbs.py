"""`portfolio drift`: the fields of the contract."""

import pytest


@pytest.fixture
def drift(own_desk, fill, run_on):
    fill(40, 60)
    return lambda *words: run_on(own_desk, "portfolio", "drift", *words)


def test_features_with_their_index_rows_and_state(drift):
    answer = drift().answer
    assert answer["as_of"]
    assert len(answer["features"]) == 29
    first = answer["features"][0]
    assert {"name", "psi", "n", "state"} <= set(first)
    assert (first["name"], first["state"], first["n"]) == (
        "credit_score", "TOO_FEW", answer["applications"],
    )  # fmt: skip
    assert answer["reference"] == "development"
    assert answer["alerts"] == []
    assert {each["risk_level"] for each in answer["calibration"]} == {"Low", "Medium", "High"}
    assert answer["calibration_synthetic"] is True
    assert {each["recommendation"] for each in answer["decisions"]} == {
        "Approve", "Refer", "Reject",
    }  # fmt: skip
    assert answer["outcomes"]["enough"] is False
    assert any("months after pay-out" in line for line in answer["method"])


def test_a_maker_may_not_see_it(drift):
    assert drift("--as", "maker1").code == 8
