"""Expected credit loss: stages, twelve months, lifetime, prudential floors, and its standing.

Source: lending-rules.md section 10; RBI Directions of 27 Apr 2026 (summary, to be confirmed),
binding from 1 Apr 2027 for the banks in scope. Vectors V214 to V219. Until then it is a shadow
figure beside the provision. The probability of default at origination is stored for ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.rules.day_count import whole_years
from app.rules.measure_inputs import (
    MeasureInputError,
    check_amount,
    check_filled,
    check_fraction,
    check_pairs,
)
from app.rules.money import PPM, round_half_up, share_of
from app.rules.rulebook import Rulebook
from db.vocabulary.loan_life import EclSegment, EclStanding

_STAGES = (1, 2, 3)


class LossSecurity(StrEnum):
    """What stands behind a loan, as the rows on loss given default tell it apart."""

    SECURED = "SECURED"
    UNSECURED = "UNSECURED"
    CASH_OR_GOLD = "CASH_OR_GOLD"


def stage_of(
    days_past_due: int, rulebook: Rulebook, on: date, *, risk_has_risen: bool = False
) -> int:
    """Stage 1, 2 or 3.

    ``risk_has_risen``: restructured, on the watch list, or a probability well above the one at
    origination; such a loan is at least in stage 2 on whatever day.

    Raises:
        MeasureInputError: negative days.
    """
    check_amount("days_past_due", days_past_due)
    if rulebook.row("ecl_stage_from_dpd", on, "STAGE_3").holds(days_past_due):
        return 3
    late = rulebook.row("ecl_stage_from_dpd", on, "STAGE_2").holds(days_past_due)
    return 2 if late or risk_has_risen else 1


def twelve_month_loss(pd: Decimal, lgd: Decimal, ead_paise: int) -> int:
    """Probability of default times loss given default times exposure, in paise half up.

    Raises:
        MeasureInputError: a fraction outside 0 to 1, a negative exposure.

    >>> twelve_month_loss(Decimal("0.04"), Decimal("0.70"), 50000000)
    1400000
    """
    check_fraction("pd", pd)
    check_fraction("lgd", lgd)
    check_amount("ead", ead_paise)
    return round_half_up(pd * lgd * ead_paise)


def lifetime_loss(
    marginal_pds: Sequence[Decimal],
    lgd: Decimal,
    year_eads_paise: Sequence[int],
    discount_rate_ppm: int,
) -> int:
    """The loss of each year, discounted from its end, added up, in paise half up.

    A marginal probability is that of defaulting in that very year, not before and not after.

    Raises:
        MeasureInputError: no year, fractions outside 0 to 1 or above 1 together, lists of
            unequal length, a negative exposure or rate.
    """
    check_filled("marginal_pds", marginal_pds)
    check_pairs("year_eads", year_eads_paise, marginal_pds)
    check_fraction("lgd", lgd)
    check_amount("discount_rate", discount_rate_ppm)
    for pd in marginal_pds:
        check_fraction("marginal_pds", pd)
    for ead in year_eads_paise:
        check_amount("year_eads", ead)
    if sum(marginal_pds) > 1:
        raise MeasureInputError("marginal_pds", "probabilities that are at most 1 together")
    growth = 1 + Decimal(discount_rate_ppm) / PPM
    losses = (
        pd * lgd * ead / growth**year
        for year, (pd, ead) in enumerate(zip(marginal_pds, year_eads_paise, strict=True), start=1)
    )
    return round_half_up(Decimal(sum(losses)))


@dataclass(frozen=True, slots=True)
class EclCase:
    """One loan as the floors see it; money in paise.

    Attributes:
        npa_since: needed in stage 3, whose floor rises with the years since that date.
        secured: whether security stands behind it; unsecured retail never counts as secured.
    """

    segment: EclSegment
    stage: int
    ead_paise: int
    npa_since: date | None = None
    secured: bool = True


def floor_of(case: EclCase, rulebook: Rulebook, on: date) -> int:
    """The prudential floor in paise.

    Raises:
        NoRuleInForceError: the day lies before the floors.
        MeasureInputError: no such stage, a negative exposure, stage 3 without an NPA date.
    """
    check_amount("ead", case.ead_paise)
    if case.stage not in _STAGES:
        raise MeasureInputError("stage", "1, 2 or 3")
    if case.stage < _STAGES[-1]:
        rate = rulebook.ppm(f"ecl_floor_stage_{case.stage}", on, case.segment)
    else:
        rate = _stage_3_rate(case, rulebook, on)
    return share_of(case.ead_paise, rate)


def _stage_3_rate(case: EclCase, rulebook: Rulebook, on: date) -> int:
    """The rate of the year since the NPA date; the last year that has a row covers later ones."""
    if case.npa_since is None or case.npa_since > on:
        raise MeasureInputError("npa_since", "the date on which the loan became an NPA")
    ladder, year = _ladder(case), whole_years(case.npa_since, on) + 1
    while year > 1 and rulebook.optional_row("ecl_floor_stage_3", on, f"{ladder}{year}") is None:
        year -= 1
    return rulebook.ppm("ecl_floor_stage_3", on, f"{ladder}{year}")


def _ladder(case: EclCase) -> str:
    if case.segment is EclSegment.UNSECURED_RETAIL or not case.secured:
        return "UNSECURED_YEAR_"
    return "HOUSING_YEAR_" if case.segment is EclSegment.HOUSING_INDIVIDUAL else "SECURED_YEAR_"


def larger_of(model_loss_paise: int, floor_paise: int) -> int:
    """What is booked where floors apply: never less than the model's loss or the floor.

    Raises:
        MeasureInputError: a negative loss.
    """
    check_amount("model_ecl", model_loss_paise)
    return max(model_loss_paise, floor_paise)


def booked_loss(case: EclCase, model_loss_paise: int, rulebook: Rulebook, on: date) -> int:
    """What is booked: the model's loss, lifted to the floor where the rule switches floors on.

    Raises:
        NoRuleInForceError: floors are switched on for a day that has none.
        MeasureInputError: see `floor_of`; a negative loss.
    """
    switched_on = rulebook.flag("ecl_floors", on)
    return larger_of(model_loss_paise, floor_of(case, rulebook, on) if switched_on else 0)


def loss_given_default(
    own: Decimal | None, security: LossSecurity, rulebook: Rulebook, on: date
) -> Decimal:
    """The bank's own figure as a fraction, else that of the rule for such security.

    Raises:
        MeasureInputError: the own figure lies outside 0 to 1.
    """
    if own is not None:
        check_fraction("lgd", own)
        return own
    shadow = rulebook.optional_row("ecl_lgd_shadow", on, security)
    code = "ecl_lgd_backstop" if shadow is None else "ecl_lgd_shadow"
    return Decimal(rulebook.ppm(code, on, security)) / PPM


def floored_probability(pd: Decimal, rulebook: Rulebook, on: date) -> Decimal:
    """The probability of default, lifted to its floor once there is one.

    Raises:
        MeasureInputError: outside 0 to 1.
    """
    check_fraction("pd", pd)
    if rulebook.optional_row("ecl_pd_floor", on) is None:
        return pd
    return max(pd, Decimal(rulebook.ppm("ecl_pd_floor", on)) / PPM)


def standing(rulebook: Rulebook, on: date) -> EclStanding:
    """Whether the figure is a shadow or the provision of this class of lender."""
    return EclStanding(rulebook.word("ecl_standing", on, rulebook.word("lender_class", on)))
