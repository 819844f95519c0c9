"""Signs that follow from the state of things, not from how a loan is paid: security, score, people.

Source: screens.md S70; rows ews_ltv_breach, ews_score_fall, ews_cosigner_default. Securities of
several kinds carry a loan together, as in the policy check LTV-CAP; the tier of a cap goes by the
loan as it was given, the exposure is what is owed now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.affordability import TIERS, LoanToValue, percent_of, tier_of, tier_tops
from app.rules.early_warning import Signal, cosigner_defaulted, score_fell, value_too_low
from app.rules.money import PPM, round_half_up, share_of
from app.rules.products import LtvCap, Product
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import CollateralType

HUNDREDTHS = Decimal(100)


@dataclass(frozen=True, slots=True)
class SecurityHeld:
    """A security as it counts: its value and the share of it that is accepted."""

    kind: CollateralType
    value_paise: int
    accepted_share_ppm: int


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """What is known beside the payments of a loan; None is unknown and stays silent.

    Attributes:
        scores: hundredths of points when the loan was given, and of a later score.
    """

    ltv: LoanToValue | None = None
    scores: tuple[int, int] | None = None
    cosigner_in_default: bool = False


def standing_signs(facts: StandingFacts, rulebook: Rulebook, on: date) -> tuple[Signal, ...]:
    """The signs that stand, in the order of the word list."""
    then, now = (None, None) if facts.scores is None else map(_points, facts.scores)
    found = (
        value_too_low(facts.ltv, rulebook, on),
        score_fell(then, now, rulebook, on),
        cosigner_defaulted(rulebook, on, in_default=facts.cosigner_in_default),
    )
    return tuple(each for each in found if each is not None)


def ltv_now(
    owed: tuple[int, int],
    product: Product,
    held: Sequence[SecurityHeld],
    rulebook: Rulebook,
    on: date,
) -> LoanToValue | None:
    """What is owed against what the securities carry; None where no cap counts or no value stands.

    `owed` is the principal as it was given and what is left of it, in paise.
    """
    given, left = owed
    value = carried = 0
    for each in held:
        cap = product.ltv_cap(each.kind)
        ppm = None if cap is None else cap_ppm(cap, given, rulebook, on)
        if cap is None:
            continue
        if ppm is None:
            return None
        counted = share_of(each.value_paise, each.accepted_share_ppm)
        value += counted
        carried += counted * ppm
    if value <= 0:
        return None
    shown = round_half_up(Decimal(carried) / value)
    return LoanToValue(left, percent_of(left, value), shown, passes=left * PPM <= carried)


def cap_ppm(cap: LtvCap, given_paise: int, rulebook: Rulebook, on: date) -> int | None:
    """The cap of a kind of security for a loan of that size; None where no row gives one."""
    segment = cap.segment
    if segment is None:
        if rulebook.optional_row(cap.cap_rule, on, TIERS[0]) is None:
            return None
        segment = tier_of(cap.cap_rule, given_paise, rulebook, on)
    return rulebook.limit(cap.cap_rule, on, segment)


def cap_steps(cap: LtvCap, rulebook: Rulebook, on: date) -> Sequence[tuple[int | None, int | None]]:
    """The cap of a kind of security by the size of the loan: up to so many paise, and the cap.

    The smallest loans come first, the last step has no end; None as a cap: no row gives one.
    """
    untiered = rulebook.optional_row(cap.cap_rule, on, TIERS[0]) is None
    if cap.segment is not None or untiered:
        return ((None, cap_ppm(cap, 0, rulebook, on)),)
    tops = tier_tops(cap.cap_rule, rulebook, on)
    return [(top, rulebook.limit(cap.cap_rule, on, tier)) for tier, top in tops.items()]


def lowest_caps(rulebook: Rulebook, on: date) -> Mapping[tuple[str, CollateralType], int]:
    """The lowest cap a loan of any size may meet, by product and kind of security.

    A loan that its security carries at these caps breaches none, so statements need read only the
    others.
    """
    found: dict[tuple[str, CollateralType], int] = {}
    for product in rulebook.products:
        for cap in product.ltv:
            tiers = (cap.segment,) if cap.segment is not None else TIERS
            rows = (rulebook.optional_row(cap.cap_rule, on, tier) for tier in tiers)
            caps = [row.value for row in rows if row is not None and isinstance(row.value, int)]
            if caps:
                key = (product.product_code, cap.collateral_type)
                found[key] = min(*caps, found.get(key, PPM), PPM)
    return found


def _points(hundredths: int) -> Decimal:
    return hundredths / HUNDREDTHS
