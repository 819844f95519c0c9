"""Interest of an NPA is income when it is received, and not before."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import income_recognition as income
from app.rules.asset_classification import is_npa
from app.rules.income_recognition import BookedInterest, InterestSplit
from app.rules.measure_inputs import MeasureInputError
from app.rules.rulebook import Rulebook
from db.vocabulary.loan_life import AssetClass
from tests.rules.lending_vectors import RULEBOOK, TODAY

MONEY = st.integers(0, 10**10)
ACCRUING = Rulebook(
    replace(row, value=True) if row.code == "npa_accrues_to_income" else row
    for row in RULEBOOK.rows
)


@pytest.mark.parametrize("asset_class", AssetClass)
def test_only_an_npa_waits_for_its_receipts(asset_class: AssetClass) -> None:
    npa = is_npa(asset_class)
    assert income.accrues_to_income(asset_class, RULEBOOK, TODAY) is not npa
    assert income.accrues_to_income(asset_class, ACCRUING, TODAY)
    found = income.interest_split(900, 400, asset_class, RULEBOOK, TODAY)
    assert found == (InterestSplit(400, 500) if npa else InterestSplit(900, 0))


@given(MONEY, MONEY, st.sampled_from(AssetClass))
def test_income_and_suspense_add_up_to_the_accrual(
    accrued: int, received: int, asset_class: AssetClass
) -> None:
    found = income.interest_split(accrued, received, asset_class, RULEBOOK, TODAY)
    assert found.income_paise + found.suspense_paise == accrued


def test_receipts_above_the_accrual_lower_the_suspense() -> None:
    found = income.interest_split(100, 300, AssetClass.LOSS, RULEBOOK, TODAY)
    assert found == InterestSplit(300, -200)


def test_what_was_never_received_is_taken_back_over_all_loans() -> None:
    loans = [BookedInterest(1000, 400), BookedInterest(50, 50), BookedInterest(10, 30)]
    assert income.reversal_on_turning_npa(loans, RULEBOOK, TODAY) == 600
    assert income.reversal_on_turning_npa([], RULEBOOK, TODAY) == 0
    assert income.reversal_on_turning_npa(loans, ACCRUING, TODAY) == 0


@pytest.mark.parametrize(
    ("accrued", "received", "field"), [(-1, 0, "accrued_interest"), (0, -1, "received_interest")]
)
def test_negative_interest_is_refused(accrued: int, received: int, field: str) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        income.interest_split(accrued, received, AssetClass.LOSS, RULEBOOK, TODAY)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("loan", "field"),
    [(BookedInterest(-1, 0), "booked_interest"), (BookedInterest(0, -1), "received_interest")],
)
def test_a_loan_with_negative_interest_is_refused(loan: BookedInterest, field: str) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        income.reversal_on_turning_npa([BookedInterest(5, 0), loan], RULEBOOK, TODAY)
    assert refusal.value.field == field
