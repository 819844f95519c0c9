"""Typed shocks: every preset typed by hand is the preset, and a harsher shock never does less."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.measure_inputs import MeasureInputError
from app.rules.rulebook import Rulebook
from app.rules.stress import preset_scenario
from app.rules.typed_scenario import TypedShocks, typed_scenario
from db.vocabulary.operations import StressPreset
from tests.rules.lending_vectors import RULEBOOK, TODAY

SIZES = {
    "rate_shock_ppm": st.integers(0, 100_000),
    "income_shock_ppm": st.integers(-900_000, 0),
    "unemployment_ppm": st.integers(0, 1_000_000),
    "property_shock_ppm": st.integers(-1_000_000, 0),
}
SHOCKS = st.builds(TypedShocks, **SIZES)


@pytest.mark.parametrize("preset", StressPreset)
def test_a_preset_typed_by_hand_is_the_preset(preset: StressPreset) -> None:
    found = preset_scenario(preset, RULEBOOK, TODAY)
    shocks = TypedShocks(
        found.rate_shock_ppm,
        found.income_shock_ppm,
        found.unemployment_ppm,
        found.property_shock_ppm,
        found.random_state,
    )
    assert typed_scenario(shocks, RULEBOOK, TODAY) == found


def test_half_a_shock_does_half() -> None:
    found = typed_scenario(TypedShocks(property_shock_ppm=-100_000), RULEBOOK, TODAY)
    assert (found.pd_multiplier, found.lgd_points_ppm) == (1, 50_000)
    found = typed_scenario(TypedShocks(rate_shock_ppm=10_000), RULEBOOK, TODAY)
    assert (found.pd_multiplier, found.lgd_points_ppm) == (Decimal("1.1"), 0)


def test_of_two_shocks_the_larger_counts_whole() -> None:
    # 0.3 of the income, and 0.4 of the 0.2 of the rate: the part that makes the combined row 1.5.
    shocks = TypedShocks(rate_shock_ppm=20_000, income_shock_ppm=-150_000)
    assert typed_scenario(shocks, RULEBOOK, TODAY).pd_multiplier == Decimal("1.38")


@given(SHOCKS, st.sampled_from(sorted(SIZES)), st.integers(0, 100_000))
def test_a_harsher_shock_never_does_less(shocks: TypedShocks, field: str, more: int) -> None:
    size = getattr(shocks, field)
    if field == "rate_shock_ppm":
        harsher = replace(shocks, rate_shock_ppm=size + more)
    elif field == "unemployment_ppm":
        harsher = replace(shocks, unemployment_ppm=min(size + more, 1_000_000))
    elif field == "income_shock_ppm":
        harsher = replace(shocks, income_shock_ppm=max(size - more, -999_999))
    else:
        harsher = replace(shocks, property_shock_ppm=max(size - more, -1_000_000))
    mild, hard = (typed_scenario(each, RULEBOOK, TODAY) for each in (shocks, harsher))
    assert hard.pd_multiplier >= mild.pd_multiplier >= 1
    assert hard.lgd_points_ppm >= mild.lgd_points_ppm >= 0


@pytest.mark.parametrize(
    ("shocks", "field"),
    [
        (TypedShocks(rate_shock_ppm=-1), "rate_shock_bp"),
        (TypedShocks(rate_shock_ppm=1_000_001), "rate_shock_bp"),
        (TypedShocks(income_shock_ppm=1), "income_shock_percent"),
        (TypedShocks(income_shock_ppm=-1_000_000), "income_shock_percent"),
        (TypedShocks(unemployment_ppm=1_000_001), "unemployment_points"),
        (TypedShocks(property_shock_ppm=1), "collateral_haircut_percent"),
        (TypedShocks(random_state=-1), "random_state"),
    ],
)
def test_what_is_no_stress_is_refused(shocks: TypedShocks, field: str) -> None:
    with pytest.raises(MeasureInputError) as refused:
        typed_scenario(shocks, RULEBOOK, TODAY)
    assert refused.value.field == field


def test_a_bank_may_set_its_presets_otherwise() -> None:
    def changed(code: str, segment: str, value: int) -> Rulebook:
        rows = [
            replace(row, value=value) if (row.code, row.segment) == (code, segment) else row
            for row in RULEBOOK.rows
        ]
        return Rulebook(rows)

    shocks = TypedShocks(20_000, -150_000, 50_000, -200_000)
    milder = changed("stress_pd_multiplier", "COMBINED", 1_000_000)  # less than one shock alone
    assert typed_scenario(shocks, milder, TODAY).pd_multiplier == Decimal("1.3")
    harder = changed("stress_pd_multiplier", "COMBINED", 9_000_000)  # more than all together
    assert typed_scenario(shocks, harder, TODAY).pd_multiplier == Decimal("1.8")
    unset = changed("stress_rate_shock", "RATE_UP", 0)
    assert typed_scenario(TypedShocks(rate_shock_ppm=9), unset, TODAY).pd_multiplier == 1
