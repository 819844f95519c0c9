"""Stages, losses, floors and the day from which they bind."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import expected_credit_loss as ecl
from app.rules.expected_credit_loss import EclCase, LossSecurity
from app.rules.measure_inputs import MeasureInputError
from app.rules.rulebook import NoRuleInForceError, Rulebook
from db.vocabulary.loan_life import EclSegment, EclStanding
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

BINDING = date(2027, 4, 1)
EVE = BINDING - timedelta(days=1)
HALF = Decimal("0.5")
FRACTIONS = st.decimals(0, 1, places=6)
MONEY = st.integers(0, 10**12)
FLOORS_ON = Rulebook(
    replace(row, value=True) if row.code == "ecl_floors" and row.in_force(BINDING) else row
    for row in RULEBOOK.rows
)


def _lender(lender_class: str) -> Rulebook:
    return Rulebook(
        replace(row, value=lender_class) if row.code == "lender_class" else row
        for row in RULEBOOK.rows
    )


@vectors_of("ecl_twelve_month", "ecl_lifetime", "ecl_floor", "ecl_stage")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(st.integers(0, 400), st.booleans())
def test_a_stage_never_improves_with_days_and_risen_risk_never_lowers_it(
    days: int, risen: bool
) -> None:
    now = ecl.stage_of(days, RULEBOOK, TODAY, risk_has_risen=risen)
    assert now <= ecl.stage_of(days + 1, RULEBOOK, TODAY, risk_has_risen=risen)
    assert now >= ecl.stage_of(days, RULEBOOK, TODAY)
    assert ecl.stage_of(0, RULEBOOK, TODAY, risk_has_risen=True) == 2


@given(st.lists(st.tuples(st.decimals(0, "0.1", places=6), MONEY), min_size=1, max_size=8),
       FRACTIONS, st.integers(0, 300_000))  # fmt: skip
def test_a_lifetime_is_at_most_its_years_undiscounted(
    years: list[tuple[Decimal, int]], lgd: Decimal, rate: int
) -> None:
    pds, eads = [list(side) for side in zip(*years, strict=True)]
    whole = ecl.lifetime_loss(pds, lgd, eads, 0)
    assert 0 <= ecl.lifetime_loss(pds, lgd, eads, rate) <= whole
    each = sum(ecl.twelve_month_loss(pd, lgd, ead) for pd, ead in years)
    assert abs(whole - each) <= len(years)


@given(st.sampled_from(EclSegment), st.integers(1, 3), MONEY, MONEY, st.integers(0, 3000))
def test_a_floor_never_lowers_what_is_booked(segment, stage, ead, model, days) -> None:
    case = EclCase(segment, stage, ead, npa_since=BINDING)
    on = BINDING + timedelta(days=days)
    floor = ecl.floor_of(case, FLOORS_ON, on)
    assert ecl.booked_loss(case, model, FLOORS_ON, on) == max(floor, model) >= model
    assert ecl.booked_loss(case, model, RULEBOOK, on) == model
    assert 0 <= floor <= ead


@given(st.sampled_from(EclSegment), st.booleans(), MONEY)
def test_floors_rise_with_the_stage_and_with_the_years(segment, secured, ead) -> None:
    case = EclCase(segment, 1, ead, npa_since=BINDING, secured=secured)
    steps = [ecl.floor_of(replace(case, stage=stage), RULEBOOK, BINDING) for stage in (1, 2)]
    years = [date(2027 + year, 4, 1) for year in range(9)]
    steps += [ecl.floor_of(replace(case, stage=3), RULEBOOK, day) for day in years]
    assert steps == sorted(steps)
    assert steps[-1] == ead


@pytest.mark.parametrize(
    ("segment", "secured", "rates"),
    [
        (EclSegment.SECURED_RETAIL, True, [25, 40, 55, 75, 100, 100, 100]),
        (EclSegment.MEDIUM, True, [25, 40, 55, 75, 100, 100, 100]),
        (EclSegment.MICRO_SMALL, False, [25, 100, 100, 100, 100, 100, 100]),
        (EclSegment.HOUSING_INDIVIDUAL, True, [10, 20, 30, 40, 100, 100, 100]),
        (EclSegment.UNSECURED_RETAIL, True, [25, 100, 100, 100, 100, 100, 100]),
    ],
)
def test_stage_3_goes_by_the_year_since_the_npa_date(segment, secured, rates) -> None:
    case = EclCase(segment, 3, 100, npa_since=BINDING, secured=secured)
    starts = [date(2027 + year, 4, 1) for year in range(7)]
    assert [ecl.floor_of(case, RULEBOOK, day) for day in starts] == rates
    last_days = [day - timedelta(days=1) for day in starts[1:]]
    assert [ecl.floor_of(case, RULEBOOK, day) for day in last_days] == rates[:-1]


def test_there_is_no_floor_before_its_day() -> None:
    case = EclCase(EclSegment.GOLD, 1, 100)
    with pytest.raises(NoRuleInForceError):
        ecl.floor_of(case, RULEBOOK, EVE)
    assert ecl.booked_loss(case, 7, FLOORS_ON, EVE) == 7
    with pytest.raises(NoRuleInForceError) as refusal:
        ecl.floor_of(replace(case, stage=3, npa_since=TODAY), RULEBOOK, EVE)
    assert refusal.value.segment == "SECURED_YEAR_1"


def test_the_first_year_of_stage_3_covers_later_ones_where_it_stands_alone() -> None:
    first = Rulebook(row for row in RULEBOOK.rows if row.segment != "UNSECURED_YEAR_2")
    case = EclCase(EclSegment.UNSECURED_RETAIL, 3, 100, npa_since=BINDING)
    for year in (2027, 2028, 2029):
        assert ecl.floor_of(case, first, date(year, 4, 1)) == 25


def test_probabilities_of_a_lifetime_may_add_up_to_certainty() -> None:
    # 0.5 x 0.65 x 1,000 + 0.5 x 0.65 x 500, without discount
    pds, eads = [HALF, HALF], [1_000_00, 500_00]
    assert ecl.lifetime_loss(pds, Decimal("0.65"), eads, 0) == 487_50


def test_the_figure_is_a_shadow_until_it_binds_the_lender() -> None:
    assert ecl.standing(RULEBOOK, EVE) is EclStanding.SHADOW
    assert ecl.standing(RULEBOOK, BINDING) is EclStanding.BINDING
    assert ecl.standing(_lender("NBFC_BASE"), BINDING) is EclStanding.SHADOW


def test_loss_given_default_is_the_bank_s_own_or_that_of_the_rule() -> None:
    for on in (EVE, BINDING):
        found = [ecl.loss_given_default(None, each, RULEBOOK, on) for each in LossSecurity]
        assert found == [Decimal("0.65"), Decimal("0.7"), Decimal("0.3")]
    own = ecl.loss_given_default(Decimal("0.2"), LossSecurity.SECURED, RULEBOOK, TODAY)
    assert own == Decimal("0.2")


def test_a_probability_has_a_floor_from_its_day_on() -> None:
    low, high = Decimal("0.0001"), Decimal("0.0004")
    assert ecl.floored_probability(low, RULEBOOK, EVE) == low
    assert ecl.floored_probability(low, RULEBOOK, BINDING) == Decimal("0.0003")
    assert ecl.floored_probability(high, RULEBOOK, BINDING) == high


@pytest.mark.parametrize(
    ("refused", "field"),
    [
        (lambda: ecl.stage_of(-1, RULEBOOK, TODAY), "days_past_due"),
        (lambda: ecl.twelve_month_loss(Decimal(2), HALF, 1), "pd"),
        (lambda: ecl.twelve_month_loss(HALF, Decimal(-1), 1), "lgd"),
        (lambda: ecl.twelve_month_loss(HALF, HALF, -1), "ead"),
        (lambda: ecl.lifetime_loss([], HALF, [], 0), "marginal_pds"),
        (lambda: ecl.lifetime_loss([HALF], HALF, [1, 1], 0), "year_eads"),
        (lambda: ecl.lifetime_loss([HALF], Decimal(2), [1], 0), "lgd"),
        (lambda: ecl.lifetime_loss([HALF], HALF, [1], -1), "discount_rate"),
        (lambda: ecl.lifetime_loss([Decimal(-1)], HALF, [1], 0), "marginal_pds"),
        (lambda: ecl.lifetime_loss([HALF], HALF, [-1], 0), "year_eads"),
        (lambda: ecl.lifetime_loss([HALF, HALF, HALF], HALF, [1, 1, 1], 0), "marginal_pds"),
        (lambda: ecl.floor_of(EclCase(EclSegment.GOLD, 1, -1), RULEBOOK, BINDING), "ead"),
        (lambda: ecl.floor_of(EclCase(EclSegment.GOLD, 4, 1), RULEBOOK, BINDING), "stage"),
        (lambda: ecl.floor_of(EclCase(EclSegment.GOLD, 3, 1), RULEBOOK, BINDING), "npa_since"),
        (
            lambda: ecl.floor_of(
                EclCase(EclSegment.GOLD, 3, 1, date(2027, 4, 2)), RULEBOOK, BINDING
            ),
            "npa_since",
        ),
        (lambda: ecl.larger_of(-1, 0), "model_ecl"),
        (
            lambda: ecl.loss_given_default(Decimal(2), LossSecurity.SECURED, RULEBOOK, TODAY),
            "lgd",
        ),
        (lambda: ecl.floored_probability(Decimal("NaN"), RULEBOOK, BINDING), "pd"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(refused, field: str) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        refused()
    assert refusal.value.field == field
