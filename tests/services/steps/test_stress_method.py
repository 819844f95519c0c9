"""What a run takes as the probability of default, and what it says of it."""

from datetime import date
from decimal import Decimal

from app.rules.stress import preset_scenario
from app.services.steps.stress_method import default_rates, method_of
from db.records.stress import DefaultExperience
from db.vocabulary.decisions import RiskLevel
from db.vocabulary.operations import StressPreset

DAY = date(2026, 9, 30)


def test_a_level_with_too_few_loans_takes_the_rate_of_all(rulebook) -> None:
    known = default_rates(
        [
            DefaultExperience(None, 1, 1),
            DefaultExperience(RiskLevel.LOW, 19, 0),
            DefaultExperience(RiskLevel.HIGH, 20, 3),
        ],
        rulebook,
        DAY,
    )
    assert (known.matured, known.defaulted) == (40, 4)
    assert known.table() == {"High": 150_000, "all": 100_000}


def test_a_young_book_knows_nothing_and_says_so(rulebook) -> None:
    known = default_rates([], rulebook, DAY)
    assert known.table() == {}
    scenario = preset_scenario(StressPreset.COMBINED, rulebook, DAY)
    first, *rest = method_of(scenario, known, rulebook, DAY)
    assert first == "No loan is old enough to tell how many default: no loss can be expected yet."
    assert any("multiplied by 1.5" in line and "10.00 % added" in line for line in rest)
    assert any("from 31 days past due" in line for line in rest)


def test_the_rates_stand_in_the_first_sentence(rulebook) -> None:
    scenario = preset_scenario(StressPreset.RATE_UP, rulebook, DAY)
    known = default_rates([DefaultExperience(RiskLevel.LOW, 1_000, 25)], rulebook, DAY)
    assert method_of(scenario, known, rulebook, DAY)[0].endswith(
        "25 of 1,000 loans old enough to tell, 2.50 % (risk Low 2.50 %)."
    )
    few = default_rates([DefaultExperience(RiskLevel.LOW, 10, 1)], rulebook, DAY)
    assert method_of(scenario, few, rulebook, DAY)[0].endswith("tell, 10.00 %.")
    assert scenario.pd_multiplier == Decimal("1.2")
