"""Policy checks on the loan."""

from dataclasses import replace

import pytest

from app.rules.application_figures import figures_of
from app.rules.case_facts import ApplicantFacts, CaseFacts, LoanTerms, ObligationFacts
from app.rules.credit_policy import policy_lines
from app.rules.rulebook import Rulebook
from db.vocabulary.decisions import PolicyState
from db.vocabulary.lending import CollateralType, LoanPurpose, ObligationType
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
DUES_OF_9000 = (ObligationFacts("Bank", ObligationType.PERSONAL_LOAN, 9_000_00),)
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
    assert line.text == "Income and the microfinance limit: ₹3,00,000"
    assert state_of(secured(CollateralType.PROPERTY, 10**9, low), C.MFI_ROUTE) is NONE
    assert state_of(with_applicant(monthly_income_paise=None), C.MFI_ROUTE) is UNKNOWN


def test_the_guide_is_told_with_its_figures() -> None:
    line = lines_of(WORKED)[C.FOIR_CAP]
    assert line.text == "Dues would take 55.95 % of income; the guide is 50 %."


NOTHING_KNOWN = replace(
    WORKED, applicant=ApplicantFacts(), terms=LoanTerms(product_code="HOME_RENOVATION")
)
HOUSEHOLD_AT_ITS_LIMIT = with_terms(
    HOUSEHOLD, household_income_paise=2_40_000_00, household_repayments_paise=7_455_00
)
HOUSEHOLD_UNKNOWN = replace(HOUSEHOLD, terms=LoanTerms(product_code="MICROFINANCE"))


@pytest.mark.parametrize(
    ("case", "check", "value", "limit"),
    [
        (WORKED, C.FOIR_CAP, "55.95 %", "50 %"),
        (WORKED, C.EMI_REFER, "37.29 %", "40 %"),
        (WORKED, C.EMI_MAX, "37.29 %", "50 %"),
        (WORKED, C.LTI_CAP, "16.67", "36"),
        (WORKED, C.PROD_AMT, "₹10,00,000", "₹50,000 – ₹15,00,000"),  # noqa: RUF001  # a range
        (WORKED, C.PROD_TEN, "60", "12 – 84"),  # noqa: RUF001  # a range
        (WORKED, C.PROD_RATE, "12.25 %", "11.75 – 13.50 %"),  # noqa: RUF001  # a range
        (WORKED, C.PURP_OK, "home renovation", "Home renovation"),
        (WORKED, C.MFI_ROUTE, "₹7,20,000", "₹3,00,000"),
        (NOTHING_KNOWN, C.FOIR_CAP, "", "50 %"),
        (NOTHING_KNOWN, C.EMI_REFER, "", "40 %"),
        (NOTHING_KNOWN, C.EMI_MAX, "", "50 %"),
        (NOTHING_KNOWN, C.LTI_CAP, "", "36"),
        (NOTHING_KNOWN, C.PROD_AMT, "", "₹50,000 – ₹15,00,000"),  # noqa: RUF001  # a range
        (NOTHING_KNOWN, C.PROD_TEN, "", "12 – 84"),  # noqa: RUF001  # a range
        (NOTHING_KNOWN, C.PURP_OK, "", "Home renovation"),
        (NOTHING_KNOWN, C.MFI_ROUTE, "", "₹3,00,000"),
        (HOUSEHOLD_AT_ITS_LIMIT, C.MFI_INCOME, "₹2,40,000", "₹3,00,000"),
        (HOUSEHOLD_AT_ITS_LIMIT, C.MFI_SHARE, "50.00 %", "50 %"),
        (HOUSEHOLD_UNKNOWN, C.MFI_INCOME, "", "₹3,00,000"),
        (HOUSEHOLD_UNKNOWN, C.MFI_SHARE, "", "50 %"),
        (
            HOUSEHOLD_UNKNOWN,
            C.PURP_OK,
            "",
            "Business expansion, Education, Medical emergency, Home renovation, Wedding expenses",
        ),
    ],
)
def test_value_and_limit_stand_side_by_side(
    case: CaseFacts, check: C, value: str, limit: str
) -> None:
    line = lines_of(case)[check]
    assert (line.value, line.limit) == (value, limit)


def test_dues_of_exactly_the_guide_are_within_it() -> None:
    # 20,000 for 20 months without interest is 1,000 a month; with 9,000 of dues half of 20,000.
    case = with_terms(
        replace(with_applicant(monthly_income_paise=20_000_00), obligations=DUES_OF_9000),
        amount_paise=20_000_00,
        tenure_months=20,
        rate_ppm=0,
    )
    assert lines_of(case)[C.FOIR_CAP].value == "50.00 %"
    assert state_of(case, C.FOIR_CAP) is PASS


def test_the_smallest_household_income_is_an_income() -> None:
    paisa = with_terms(HOUSEHOLD, household_income_paise=1, household_repayments_paise=0)
    assert (state_of(paisa, C.MFI_INCOME), state_of(paisa, C.MFI_SHARE)) == (PASS, FAIL)
