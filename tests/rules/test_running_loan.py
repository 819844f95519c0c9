"""The instalments left are those of the contract's schedule, to the paisa."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.amortisation import LoanShape, contract_schedule
from app.rules.emi import LoanTermsError
from app.rules.measure_inputs import MeasureInputError
from app.rules.running_loan import (
    RunningLoan,
    check_running,
    schedule_left,
    schedule_renewed,
    standing_after,
)
from db.vocabulary.lending import EmiRounding
from tests.rules.lending_vectors import RULEBOOK, TODAY
from tests.rules.loan_life_samples import LOAN, SHAPES

SAMPLE = contract_schedule(LoanShape(100_000_00, 120_000, 12), EmiRounding.PAISA, RULEBOOK, TODAY)


@given(SHAPES, st.sampled_from(EmiRounding), st.data())
def test_what_is_left_is_the_rest_of_the_schedule(
    shape: LoanShape, rounding: EmiRounding, data: st.DataObject
) -> None:
    whole = contract_schedule(shape, rounding, RULEBOOK, TODAY)
    paid = data.draw(st.integers(0, len(whole.rows) - 1))
    loan = standing_after(whole, shape.rate_ppm, rounding, paid)
    left = schedule_left(loan)
    assert [row[1:] for row in left.rows] == [row[1:] for row in whole.rows[paid:]]
    assert len(left.rows) == loan.instalments_left
    assert left.emi_paise == whole.emi_paise == loan.emi_paise
    assert loan.rounding is rounding


@pytest.mark.parametrize("paid", [-1, 12, 13])
def test_a_number_that_leaves_nothing_to_pay_is_refused(paid: int) -> None:
    with pytest.raises(MeasureInputError, match="from 0 to 11") as refused:
        standing_after(SAMPLE, 120_000, EmiRounding.PAISA, paid)
    assert refused.value.field == "paid_instalments"


def test_the_last_instalment_alone_can_be_left() -> None:
    last = standing_after(SAMPLE, 120_000, EmiRounding.PAISA, 11)
    assert last == RunningLoan(8796_88, 120_000, 8884_88, 1, EmiRounding.PAISA)


def test_a_renewed_schedule_spreads_the_balance_over_the_instalments_left() -> None:
    renewed = schedule_renewed(replace(LOAN, balance_paise=635_955_23), RULEBOOK, TODAY)
    assert (renewed.emi_paise, len(renewed.rows)) == (15_977_00, 48)
    assert renewed.last_instalment_paise == 15_988_05


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"balance_paise": 0}, "loan_amount"),
        ({"balance_paise": -1}, "loan_amount"),
        ({"rate_ppm": -1}, "interest_rate"),
        ({"instalments_left": 0}, "loan_tenure_months"),
        ({"emi_paise": 0}, "emi"),
        ({"emi_paise": -1}, "emi"),
    ],
)
def test_a_loan_outside_the_arithmetic_is_refused(changes: dict[str, int], field: str) -> None:
    with pytest.raises((LoanTermsError, MeasureInputError)) as refused:
        check_running(replace(LOAN, **changes))
    assert refused.value.field == field


def test_the_smallest_loan_is_let_through() -> None:
    check_running(RunningLoan(1, 0, 1, 1, EmiRounding.PAISA))
