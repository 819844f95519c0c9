"""A shock never helps, and the presets are their rule rows."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import stress
from app.rules.affordability import IncomeMissingError
from app.rules.emi import LoanTermsError
from app.rules.measure_inputs import MeasureInputError
from app.rules.stress import ApplicantDues, LossParts
from db.vocabulary.lending import EmiRounding
from db.vocabulary.operations import StressPreset
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

APPLICANT = ApplicantDues(75_000_00, 12_000_00, 10_00_000_00, 95_000, 60, EmiRounding.RUPEE)
APPLICANTS = st.builds(
    ApplicantDues,
    monthly_income_paise=st.integers(1_000_00, 10**9),
    existing_emis_paise=st.integers(0, 10**8),
    principal_paise=st.integers(10_000_00, 10**10),
    rate_ppm=st.integers(0, 400_000),
    tenure_months=st.integers(1, 360),
    rounding=st.sampled_from(EmiRounding),
    floating=st.booleans(),
)
FRACTIONS = st.decimals(0, 1, places=6)
LOSSES = st.builds(LossParts, FRACTIONS, FRACTIONS, st.integers(0, 10**12))


@vectors_of("stress_applicant", "stress_portfolio")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(APPLICANTS, st.integers(-900_000, 0), st.integers(0, 200_000))
def test_an_adverse_shock_never_lowers_the_dues_over_income(
    applicant: ApplicantDues, income_shock: int, rate_shock: int
) -> None:
    found = stress.stress_applicant(applicant, income_shock, rate_shock)
    assert found.stressed_foir >= found.base_foir
    assert found.stressed_income_paise <= applicant.monthly_income_paise


def test_a_fixed_rate_does_not_move() -> None:
    floating = replace(APPLICANT, rounding=EmiRounding.PAISA)  # to the paisa: not even a little
    fixed = replace(floating, floating=False)
    assert stress.stress_applicant(fixed, 0, 20_000) == stress.stress_applicant(floating, 0, 0)


@pytest.mark.parametrize(
    ("rounding", "instalment"),
    [
        (EmiRounding.PAISA, 1_12_115_32),
        (EmiRounding.RUPEE, 1_12_115_00),
        (EmiRounding.CEIL, 1_12_116_00),
    ],
)  # V005
def test_the_stressed_instalment_is_rounded_as_the_loan_s(
    rounding: EmiRounding, instalment: int
) -> None:
    loan = ApplicantDues(2_00_000_00, 0, 35_00_000_00, 75_000, 36, rounding)
    assert stress.stress_applicant(loan, 0, 20_000).stressed_emi_paise == instalment


def test_a_shock_may_leave_a_single_paisa_of_income() -> None:
    poor = replace(APPLICANT, monthly_income_paise=100)
    assert stress.stress_applicant(poor, -990_000, 0).stressed_income_paise == 1


@pytest.mark.parametrize(
    ("applicant", "income_shock", "rate_shock", "error", "field"),
    [
        (APPLICANT, -1_000_000, 0, MeasureInputError, "income_shock_percent"),
        (APPLICANT, -2_000_000, 0, MeasureInputError, "income_shock_percent"),
        (APPLICANT, 0, -95_001, LoanTermsError, "interest_rate"),
        (replace(APPLICANT, existing_emis_paise=-1), 0, 0, MeasureInputError, "existing_emis"),
        (replace(APPLICANT, monthly_income_paise=0), 0, 0, IncomeMissingError, "monthly_income"),
    ],
)
def test_shocks_without_a_figure_are_refused(
    applicant, income_shock, rate_shock, error, field
) -> None:
    with pytest.raises(error) as refusal:
        stress.stress_applicant(applicant, income_shock, rate_shock)
    assert refusal.value.field == field


@given(LOSSES, st.decimals(1, 5, places=2), st.integers(0, 1_000_000))
def test_an_adverse_shock_never_lowers_the_loss_and_never_exceeds_the_exposure(
    parts: LossParts, multiplier: Decimal, points: int
) -> None:
    found = stress.stress_loss(parts, multiplier, points)
    assert 0 <= found.base_paise <= found.stressed_paise <= parts.ead_paise
    assert found.change_paise == found.stressed_paise - found.base_paise


@given(st.lists(LOSSES, max_size=6))
def test_a_book_is_the_sum_of_its_loans_in_any_order(loans: list[LossParts]) -> None:
    scenario = stress.preset_scenario(StressPreset.COMBINED, RULEBOOK, TODAY)
    found = stress.stress_book(loans, scenario)
    assert found == stress.stress_book(loans[::-1], scenario)
    each = [stress.stress_loss(loan, Decimal("1.5"), 100_000) for loan in loans]
    assert found.change_paise == sum(loan.change_paise for loan in each)


def test_a_probability_and_a_loss_beyond_all_take_the_exposure_and_no_more() -> None:
    certain = LossParts(Decimal("0.5"), Decimal(1), 1000)
    assert stress.stress_loss(certain, Decimal(3), 0).stressed_paise == 1000
    assert stress.stress_loss(certain, Decimal(3), 100_000).stressed_paise == 1000


def test_points_below_nothing_leave_no_loss() -> None:
    parts = LossParts(Decimal("0.5"), Decimal("0.1"), 1000)
    assert stress.stress_loss(parts, Decimal(1), -200_000).stressed_paise == 0
    assert stress.stress_loss(parts, Decimal(0), 0).stressed_paise == 0


@pytest.mark.parametrize(
    ("parts", "multiplier", "field"),
    [
        (LossParts(Decimal("1.01"), Decimal(0), 1), Decimal(1), "pd"),
        (LossParts(Decimal("NaN"), Decimal(0), 1), Decimal(1), "pd"),
        (LossParts(Decimal(0), Decimal("-0.1"), 1), Decimal(1), "lgd"),
        (LossParts(Decimal(0), Decimal(0), -1), Decimal(1), "ead"),
        (LossParts(Decimal(0), Decimal(0), 1), Decimal("-0.1"), "pd_multiplier"),
        (LossParts(Decimal(0), Decimal(0), 1), Decimal("NaN"), "pd_multiplier"),
    ],
)
def test_parts_of_a_loss_that_cannot_be_are_refused(parts, multiplier, field) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        stress.stress_loss(parts, multiplier, 0)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("preset", "shocks"),
    [
        (StressPreset.RATE_UP, (20_000, 0, 0, 0, "1.2", 0, 6, 42)),
        (StressPreset.INCOME_DOWN, (0, -150_000, 0, 0, "1.3", 0, 6, 42)),
        (StressPreset.UNEMPLOYMENT_UP, (0, 0, 50_000, 0, "1.3", 0, 6, 42)),
        (StressPreset.PROPERTY_DOWN, (0, 0, 0, -200_000, "1", 100_000, 6, 42)),
        (StressPreset.COMBINED, (20_000, -150_000, 50_000, -200_000, "1.5", 100_000, 6, 42)),
    ],
)
def test_the_presets_are_their_rows(preset: StressPreset, shocks: tuple) -> None:
    found = stress.preset_scenario(preset, RULEBOOK, TODAY)
    values = tuple(getattr(found, each.name) for each in fields(found))
    assert values == tuple(Decimal(each) if isinstance(each, str) else each for each in shocks)
    assert not hasattr(found, "__dict__")


def test_months_without_income_spread_over_a_year() -> None:
    assert [stress.income_with_gap(60_000_00, months) for months in (0, 6, 12, 15)] == [
        60_000_00, 30_000_00, 0, 0,
    ]  # fmt: skip
    assert stress.income_with_gap(30, 11) == 3  # 2.5, half up


def test_breaches_count_those_above_the_guide_and_those_without_income() -> None:
    foirs = [Decimal(50), Decimal("50.0001"), None, Decimal(12)]
    assert stress.foir_breaches(foirs, RULEBOOK, TODAY) == 2


def test_a_value_falls_and_ends_at_nothing() -> None:
    assert stress.value_after(101, -200_000) == 81  # 80.8
    assert stress.value_after(100, -1_000_001) == 0
    with pytest.raises(MeasureInputError) as refusal:
        stress.value_after(-1, 0)
    assert refusal.value.field == "collateral_value"
