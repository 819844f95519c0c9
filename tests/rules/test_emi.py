"""The equated monthly instalment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.emi import (
    LoanTermsError,
    check_terms,
    emi,
    exact_emi,
    largest_principal,
    term_warnings,
)
from db.vocabulary.lending import EmiRounding
from tests.rules.contract_samples import book_with
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

RATES = st.integers(min_value=0, max_value=600_000)
MONTHS = st.integers(min_value=1, max_value=360)


@vectors_of("emi")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(st.integers(min_value=1, max_value=10**11), RATES, MONTHS)
def test_a_larger_loan_never_has_a_smaller_instalment(paise: int, rate: int, months: int) -> None:
    for rounding in EmiRounding:
        assert emi(paise, rate, months, rounding) <= emi(paise + 1, rate, months, rounding)


@given(st.integers(min_value=100, max_value=10**11), RATES, MONTHS)
def test_the_annuity_undoes_the_instalment(paise: int, rate: int, months: int) -> None:
    back = largest_principal(paise, rate, months)
    assert abs(exact_emi(round(back), rate, months) - paise) <= 1


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ((0, 95_000, 60), "loan_amount"),
        ((-1, 95_000, 60), "loan_amount"),
        ((100, -1, 60), "interest_rate"),
        ((100, 100_000_001, 60), "interest_rate"),
        ((100, 95_000, 0), "loan_tenure_months"),
        ((100, 95_000, 1_201), "loan_tenure_months"),
    ],
)
def test_terms_without_an_instalment_are_refused(terms: tuple[int, int, int], field: str) -> None:
    with pytest.raises(LoanTermsError) as refused:
        exact_emi(*terms)
    assert refused.value.field == field
    assert " must be " in str(refused.value)


def test_the_bounds_themselves_have_an_instalment() -> None:
    """10,000 % and a century, both refused one step further above."""
    check_terms(1, 100_000_000, 1)
    check_terms(1, 0, 1_200)


def test_a_rate_or_a_tenure_that_is_likely_a_slip_is_told() -> None:
    assert term_warnings(600_000, 360, RULEBOOK, TODAY) == []
    assert term_warnings(600_001, 361, RULEBOOK, TODAY) == [
        "Interest rate 60.0001 % is above 60 % a year: check it",
        "Tenure of 361 months is above 360 months: check it",
    ]
    unlimited = book_with(rate_warn_above=None, tenure_warn_above=None)
    assert term_warnings(10**7, 1_200, unlimited, TODAY) == []
