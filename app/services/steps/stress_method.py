"""What a stress run takes as the probability of default, and how it says what it did.

Source: lending-rules.md 10 and 14 (a documented multiplier), screens.md S80 (method printed). The
probability is the book's own experience: loans old enough to tell, and how many of them defaulted
inside the window. The bundled model's table was fitted on synthetic loans and is no evidence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.money import PPM, PPM_PER_PERCENT, ratio_shown, round_half_up
from app.rules.rulebook import Rulebook
from app.rules.stress import StressScenario
from app.services.steps.stress_file import OF_ALL
from db.records.stress import DefaultExperience
from db.vocabulary.decisions import RiskLevel


@dataclass(frozen=True, slots=True)
class DefaultRates:
    """Defaulted of matured loans, in ppm.

    Attributes:
        by_level: of each risk level with enough loans.
        of_all: None where no loan is old enough.
    """

    matured: int
    defaulted: int
    by_level: Mapping[RiskLevel, int]
    of_all: int | None

    def table(self) -> dict[str, int]:
        """The rates as the terms of a run hold them."""
        table = {level.value: rate for level, rate in self.by_level.items()}
        return table if self.of_all is None else {**table, OF_ALL: self.of_all}


def default_rates(
    experience: Sequence[DefaultExperience], rulebook: Rulebook, on: date
) -> DefaultRates:
    """The rates of a book's experience; a level with too few loans takes that of all."""
    enough = rulebook.row("cohort_min_loans", on)
    matured = sum(each.matured for each in experience)
    defaulted = sum(each.defaulted for each in experience)
    by_level = {
        each.risk_level: _rate(each.defaulted, each.matured)
        for each in experience
        if each.risk_level is not None and enough.holds(each.matured)
    }
    return DefaultRates(
        matured, defaulted, by_level, _rate(defaulted, matured) if matured else None
    )


def _rate(defaulted: int, matured: int) -> int:
    return round_half_up(Decimal(defaulted * PPM) / matured)


def method_of(
    scenario: StressScenario, known: DefaultRates, rulebook: Rulebook, on: date
) -> tuple[str, ...]:
    """How a run computes, sentence by sentence."""
    days = rulebook.days("ecl_stage_from_dpd", on, "STAGE_2")
    multiplier, points = scenario.pd_multiplier.normalize(), _shown(scenario.lgd_points_ppm)
    lines = (
        (_probability(known),),
        (
            f"It is multiplied by {multiplier:f} and never goes above 1. Loss given default is the",
            f"rule book's, by security, with {points} added.",
        ),
        (
            f"Loss by stage: twelve months; the whole life from {days} days past due or once",
            "restructured; all of it for an NPA.",
        ),
        (
            "What the shock adds to the probability is expected to turn NPA and to need the",
            "provision of a sub-standard loan.",
        ),
        (
            "Dues over income of each borrower: instalments here, dues elsewhere, own income.",
            "A fixed rate does not move.",
        ),
        (
            f"Who loses the income is drawn with random state {scenario.random_state}; it is",
            f"missing for {scenario.months_without_income} months of a year.",
        ),
    )
    return tuple(" ".join(parts) for parts in lines)


def _shown(rate_ppm: int) -> str:
    return ratio_shown(Decimal(rate_ppm) / PPM_PER_PERCENT)


def _probability(known: DefaultRates) -> str:
    if known.of_all is None:
        return "No loan is old enough to tell how many default: no loss can be expected yet."
    levels = ", ".join(
        f"{level} {_shown(known.by_level[level])}" for level in RiskLevel if level in known.by_level
    )
    by_level = f" (risk {levels})" if levels else ""
    return (
        f"Probability of default in twelve months: this book's own, {known.defaulted:,} of "
        f"{known.matured:,} loans old enough to tell, {_shown(known.of_all)}{by_level}."
    )
