"""What closes a loan on one day, part by part."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.emi import LoanTermsError
from app.rules.foreclosure import (
    ForeclosureError,
    ForeclosureQuote,
    LoanToClose,
    check_settlement,
    foreclosure,
)
from app.rules.measure_inputs import MeasureInputError
from app.rules.prepayment_fee import FeeCharge, FeePermission
from tests.rules.contract_samples import book_with
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

DUE, VALUE = date(2027, 12, 5), date(2027, 12, 26)
LOAN = LoanToClose(2_75_999_98, 140_000, DUE, overdue_paise=17_000_00, charges_paise=500_00)
FEE = FeeCharge(11_040_00, 1_987_20, FeePermission(True, "Charge allowed: the rate is fixed"))
NO_FEE = FeeCharge(0, 0, FeePermission(False, "No charge: none is agreed"))
MONEY = st.integers(0, 10**10)


def _quote(loan: LoanToClose = LOAN, value: date = VALUE, fee: FeeCharge = FEE) -> ForeclosureQuote:
    return foreclosure(loan, value, fee, RULEBOOK, TODAY)


@vectors_of("foreclosure")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


def test_each_part_stands_on_its_own_field() -> None:
    found = _quote()
    assert found == ForeclosureQuote(
        value_date=VALUE,
        days=21,
        principal_paise=2_75_999_98,
        accrued_interest_paise=2_223_12,
        overdue_paise=17_000_00,
        charges_paise=500_00,
        fee_paise=11_040_00,
        gst_paise=1_987_20,
        fee_reason="Charge allowed: the rate is fixed",
    )
    assert found.total_paise == 2_91_250_30 + 17_500_00
    assert _quote(fee=NO_FEE).fee_reason == "No charge: none is agreed"


@given(MONEY, MONEY, MONEY, MONEY, st.integers(0, 400))
def test_the_total_is_the_sum_of_the_parts_and_each_part_is_what_was_owed(
    principal: int, overdue: int, charges: int, fee: int, days: int
) -> None:
    loan = LoanToClose(principal + 1, 140_000, DUE, overdue, charges)
    charge = FeeCharge(fee, fee // 5, FEE.permission)
    found = _quote(loan, DUE + timedelta(days=days), charge)
    paid = principal + 1 + overdue + charges + fee + fee // 5
    assert found.total_paise == paid + found.accrued_interest_paise
    assert (found.days, found.overdue_paise, found.charges_paise) == (days, overdue, charges)
    assert (found.accrued_interest_paise > 0) == (
        2 * 140_000 * days * (principal + 1) >= 365 * 10**6
    )


@given(MONEY, st.integers(0, 400))
def test_a_day_more_never_costs_less(principal: int, days: int) -> None:
    loan = LoanToClose(principal + 1, 95_000, DUE)
    one, next_day = DUE + timedelta(days=days), DUE + timedelta(days=days + 1)
    assert _quote(loan, one).total_paise <= _quote(loan, next_day).total_paise


def test_the_days_count_as_the_rules_of_the_sanction_say() -> None:
    leap = LoanToClose(1_000_000_00, 100_000, date(2028, 1, 1))
    fixed = _quote(leap, date(2028, 1, 31), NO_FEE)
    assert fixed.accrued_interest_paise == 8_219_18
    actual = foreclosure(
        leap, date(2028, 1, 31), NO_FEE, book_with(day_count="ACT_ACT"), date(2026, 1, 1)
    )
    assert actual.accrued_interest_paise == 8_196_72


def test_a_day_before_the_last_due_date_is_refused() -> None:
    with pytest.raises(ForeclosureError, match="05 Dec 2027, the last due date") as refused:
        _quote(value=DUE - timedelta(days=1))
    assert refused.value.field == "value_date"
    assert _quote(value=DUE).accrued_interest_paise == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"principal_paise": -1}, "principal"),
        ({"overdue_paise": -1}, "overdue"),
        ({"charges_paise": -1}, "charges"),
        ({"principal_paise": 0, "overdue_paise": 0}, "loan_amount"),
        ({"rate_ppm": -1}, "interest_rate"),
    ],
)
def test_a_loan_that_owes_nothing_or_less_is_refused(changes: dict[str, int], field: str) -> None:
    with pytest.raises((LoanTermsError, MeasureInputError)) as refused:
        _quote(replace(LOAN, **changes))
    assert refused.value.field == field


def test_after_the_last_due_date_only_what_is_overdue_is_left() -> None:
    late = replace(LOAN, principal_paise=0, overdue_paise=1, charges_paise=0)
    found = _quote(late, fee=NO_FEE)
    assert (found.total_paise, found.accrued_interest_paise) == (1, 0)


def test_the_quote_holds_for_its_day_and_its_total_alone() -> None:
    quote = _quote()
    check_settlement(quote, quote.total_paise, VALUE)
    check_settlement(quote, quote.total_paise + 1, VALUE)
    for other in (VALUE - timedelta(days=1), VALUE + timedelta(days=1)):
        with pytest.raises(ForeclosureError, match="holds for 26 Dec 2027 only") as refused:
            check_settlement(quote, quote.total_paise, other)
        assert refused.value.field == "value_date"
    with pytest.raises(ForeclosureError, match=r"₹3,08,750.30 closes the loan") as refused:
        check_settlement(quote, quote.total_paise - 1, VALUE)
    assert refused.value.field == "amount"
