"""Whether paying early may cost something, why, and how much."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.measure_inputs import MeasureInputError
from app.rules.prepayment_fee import (
    FeeCase,
    FeeCharge,
    FeePermission,
    default_lender_class,
    fee_allowed,
    is_business_purpose,
    prepayment_charge,
    taxed_fee,
)
from app.rules.products import Fee
from db.vocabulary.lending import (
    BorrowerType,
    FeeBasis,
    FeeKind,
    FeePaidTo,
    FeeTiming,
    LenderClass,
    LoanPurpose,
    RateType,
)
from tests.rules.contract_samples import book_with
from tests.rules.lending_vectors import RULEBOOK, TODAY

NEW_RULE = date(2026, 1, 1)
HOME = FeeCase(
    borrower_type=BorrowerType.INDIVIDUAL,
    is_business=False,
    rate_type=RateType.FLOATING,
    sanctioned_on=NEW_RULE,
    lender_class=LenderClass.COMMERCIAL_BANK,
    limit_paise=50_00_000_00,
    disclosed=True,
)
BUSINESS = replace(HOME, is_business=True)
FIXED = replace(HOME, rate_type=RateType.FIXED)
CASES = st.builds(
    FeeCase,
    st.sampled_from(BorrowerType),
    st.booleans(),
    st.sampled_from(RateType),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.sampled_from(LenderClass),
    st.integers(1, 10**11),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
UNLIMITED = {
    LenderClass.COMMERCIAL_BANK,
    LenderClass.UCB_TIER_4,
    LenderClass.NBFC_UPPER,
    LenderClass.ALL_INDIA_FI,
}
UP_TO_A_LIMIT = {
    LenderClass.SMALL_FINANCE_BANK,
    LenderClass.REGIONAL_RURAL_BANK,
    LenderClass.UCB_TIER_3,
    LenderClass.STATE_COOPERATIVE_BANK,
    LenderClass.CENTRAL_COOPERATIVE_BANK,
    LenderClass.NBFC_MIDDLE,
}
FREE_TO_CHARGE = set(LenderClass) - UNLIMITED - UP_TO_A_LIMIT


def _allowed(case: FeeCase = HOME, **changes: Any) -> bool:
    return fee_allowed(replace(case, **changes), RULEBOOK).allowed


def _fee(basis: FeeBasis = FeeBasis.PERCENT_OF_PRINCIPAL, **changes: Any) -> Fee:
    terms: dict[str, Any] = {
        "rate_ppm": 40_000,
        "amount_paise": 700_00,
        "min_paise": None,
        "max_paise": None,
        "gst_rule": "gst_rate",
    }
    return Fee(
        kind=FeeKind.PREPAYMENT,
        basis=basis,
        paid_to=FeePaidTo.LENDER,
        timing=FeeTiming.CONTINGENT,
        note=None,
        **{**terms, **changes},
    )


@given(CASES)
def test_there_is_always_a_reason_and_it_begins_with_the_answer(case: FeeCase) -> None:
    allowed, reason = fee_allowed(case, RULEBOOK)
    assert reason.startswith("Charge allowed: " if allowed else "No charge: ")
    assert not reason.rstrip().endswith(":")


@given(CASES)
def test_nothing_undisclosed_or_waived_is_ever_charged(case: FeeCase) -> None:
    assert not _allowed(case, disclosed=False)
    assert not _allowed(case, waived=True)


@given(CASES)
def test_a_fixed_rate_is_barred_by_microfinance_alone(case: FeeCase) -> None:
    told = replace(case, rate_type=RateType.FIXED, disclosed=True, waived=False)
    assert _allowed(told, is_microfinance=False)
    assert _allowed(told, is_microfinance=True) is (case.sanctioned_on < date(2022, 4, 1))


@pytest.mark.parametrize("lender", LenderClass)
def test_from_2026_no_lender_charges_a_floating_loan_to_an_individual(lender: LenderClass) -> None:
    assert not _allowed(lender_class=lender)
    assert not _allowed(lender_class=lender, limit_paise=10**11)
    for other in (BorrowerType.MICRO_SMALL_ENTERPRISE, BorrowerType.OTHER):
        assert _allowed(lender_class=lender, borrower_type=other)


@pytest.mark.parametrize("lender", LenderClass)
@pytest.mark.parametrize("borrower", BorrowerType)
def test_business_loans_go_by_the_class_of_the_lender(
    lender: LenderClass, borrower: BorrowerType
) -> None:
    small = _allowed(BUSINESS, lender_class=lender, borrower_type=borrower)
    one_more = _allowed(
        BUSINESS, lender_class=lender, borrower_type=borrower, limit_paise=50_00_000_01
    )
    if borrower is BorrowerType.OTHER:
        assert (small, one_more) == (True, True)
        return
    assert small is (lender in FREE_TO_CHARGE)
    assert one_more is (lender not in UNLIMITED)
    before = date(2025, 12, 31)
    assert _allowed(BUSINESS, lender_class=lender, borrower_type=borrower, sanctioned_on=before)


@pytest.mark.parametrize(
    ("lender", "on", "allowed"),
    [
        (LenderClass.COMMERCIAL_BANK, date(2014, 5, 6), True),
        (LenderClass.COMMERCIAL_BANK, date(2014, 5, 7), False),
        (LenderClass.COMMERCIAL_BANK, date(2025, 12, 31), False),
        (LenderClass.SMALL_FINANCE_BANK, date(2019, 8, 1), True),
        (LenderClass.SMALL_FINANCE_BANK, date(2019, 8, 2), False),
        (LenderClass.NBFC_MIDDLE, date(2025, 12, 31), True),
        (LenderClass.NBFC_MIDDLE, date(2026, 1, 1), False),
    ],
)
def test_earlier_loans_go_by_the_row_of_their_day(
    lender: LenderClass, on: date, allowed: bool
) -> None:
    assert _allowed(lender_class=lender, sanctioned_on=on) is allowed


def test_the_reason_says_what_bars_the_charge() -> None:
    assert fee_allowed(HOME, RULEBOOK).reason == (
        "No charge: floating-rate loans to individuals for other than business sanctioned on "
        "01 Jan 2026 carry none (RBI/2025-26/64, DoR.MCS.REC.38/01.01.001/2025-26, 2 Jul 2025)"
    )
    assert "floating-rate business loans to individuals" in fee_allowed(BUSINESS, RULEBOOK).reason
    small = fee_allowed(replace(BUSINESS, lender_class=LenderClass.NBFC_MIDDLE), RULEBOOK).reason
    assert "floating-rate business loans up to ₹50,00,000 to individuals and small" in small
    micro = fee_allowed(replace(FIXED, is_microfinance=True), RULEBOOK).reason
    assert micro.startswith("No charge: microfinance loans sanctioned on 01 Jan 2026 carry none (")
    assert "waived it before" in fee_allowed(replace(FIXED, waived=True), RULEBOOK).reason
    assert fee_allowed(replace(FIXED, disclosed=False), RULEBOOK) == FeePermission(
        allowed=False,
        reason="No charge: it is not in the sanction letter, the agreement and the "
        "Key Facts Statement",
    )


def test_the_reason_says_why_a_charge_is_allowed() -> None:
    assert fee_allowed(FIXED, RULEBOOK) == FeePermission(
        allowed=True, reason="Charge allowed: the rate is fixed, and it was disclosed"
    )
    assert fee_allowed(replace(BUSINESS, borrower_type=BorrowerType.OTHER), RULEBOOK).reason == (
        "Charge allowed: no circular bars it for a loan of ₹50,00,000 sanctioned on 01 Jan 2026 "
        "by this lender to this borrower, and it was disclosed"
    )


def test_the_rows_decide_and_a_row_without_a_source_cites_none() -> None:
    book = book_with(prepayment_bar_microfinance=False, prepayment_bar_non_business=False)
    assert fee_allowed(replace(HOME, is_microfinance=True), book).allowed
    silent = book_with()
    silent = type(silent)([replace(row, source="") for row in silent.rows])
    assert fee_allowed(HOME, silent).reason.endswith("carry none")


@pytest.mark.parametrize("amount", [0, -1])
def test_a_loan_of_nothing_is_refused(amount: int) -> None:
    with pytest.raises(MeasureInputError) as refused:
        _allowed(limit_paise=amount)
    assert refused.value.field == "sanctioned_amount"
    assert _allowed(FIXED, limit_paise=1)


@pytest.mark.parametrize(
    ("fee", "amount"),
    [
        (_fee(), 11_040_00),
        (_fee(min_paise=12_000_00), 12_000_00),
        (_fee(max_paise=9_000_00), 9_000_00),
        (_fee(FeeBasis.FLAT), 700_00),
        (_fee(FeeBasis.PERCENT_OF_SANCTION), 2_00_000_00),
    ],
)
def test_the_product_s_fee_with_tax_of_the_day(fee: Fee, amount: int) -> None:
    found = prepayment_charge(FIXED, fee, 2_75_999_98, RULEBOOK, TODAY)
    assert (found.fee_paise, found.gst_paise) == (amount, amount * 18 // 100)
    assert found.permission == fee_allowed(FIXED, RULEBOOK)
    untaxed = prepayment_charge(FIXED, replace(fee, gst_rule=None), 2_75_999_98, RULEBOOK, TODAY)
    assert untaxed == replace(found, gst_paise=0)


@pytest.mark.parametrize(
    "fee", [None, _fee(FeeBasis.NONE), _fee(FeeBasis.AT_COST), _fee(rate_ppm=None)]
)
def test_no_agreed_fee_is_no_charge(fee: Fee | None) -> None:
    found = prepayment_charge(FIXED, fee, 2_75_999_98, RULEBOOK, TODAY)
    assert found == FeeCharge(0, 0, FeePermission(False, "No charge: none is agreed"))


def test_a_barred_fee_is_nothing_with_its_reason() -> None:
    found = prepayment_charge(HOME, _fee(), 2_75_999_98, RULEBOOK, TODAY)
    assert found == FeeCharge(0, 0, fee_allowed(HOME, RULEBOOK))


def test_negative_amounts_are_refused() -> None:
    yes = FeePermission(True, "asked")
    for fee, gst, field in [(-1, 0, "fee"), (0, -1, "gst_percent")]:
        with pytest.raises(MeasureInputError) as refused:
            taxed_fee(fee, gst, yes)
        assert refused.value.field == field
    with pytest.raises(MeasureInputError) as refused:
        prepayment_charge(HOME, None, -1, RULEBOOK, TODAY)
    assert refused.value.field == "principal"
    assert prepayment_charge(FIXED, _fee(), 0, RULEBOOK, TODAY).fee_paise == 0


def test_business_is_one_purpose() -> None:
    business = [purpose for purpose in LoanPurpose if is_business_purpose(purpose)]
    assert business == [LoanPurpose.BUSINESS_EXPANSION]


def test_the_bank_s_own_class_is_a_row() -> None:
    assert default_lender_class(RULEBOOK, TODAY) is LenderClass.COMMERCIAL_BANK
    other = book_with(lender_class="NBFC_UPPER")
    assert default_lender_class(other, TODAY) is LenderClass.NBFC_UPPER
