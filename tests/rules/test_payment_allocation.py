"""How a receipt is used: nothing is lost, nothing is settled twice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.payment_allocation import Due, PaymentAmountError, allocate
from db.vocabulary.lending import AppropriationOrder
from tests.rules.lending_vectors import check, vectors_of

MONEY = st.integers(min_value=0, max_value=10**8)
DUES = st.lists(
    st.builds(Due, st.dates(date(2020, 1, 1), date(2030, 1, 1)), MONEY, MONEY), max_size=6
)


@vectors_of("appropriation")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(st.integers(min_value=1, max_value=10**9), DUES, MONEY, st.sampled_from(AppropriationOrder))
def test_the_parts_add_up_to_the_payment(
    payment: int, dues: list[Due], charges: int, policy: AppropriationOrder
) -> None:
    split = allocate(payment, dues, charges, policy)
    used = split.interest_paise + split.principal_paise + split.charges_paise
    assert used + split.excess_paise == payment
    assert split.charges_paise + split.charges_left_paise == charges
    assert split.policy is policy
    assert min(split.excess_paise, split.charges_left_paise) >= 0
    for due, share in zip(sorted(dues, key=lambda d: d.due_on), split.shares, strict=True):
        assert share.due_on == due.due_on
        assert 0 <= share.interest_paise <= due.interest_paise
        assert 0 <= share.principal_paise <= due.principal_paise
    owed = sum(due.total_paise for due in dues) + charges
    assert (split.excess_paise > 0) == (payment > owed)


@given(st.integers(min_value=1, max_value=10**9), DUES, MONEY)
def test_the_oldest_is_cleared_before_the_next_is_touched(
    payment: int, dues: list[Due], charges: int
) -> None:
    split = allocate(payment, dues, charges, AppropriationOrder.FIFO_IPC)
    oldest_first = sorted(dues, key=lambda d: d.due_on)
    short = False
    for due, share in zip(oldest_first, split.shares, strict=True):
        paid = share.interest_paise + share.principal_paise
        assert not (short and paid)
        short = short or paid < due.total_paise


def test_a_receipt_of_nothing_is_refused() -> None:
    with pytest.raises(PaymentAmountError, match="more than ₹0"):
        allocate(0, [], 0, AppropriationOrder.CIP)
