"""A scenario that a person types: what it does to the probability and the loss given default.

Source: lending-rules.md section 14 (stressed probability by a documented multiplier), screens.md
S80. The rows stress_* name five scenarios. A typed shock counts in proportion to the preset that
moves it alone. Of several shocks the largest counts whole and the others in part, in the part that
makes the combined preset its own row: so every preset typed by hand gives the preset, and no
harsher shock ever gives less.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.measure_inputs import MeasureInputError
from app.rules.money import PPM, round_half_up
from app.rules.rulebook import Rulebook
from app.rules.stress import StressScenario, preset_scenario
from db.vocabulary.operations import StressPreset

_RATE_BOUND_PPM = PPM  # 100 points on a rate: far outside any plan, inside the arithmetic
_ALONE = (
    StressPreset.RATE_UP,
    StressPreset.INCOME_DOWN,
    StressPreset.UNEMPLOYMENT_UP,
    StressPreset.PROPERTY_DOWN,
)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class TypedShocks:
    """What a person typed; every shock is one that hurts, or none.

    Attributes:
        rate_shock_ppm: added to the yearly rate of floating loans, 0 or more.
        income_shock_ppm: relative change of incomes, 0 or less.
        unemployment_ppm: share of salaried borrowers who lose their income.
        property_shock_ppm: relative change of the value of security, 0 or less.
        random_state: who loses the income.
    """

    rate_shock_ppm: int = 0
    income_shock_ppm: int = 0
    unemployment_ppm: int = 0
    property_shock_ppm: int = 0
    random_state: int = 0


def check_shocks(shocks: TypedShocks) -> None:
    """Refuse what is no stress: a shock that helps, or one beyond all.

    Raises:
        MeasureInputError: names the field as screens and verbs know it.
    """
    checks = (
        ("rate_shock_bp", 0 <= shocks.rate_shock_ppm <= _RATE_BOUND_PPM, "0 to 10,000"),
        ("income_shock_percent", -PPM < shocks.income_shock_ppm <= 0, "a fall: -99 to 0"),
        ("unemployment_points", 0 <= shocks.unemployment_ppm <= PPM, "0 to 100"),
        ("collateral_haircut_percent", -PPM <= shocks.property_shock_ppm <= 0, "0 to 100"),
        ("random_state", shocks.random_state >= 0, "a whole number, 0 or more"),
    )
    for field, fits, wanted in checks:
        if not fits:
            raise MeasureInputError(field, wanted)


def typed_scenario(shocks: TypedShocks, rulebook: Rulebook, on: date) -> StressScenario:
    """The scenario of typed shocks by the rows of that day.

    Raises:
        MeasureInputError: a shock that helps, or is too large.
        NoRuleInForceError: a row of the presets is missing on that day.
    """
    check_shocks(shocks)
    presets = {each: preset_scenario(each, rulebook, on) for each in StressPreset}
    sizes = {
        StressPreset.RATE_UP: (shocks.rate_shock_ppm, presets[_ALONE[0]].rate_shock_ppm),
        StressPreset.INCOME_DOWN: (shocks.income_shock_ppm, presets[_ALONE[1]].income_shock_ppm),
        StressPreset.UNEMPLOYMENT_UP: (
            shocks.unemployment_ppm,
            presets[_ALONE[2]].unemployment_ppm,
        ),
        StressPreset.PROPERTY_DOWN: (
            shocks.property_shock_ppm,
            presets[_ALONE[3]].property_shock_ppm,
        ),
    }
    multipliers = {each: found.pd_multiplier - 1 for each, found in presets.items()}
    points = {each: Decimal(found.lgd_points_ppm) for each, found in presets.items()}
    return StressScenario(
        rate_shock_ppm=shocks.rate_shock_ppm,
        income_shock_ppm=shocks.income_shock_ppm,
        unemployment_ppm=shocks.unemployment_ppm,
        property_shock_ppm=shocks.property_shock_ppm,
        pd_multiplier=1 + _together(sizes, multipliers),
        lgd_points_ppm=round_half_up(_together(sizes, points)),
        months_without_income=rulebook.months("stress_months_without_income", on),
        random_state=shocks.random_state,
    )


def _together(
    sizes: Mapping[StressPreset, tuple[int, int]], effects: Mapping[StressPreset, Decimal]
) -> Decimal:
    """What shocks of these sizes (typed, of the preset) do together."""
    typed = [
        effects[each] * typed / of_preset if of_preset else _NOTHING
        for each, (typed, of_preset) in sizes.items()
    ]
    largest = max(typed)
    return largest + (sum(typed, _NOTHING) - largest) * _part_of_others(effects)


def _part_of_others(effects: Mapping[StressPreset, Decimal]) -> Decimal:
    """In what part the smaller shocks count, 0 to 1, so that the combined preset is its row."""
    alone = [effects[each] for each in _ALONE]
    others = sum(alone, _NOTHING) - max(alone)
    if others <= 0:
        return _NOTHING
    part = (effects[StressPreset.COMBINED] - max(alone)) / others
    return min(max(part, _NOTHING), Decimal(1))
