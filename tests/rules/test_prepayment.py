"""Part-prepayment: what reaches principal, and both ways to go on."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.rules.emi import RATE_BASE
from app.rules.loan_contract import PrepaymentError
from app.rules.measure_inputs import MeasureInputError
from app.rules.money import PAISE_PER_RUPEE
from app.rules.prepayment import (
    OwedOnDay,
    PartPrepayment,
    PrepaymentSplit,
    RepaymentOutlook,
    part_prepayment,
    split_prepayment,
)
from app.rules.running_loan import RunningLoan
from db.vocabulary.lending import EmiRounding, PrepaymentKeep
from tests.rules.contract_samples import book_with
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of
from tests.rules.loan_life_samples import LOAN, running_loans

MONEY = st.integers(min_value=0, max_value=10**9)


def _prepaid(loan: RunningLoan, amount: int) -> PartPrepayment:
    return part_prepayment(loan, amount, RULEBOOK, TODAY)


@st.composite
def _cases(draw: st.DrawFn) -> tuple[RunningLoan, int]:
    loan = draw(running_loans().filter(lambda loan: loan.balance_paise > 2))
    return loan, draw(st.integers(1, loan.balance_paise - 1))


@vectors_of("part_prepayment")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


def test_both_ways_stand_beside_what_was_to_be_paid() -> None:
    found = _prepaid(LOAN, 200_000_00)
    assert found.before == RepaymentOutlook(21_002_00, 48, 20_991_39, 172_130_16)
    kept = found.keep_emi
    assert kept.outlook == RepaymentOutlook(21_002_00, 35, 15_901_14, 94_013_91)
    assert kept.interest_saved_paise == 172_130_16 - 94_013_91
    assert found.keep_tenure.outlook.emi_paise == 15_977_00
    assert (found.keep_emi.keep, found.keep_tenure.keep) == tuple(PrepaymentKeep)
    assert found.prepaid_paise == 200_000_00


def test_the_rule_row_says_what_counts_unless_the_borrower_chooses() -> None:
    found = _prepaid(LOAN, 200_000_00)
    assert found.default is PrepaymentKeep.EMI
    assert found.choice() is found.choice(PrepaymentKeep.EMI) is found.keep_emi
    assert found.choice(PrepaymentKeep.TENURE) is found.keep_tenure
    other = book_with(prepayment_default_keep="tenure")
    changed = part_prepayment(LOAN, 200_000_00, other, TODAY)
    assert changed.choice() is changed.keep_tenure


@given(_cases())
def test_the_principal_parts_add_up_to_the_balance_and_close_at_zero(
    case: tuple[RunningLoan, int],
) -> None:
    loan, amount = case
    found = _prepaid(loan, amount)
    assert found.balance_after_paise == found.balance_before_paise - amount
    assert found.balance_before_paise == loan.balance_paise
    for choice in (found.keep_emi, found.keep_tenure):
        rows = choice.schedule.rows
        assert sum(row.principal_paise for row in rows) == found.balance_after_paise
        assert rows[-1].closing_paise == 0
        assert min(row.closing_paise for row in rows) == 0
        assert choice.outlook.instalments_left == len(rows)
        assert choice.outlook.last_instalment_paise == rows[-1].instalment_paise


@given(_cases())
def test_keeping_the_instalment_is_never_longer_and_never_saves_less(
    case: tuple[RunningLoan, int],
) -> None:
    loan, amount = case
    found = _prepaid(loan, amount)
    kept, lower = found.keep_emi, found.keep_tenure
    assert kept.outlook.instalments_left <= loan.instalments_left
    assert lower.outlook.instalments_left <= loan.instalments_left
    assert kept.outlook.emi_paise == loan.emi_paise >= lower.outlook.emi_paise
    assert kept.interest_saved_paise >= lower.interest_saved_paise
    assert kept.interest_saved_paise >= 0
    left = found.before.interest_left_paise
    for choice in (kept, lower):
        assert choice.interest_saved_paise + choice.outlook.interest_left_paise == left


@given(_cases(), st.data())
def test_more_prepaid_never_saves_less_with_the_instalment_kept(
    case: tuple[RunningLoan, int], data: st.DataObject
) -> None:
    loan, amount = case
    less = data.draw(st.integers(1, amount))
    more_saved = _prepaid(loan, amount).keep_emi.interest_saved_paise
    assert more_saved >= _prepaid(loan, less).keep_emi.interest_saved_paise


def _rounding_effect(loan: RunningLoan) -> Decimal:
    """The most interest that one step of a rounded instalment, and paise, can cost to the end."""
    growth = (1 + Decimal(loan.rate_ppm) / RATE_BASE) ** loan.instalments_left
    return (PAISE_PER_RUPEE + 2) * loan.instalments_left * growth


@given(_cases(), st.data())
def test_more_prepaid_never_saves_less_with_the_term_kept_but_for_the_rounding(
    case: tuple[RunningLoan, int], data: st.DataObject
) -> None:
    loan, amount = case
    less = data.draw(st.integers(1, amount))
    more_saved = _prepaid(loan, amount).keep_tenure.interest_saved_paise
    less_saved = _prepaid(loan, less).keep_tenure.interest_saved_paise
    assert more_saved >= less_saved - _rounding_effect(loan)


def test_a_lower_instalment_is_never_a_higher_one() -> None:
    """The rupees rounded off 36 times would lift the new instalment by one."""
    loan = RunningLoan(2_804_567_87, 85_000, 26_035_00, 204, EmiRounding.RUPEE)
    rounded_off = replace(loan, emi_paise=26_034_00)
    assert _prepaid(loan, 1).keep_tenure.outlook.emi_paise == 26_035_00
    assert _prepaid(rounded_off, 1).keep_tenure.outlook.emi_paise == 26_034_00


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        (0, "more than ₹0"),
        (-1, "more than ₹0"),
        (835_955_23, "less than ₹8,35,955.23, .* foreclosure quote"),
        (835_955_24, "foreclosure quote"),
    ],
)
def test_nothing_and_the_whole_balance_are_no_part_prepayment(amount: int, sentence: str) -> None:
    with pytest.raises(PrepaymentError, match=sentence) as refused:
        _prepaid(LOAN, amount)
    assert refused.value.field == "amount"


def test_a_single_paisa_may_be_prepaid_and_a_single_one_left() -> None:
    assert _prepaid(LOAN, 1).balance_after_paise == 835_955_22
    least = _prepaid(LOAN, 835_955_22)
    assert least.keep_emi.outlook == RepaymentOutlook(21_002_00, 1, 1, 0)


def test_a_loan_without_an_instalment_is_refused() -> None:
    with pytest.raises(MeasureInputError) as refused:
        _prepaid(replace(LOAN, emi_paise=0), 100)
    assert refused.value.field == "emi"


@given(MONEY, MONEY, st.integers(2, 10**9), st.data())
def test_a_payment_clears_overdue_then_interest_then_principal(
    overdue: int, interest: int, principal: int, data: st.DataObject
) -> None:
    reaching = data.draw(st.integers(1, principal - 1))
    owed = OwedOnDay(overdue, interest, principal)
    found = split_prepayment(overdue + interest + reaching, owed)
    assert found == PrepaymentSplit(overdue, interest, reaching)


@pytest.mark.parametrize("amount", [-1, 0, 10_500_00])
def test_a_payment_that_reaches_no_principal_is_no_prepayment(amount: int) -> None:
    owed = OwedOnDay(10_000_00, 500_00, 800_000_00)
    with pytest.raises(PrepaymentError, match=r"more than ₹10,500.00: overdue") as refused:
        split_prepayment(amount, owed)
    assert refused.value.field == "amount"
    assert split_prepayment(10_500_01, owed).principal_paise == 1


def test_a_payment_of_everything_is_a_foreclosure() -> None:
    owed = OwedOnDay(10_000_00, 500_00, 800_000_00)
    assert split_prepayment(810_499_99, owed).principal_paise == 799_999_99
    with pytest.raises(PrepaymentError, match=r"less than ₹8,00,000.00, the principal owed"):
        split_prepayment(810_500_00, owed)


@pytest.mark.parametrize(
    ("owed", "field"),
    [(OwedOnDay(-1, 0, 100), "overdue"), (OwedOnDay(0, -1, 100), "accrued_interest")],
)
def test_what_is_owed_is_never_negative(owed: OwedOnDay, field: str) -> None:
    with pytest.raises(MeasureInputError) as refused:
        split_prepayment(50, owed)
    assert refused.value.field == field


@given(_cases())
def test_without_interest_nothing_is_saved(case: tuple[RunningLoan, int]) -> None:
    loan, amount = case
    assume(loan.instalments_left > 1)
    found = _prepaid(replace(loan, rate_ppm=0), amount)
    assert found.keep_emi.interest_saved_paise == found.keep_tenure.interest_saved_paise == 0
