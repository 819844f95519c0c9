"""`portfolio stress`: the fields of the contract, by name and by file, and its refusals."""

from decimal import Decimal

import pytest

SHOCKS = {
    "rate_shock_bp": 200,
    "income_shock_percent": -15,
    "unemployment_points": "5.00",
    "collateral_haircut_percent": 20.0,
}


@pytest.fixture
def stress(own_desk, fill, run_on):
    fill(40, 60)
    return lambda *words: run_on(own_desk, "portfolio", "stress", *words)


def test_before_after_and_by_segment(stress):
    answer = stress("--scenario", "COMBINED").answer
    assert answer["scenario"]["name"] == "COMBINED"
    assert (answer["note"], answer["random_state"]) == ("Scenario, not forecast", 42)
    assert answer["expected_loss_standing"].startswith("Shadow ECL")
    assert (
        set(answer["before"])
        == set(answer["after"])
        == {
            "expected_loss",
            "npa",
            "npa_ratio",
            "provision",
            "above_foir_guide",
            "above_foir_guide_share",
        }
    )
    for side in ("before", "after"):
        losses = [
            Decimal(each[f"expected_loss_{side}"])
            for each in answer["by_segment"]
            if each["by"] == "product"
        ]
        assert sum(losses) == Decimal(answer[side]["expected_loss"])


def test_shocks_of_a_file_are_the_preset_they_equal(stress):
    preset, typed = stress("--scenario", "combined").answer, stress("--scenario", SHOCKS).answer
    assert typed["scenario"].pop("name") == "typed"
    preset["scenario"].pop("name")
    assert typed == preset


def test_the_loans_behind_it_are_those_of_the_book(stress):
    answer = stress("--scenario", "RATE_UP").answer
    rows = stress("--scenario", "RATE_UP", "--rows").answer["figures"]
    figures = {each["figure"]: each for each in rows}
    assert figures["outstanding"]["amount"] == answer["outstanding"]
    assert figures["npa"]["amount"] == answer["before"]["npa"]
    homes = stress("--scenario", "RATE_UP", "--product", "HOME_PURCHASE").answer
    assert 0 < homes["loans"] < answer["loans"]


def test_the_random_state_may_be_given(stress):
    assert stress("--scenario", "RATE_UP", "--random-state", "7").answer["random_state"] == 7
    assert stress("--scenario", {**SHOCKS, "random_state": 8}).answer["random_state"] == 8
    typed = stress("--scenario", {**SHOCKS, "random_state": 8}, "--random-state", "9")
    assert typed.answer["random_state"] == 9


@pytest.mark.parametrize(
    ("shocks", "field"),
    [
        ({"income_shock_percent": 15}, "income_shock_percent"),
        ({"income_shock_percent": "much"}, "income_shock_percent"),
        ({"rate_shock_bp": "0.001"}, "rate_shock_bp"),
        ({"rate_shock_bp": True}, "rate_shock_bp"),
        ({"unemployment_points": 101}, "unemployment_points"),
        ({"collateral_haircut_percent": -1}, "collateral_haircut_percent"),
        ({"random_state": "x"}, "random_state"),
        ({"inflation": 3}, "scenario"),
        ([1], "scenario"),
    ],
)
def test_a_file_that_holds_no_shocks_is_refused(stress, shocks, field):
    said = stress("--scenario", shocks)
    assert said.code == 7
    assert list(said.error["fields"]) == [field]


def test_a_name_or_file_that_is_none_is_refused(stress, tmp_path):
    assert "RATE_UP" in stress("--scenario", "WORST").error["message"]
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    assert stress("--scenario", broken).code == 7


def test_a_maker_may_not_see_it(stress):
    assert stress("--scenario", "RATE_UP", "--as", "maker1").code == 8
