"""Ratios of an applicant and of a loan to its security."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.calculate_verb import calculate
from app.rules import affordability
from app.rules.case_facts import ObligationFacts
from app.rules.emi import emi
from db.vocabulary.lending import EmiRounding, ObligationType
from tests.rules.lending_vectors import RULEBOOK, TODAY, VECTORS, check, load, vectors_of


@vectors_of("applicant_ratios", "foir_band", "largest_loan", "ltv_housing", "ltv_gold")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@vectors_of("ratio_without_income")
def test_no_income_is_refused_and_never_a_ratio(vector: dict[str, dict[str, list[str]]]) -> None:
    plain = {each["family"]: each["input"] for each in reversed(VECTORS)}
    for income in vector["input"]["monthly_incomes"]:
        for family in ("applicant_ratios", "foir_band", "largest_loan"):
            given_income = {**plain[family], "monthly_income": income}
            answer = calculate(family, given_income, RULEBOOK, TODAY)
            assert answer == {
                "refused": True,
                "message": "Monthly income must be more than ₹0",
                "field": "monthly_income",
            }


def test_fixed_costs_are_those_of_the_word_list() -> None:
    words = load("words.json")["lists"]["obligation_type"]["words"]
    fixed = {word["code"] for word in words if word["counts_as"] == "FIXED_COST"}
    assert {kind.value for kind in affordability.FIXED_COSTS} == fixed


def test_dues_that_this_loan_closes_do_not_count() -> None:
    dues = (
        ObligationFacts("A", ObligationType.PERSONAL_LOAN, 100),
        ObligationFacts("B", ObligationType.RENT, 30),
        ObligationFacts("C", ObligationType.CREDIT_CARD, 7, closed_by_this_loan=True),
    )
    assert affordability.dues_kept(dues) == (100, 30)


@given(
    st.integers(min_value=-(10**6), max_value=10**9),
    st.integers(min_value=0, max_value=400_000),
    st.integers(min_value=1, max_value=360),
)
def test_an_offered_loan_fits_its_room(room: int, rate: int, months: int) -> None:
    step = 1000_00
    exact, offered = affordability.largest_loan(room, rate, months, step, EmiRounding.RUPEE)
    assert 0 <= offered <= exact
    assert offered % step == 0
    if offered:
        assert emi(offered, rate, months, EmiRounding.RUPEE) <= room


def test_a_rounded_instalment_that_bursts_the_room_takes_a_step_back() -> None:
    exact, offered = affordability.largest_loan(1_50, 0, 1, 1_50, EmiRounding.CEIL)
    assert (exact, offered) == (Decimal(150), 0)


@given(st.integers(min_value=1, max_value=10**11))
def test_the_largest_housing_loan_passes_and_a_rupee_more_does_not(value: int) -> None:
    most = int(affordability.largest_housing_loan(value, RULEBOOK, TODAY))
    if most:
        assert affordability.ltv_housing(most, value, RULEBOOK, TODAY).passes
    assert not affordability.ltv_housing(most + 100, value, RULEBOOK, TODAY).passes


def test_a_worthless_security_has_no_ratio() -> None:
    with pytest.raises(affordability.SecurityValueError):
        affordability.ltv_housing(100, 0, RULEBOOK, TODAY)
    with pytest.raises(affordability.IncomeMissingError):
        affordability.years_of_income(100, None)


def test_a_paisa_of_income_is_an_income_and_none_is_refused() -> None:
    assert affordability.ratio_to_income(1, 1) == 100
    assert affordability.months_of_income(5, 1) == 5
    with pytest.raises(affordability.IncomeMissingError):
        affordability.months_of_income(5, 0)


def test_every_due_counts_also_behind_one_that_does_not() -> None:
    dues = (
        ObligationFacts("A", ObligationType.CREDIT_CARD, 7, closed_by_this_loan=True),
        ObligationFacts("B", ObligationType.PERSONAL_LOAN, 100),
        ObligationFacts("C", ObligationType.PERSONAL_LOAN, 20),
        ObligationFacts("D", ObligationType.RENT, 30),
        ObligationFacts("E", ObligationType.SCHOOL_FEES, 4),
    )
    assert affordability.dues_kept(dues) == (120, 34)


@pytest.mark.parametrize(
    ("room", "months", "step", "rounding", "found"),
    [
        (0, 12, 1, EmiRounding.PAISA, (0, 0)),
        (1, 12, 1, EmiRounding.PAISA, (12, 12)),
        (1, 1, 1, EmiRounding.CEIL, (1, 0)),  # a paisa is paid back with a whole rupee
        (1_00, 1, 1_00, EmiRounding.CEIL, (1_00, 1_00)),
        (1_20, 1, 1_20, EmiRounding.CEIL, (1_20, 0)),  # the nearest rupee would still fit
    ],
)
def test_the_smallest_rooms(
    room: int, months: int, step: int, rounding: EmiRounding, found: tuple[int, int]
) -> None:
    assert affordability.largest_loan(room, 0, months, step, rounding) == found


def test_a_loan_of_nothing_has_no_ratio_to_its_security() -> None:
    with pytest.raises(affordability.SecurityValueError):
        affordability.ltv_housing(0, 100, RULEBOOK, TODAY)
