"""Signs of state: security, score and people beside the borrower."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.affordability import TIERS, LoanToValue, tier_of
from app.rules.early_warning import Signal
from app.rules.money import PPM
from app.rules.standing_signs import (
    SecurityHeld,
    StandingFacts,
    cap_ppm,
    cap_steps,
    lowest_caps,
    ltv_now,
    standing_signs,
)
from db.vocabulary.lending import CollateralType
from db.vocabulary.operations import EarlyWarningTrigger as Trigger
from tests.rules.lending_vectors import RULEBOOK, TODAY

CAPPED = [
    (product, cap)
    for product in RULEBOOK.products_on(TODAY)
    for cap in product.ltv
    if cap_ppm(cap, 100_000_000, RULEBOOK, TODAY) is not None
]
PRODUCT, CAP = CAPPED[0]
SIZES = (10**7, 3 * 10**7, 5 * 10**8, 10**9)  # of every tier of houses and of gold
UNCAPPED = next(each for each in RULEBOOK.products_on(TODAY) if not each.ltv)


def held(value: int, share: int = PPM) -> SecurityHeld:
    return SecurityHeld(CAP.collateral_type, value, share)


def test_nothing_known_is_silent() -> None:
    assert standing_signs(StandingFacts(), RULEBOOK, TODAY) == ()


def test_a_score_falls_from_the_row_on() -> None:
    def fall(now: int) -> tuple[Signal, ...]:
        return standing_signs(StandingFacts(scores=(70_000, now)), RULEBOOK, TODAY)

    assert fall(65_001) == ()
    assert fall(65_000) == (Signal(Trigger.SCORE_FALL, "50"),)
    assert fall(80_000) == ()


def test_a_cosigner_in_default_and_a_breach_have_their_signs() -> None:
    passes = LoanToValue(1, 1, 1, passes=True)
    assert standing_signs(StandingFacts(ltv=passes), RULEBOOK, TODAY) == ()
    facts = StandingFacts(cosigner_in_default=True)
    assert standing_signs(facts, RULEBOOK, TODAY) == (Signal(Trigger.COSIGNER_DEFAULT),)


def test_what_is_owed_is_held_against_what_the_security_carries() -> None:
    given_paise = 100_000_000
    cap = cap_ppm(CAP, given_paise, RULEBOOK, TODAY)
    value = 200_000_000
    most = value * cap // PPM

    def ltv(left: int, *securities: SecurityHeld) -> LoanToValue | None:
        return ltv_now((given_paise, left), PRODUCT, securities, RULEBOOK, TODAY)

    assert ltv(most, held(value)).passes
    beyond = ltv(most + 1, held(value))
    assert not beyond.passes
    assert beyond.cap_ppm == cap
    (sign,) = standing_signs(StandingFacts(ltv=beyond), RULEBOOK, TODAY)
    assert sign.trigger is Trigger.LTV_BREACH
    assert ltv(most, held(value, PPM // 2)).passes is False
    assert ltv(most // 2, held(value, PPM // 2)).passes
    assert ltv(most, held(0)) is None
    assert ltv(most) is None


def test_a_kind_the_product_does_not_take_carries_nothing() -> None:
    other = next(each for each in CollateralType if PRODUCT.ltv_cap(each) is None)
    assert ltv_now((1, 1), PRODUCT, [SecurityHeld(other, 10**9, PPM)], RULEBOOK, TODAY) is None
    assert ltv_now((1, 1), UNCAPPED, [held(10**9)], RULEBOOK, TODAY) is None


def test_without_a_row_there_is_no_cap() -> None:
    before = date(1990, 1, 1)
    tiered = [cap for _, cap in CAPPED if cap.segment is None]
    assert [cap_ppm(cap, 1, RULEBOOK, before) for cap in tiered] == [None] * len(tiered)
    assert lowest_caps(RULEBOOK, before) == {}
    product, cap = next((product, cap) for product, cap in CAPPED if cap.segment is None)
    security = SecurityHeld(cap.collateral_type, 10**9, PPM)
    assert ltv_now((1, 1), product, [security], RULEBOOK, before) is None


@pytest.mark.parametrize(("product", "cap"), CAPPED)
def test_the_lowest_cap_is_that_of_some_size_of_loan_and_no_other_is_lower(product, cap) -> None:
    every = [each for each in RULEBOOK.products if each.product_code == product.product_code]
    own = [each.ltv_cap(cap.collateral_type) for each in every]
    met = [
        cap_ppm(each, paise, RULEBOOK, TODAY) for each in own if each is not None for paise in SIZES
    ]
    lowest = lowest_caps(RULEBOOK, TODAY)[product.product_code, cap.collateral_type]
    assert lowest == min(ppm for ppm in met if ppm is not None)
    if cap.segment is None:
        assert {tier_of(cap.cap_rule, paise, RULEBOOK, TODAY) for paise in SIZES} == set(TIERS)


@pytest.mark.parametrize(("product", "cap"), CAPPED)
def test_the_steps_of_a_cap_give_every_size_its_own(product, cap) -> None:
    steps = cap_steps(cap, RULEBOOK, TODAY)
    tops = [top for top, _ in steps if top is not None]
    for paise in (1, *(top + more for top in tops for more in (0, 1)), 10**12):
        ppm = next(ppm for top, ppm in steps if top is None or paise <= top)
        assert ppm == cap_ppm(cap, paise, RULEBOOK, TODAY), (product.product_code, paise)


def test_without_a_row_a_step_says_so() -> None:
    tiered = [cap for _, cap in CAPPED if cap.segment is None]
    assert [cap_steps(cap, RULEBOOK, date(1990, 1, 1)) for cap in tiered] == [
        ((None, None),)
    ] * len(tiered)


@given(st.integers(1, 10**11), st.integers(0, 10**11), st.integers(1, 10**11))
def test_what_the_lowest_cap_carries_never_breaches(given_paise, left, value) -> None:
    lowest = lowest_caps(RULEBOOK, TODAY)[PRODUCT.product_code, CAP.collateral_type]
    found = ltv_now((given_paise, left), PRODUCT, [held(value)], RULEBOOK, TODAY)
    if left * PPM <= value * lowest:
        assert found.passes
