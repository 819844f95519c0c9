"""The families of the model room: figures that are not there are null, never 0."""

from tests.rules.lending_vectors import RULEBOOK, TODAY, calculate


def test_groups_without_any_approval_have_no_ratio() -> None:
    counts = {"a_approved": 0, "a_total": 9, "b_approved": 0, "b_total": 4}
    assert calculate("approval_fairness", counts, RULEBOOK, TODAY) == {
        "a_rate": "0.0000",
        "b_rate": "0.0000",
        "ratio": None,
        "four_fifths": "PASS",
        "parity_gap": "0.0000",
    }


def test_a_list_of_inputs_keeps_its_order_with_refusals_in_place() -> None:
    right = {"expected_shares": ["1"], "actual_shares": ["1"]}
    wrong = {"expected_shares": ["1"], "actual_shares": ["0.9"]}
    found = calculate("population_stability", [right, wrong, right], RULEBOOK, TODAY)
    assert found == [
        {"psi": "0.000000", "status": "STABLE"},
        {
            "refused": True,
            "message": "Give the field “actual_shares” as shares that add up to 1",
            "field": "actual_shares",
        },
        {"psi": "0.000000", "status": "STABLE"},
    ]
