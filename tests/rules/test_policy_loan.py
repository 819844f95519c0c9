"""Policy checks on the loan."""

from dataclasses import replace

import pytest

from app.rules.application_figures import figures_of
from app.rules.credit_policy import policy_lines
from app.rules.rulebook import Rulebook
from db.vocabulary.decisions import PolicyState
from db.vocabulary.lending import CollateralType, LoanPurpose
from db.vocabulary.reasons import PolicyCheck as C
from tests.rules.case_samples import (
    SHOWN,
    WORKED,
    lines_of,
    secured,
    state_of,
    with_applicant,
    with_terms,
)
from tests.rules.lending_vectors import RULEBOOK

PASS, NOTE, REFER, FAIL = (
    PolicyState.PASS,
    PolicyState.NOTE,
    PolicyState.REFER,
    PolicyState.FAIL,
)
UNKNOWN, NONE = PolicyState.UNVERIFIED, PolicyState.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("check", "changes", "state"),
    [
        (C.FOIR_CAP, {}, REFER),
        (C.FOIR_CAP, {"amount_paise": 5_00_000_00}, PASS),
        (C.FOIR_CAP, {"amount_paise": None}, UNKNOWN),
        (C.EMI_REFER, {}, PASS),
        (C.EMI_REFER, {"tenure_months": 48}, REFER),
        (C.EMI_MAX, {"tenure_months": 48}, PASS),
        (C.EMI_MAX, {"tenure_months": 36}, FAIL),
        (C.EMI_MAX, {"amount_paise": None}, UNKNOWN),
        (C.LTI_CAP, {"amount_paise": 21_60_000_00}, PASS),
        (C.LTI_CAP, {"amount_paise": 21_60_000_01}, REFER),
        (C.LTI_CAP, {"amount_paise": None}, UNKNOWN),
        (C.PROD_AMT, {"amount_paise": 15_00_000_00}, PASS),
        (C.PROD_AMT, {"amount_paise": 15_00_000_01}, REFER),
        (C.PROD_AMT, {"amount_paise": None}, UNKNOWN),
        (C.PROD_TEN, {"tenure_months": 84}, PASS),
        (C.PROD_TEN, {"tenure_months": 85}, REFER),
        (C.PROD_TEN, {"tenure_months": None}, UNKNOWN),
        (C.PROD_RATE, {"rate_ppm": None}, PASS),
        (C.PROD_RATE, {"rate_ppm": 123_000}, NOTE),
        (C.PURP_OK, {}, PASS),
        (C.PURP_OK, {"loan_purpose": LoanPurpose.EDUCATION}, FAIL),
        (C.PURP_OK, {"loan_purpose": None}, UNKNOWN),
        (C.MFI_ROUTE, {}, PASS),
        (C.MFI_ROUTE, {"product_code": "MICROFINANCE"}, NONE),
        (C.MFI_INCOME, {}, NONE),
        (C.MFI_SHARE, {}, NONE),
    ],
)
def test_terms_of_the_loan(check: C, changes: dict[str, object], state: PolicyState) -> None:
    assert state_of(with_terms(**changes), check) is state


def test_limits_a_product_does_not_set_do_not_apply() -> None:
    household = with_terms(product_code="MICROFINANCE")
    for check in (C.FOIR_CAP, C.EMI_REFER, C.EMI_MAX):
        assert state_of(household, check) is NONE


def test_a_product_without_a_cap_on_months_of_income() -> None:
    products = [replace(each, lti_cap_months=None) for each in RULEBOOK.products]
    book = Rulebook(RULEBOOK.rows, products)
    lines = policy_lines(WORKED, figures_of(WORKED, book), book, SHOWN)
    assert {line.rule: line.state for line in lines}[C.LTI_CAP] is NONE


def test_a_small_gold_loan_is_exempt_from_the_guide() -> None:
    gold = with_terms(product_code="GOLD_CONSUMPTION", tenure_months=3)
    small = with_terms(gold, amount_paise=2_50_000_00)
    larger = with_terms(gold, amount_paise=2_50_000_01)
    assert state_of(small, C.FOIR_CAP) is NONE
    assert state_of(larger, C.FOIR_CAP) is REFER


HOUSEHOLD = with_terms(
    product_code="MICROFINANCE", amount_paise=50_000_00, tenure_months=24, rate_ppm=200_000
)


@pytest.mark.parametrize(
    ("check", "income", "paid", "state"),
    [
        (C.MFI_INCOME, 3_00_000_00, 0, PASS),
        (C.MFI_INCOME, 3_00_000_01, 0, FAIL),
        (C.MFI_INCOME, None, 0, UNKNOWN),
        (C.MFI_INCOME, 0, 0, UNKNOWN),
        (C.MFI_SHARE, 2_40_000_00, 7_455_00, PASS),
        (C.MFI_SHARE, 2_40_000_00, 7_456_00, FAIL),
        (C.MFI_SHARE, 2_40_000_00, None, UNKNOWN),
        (C.MFI_SHARE, None, 0, UNKNOWN),
    ],
)
def test_the_household_rule_of_microfinance(
    check: C, income: int | None, paid: int | None, state: PolicyState
) -> None:
    case = with_terms(HOUSEHOLD, household_income_paise=income, household_repayments_paise=paid)
    assert state_of(case, check) is state


def test_a_free_loan_to_a_low_income_is_noted_as_microfinance_by_law() -> None:
    low = with_applicant(monthly_income_paise=25_000_00)
    line = lines_of(low)[C.MFI_ROUTE]
    assert line.state is NOTE
    assert line.text == "Income low enough for the microfinance rule: ₹3,00,000"
    assert state_of(secured(CollateralType.PROPERTY, 10**9, low), C.MFI_ROUTE) is NONE
    assert state_of(with_applicant(monthly_income_paise=None), C.MFI_ROUTE) is UNKNOWN


def test_the_guide_is_told_with_its_figures() -> None:
    line = lines_of(WORKED)[C.FOIR_CAP]
    assert line.text == "Dues would take 55.95 % of income; the guide is 50 %."
