"""Policy checks on security, co-applicants and gold."""

from dataclasses import replace
from datetime import date

import pytest

from app.rules.application_figures import figures_of
from app.rules.case_facts import CaseFacts, CollateralFacts
from app.rules.credit_policy import policy_lines
from app.rules.rulebook import Rulebook
from db.vocabulary.decisions import PolicyState
from db.vocabulary.lending import CollateralType, LoanPurpose, RepaymentType
from db.vocabulary.reasons import PolicyCheck as C
from tests.rules.case_samples import SHOWN, WORKED, lines_of, secured, state_of, with_terms
from tests.rules.lending_vectors import RULEBOOK

PASS, REFER, FAIL = PolicyState.PASS, PolicyState.REFER, PolicyState.FAIL
UNKNOWN, NONE = PolicyState.UNVERIFIED, PolicyState.NOT_APPLICABLE
GOLD = with_terms(
    product_code="GOLD_CONSUMPTION",
    loan_purpose=LoanPurpose.WEDDING_EXPENSES,
    amount_paise=2_00_000_00,
    tenure_months=12,
    rate_ppm=100_000,
    repayment_type=RepaymentType.BULLET,
)
HOME = with_terms(
    product_code="HOME_PURCHASE",
    loan_purpose=LoanPurpose.HOME_PURCHASE,
    amount_paise=30_00_000_00,
    tenure_months=240,
    rate_ppm=85_000,
)


@pytest.mark.parametrize(
    ("case", "state"),
    [
        (WORKED, NONE),
        (secured(CollateralType.VEHICLE, 10**10), NONE),  # a kind the product does not take
        (secured(CollateralType.PROPERTY, 15_38_462_00), PASS),  # 65 % of it is 10,00,000.30
        (secured(CollateralType.PROPERTY, 15_38_461_00), FAIL),
        (secured(CollateralType.PROPERTY, 0), UNKNOWN),
        (secured(CollateralType.PROPERTY, 10**9, with_terms(amount_paise=None)), UNKNOWN),
        (secured(CollateralType.PROPERTY, 33_33_334_00, HOME), PASS),
        (secured(CollateralType.PROPERTY, 33_33_333_00, HOME), FAIL),
        (secured(CollateralType.GOLD, 2_50_000_00, GOLD), FAIL),  # 2,20,000 is due at the end
        (secured(CollateralType.GOLD, 2_60_000_00, GOLD), PASS),
        (secured(CollateralType.GOLD, 2_60_000_00, with_terms(GOLD, rate_ppm=None)), PASS),
        (secured(CollateralType.GOLD, 10**8, with_terms(GOLD, tenure_months=None)), PASS),
    ],
)
def test_loan_to_value(case: CaseFacts, state: PolicyState) -> None:
    assert state_of(case, C.LTV_CAP) is state


def test_several_securities_carry_their_sum() -> None:
    both = (
        CollateralFacts(CollateralType.PROPERTY, 10_00_000_00),
        CollateralFacts(CollateralType.SECURITIES, 7_00_000_00),
    )
    line = lines_of(replace(WORKED, collateral=both))[C.LTV_CAP]
    assert line.state is PASS  # 6,50,000 + 3,50,000
    assert (line.value, line.limit) == ("58.82 %", "58.8235 %")
    less = (both[0], replace(both[1], accepted_share_ppm=990_000))
    assert lines_of(replace(WORKED, collateral=less))[C.LTV_CAP].state is FAIL


def test_a_bullet_loan_on_houses_counts_its_amount_only() -> None:
    bullet = with_terms(HOME, repayment_type=RepaymentType.BULLET)
    assert state_of(secured(CollateralType.PROPERTY, 33_33_334_00, bullet), C.LTV_CAP) is PASS


def test_a_cap_not_in_force_does_not_apply() -> None:
    rows = [row for row in RULEBOOK.rows if row.code != "ltv_housing_cap"]
    book, case = Rulebook(rows, RULEBOOK.products), secured(CollateralType.PROPERTY, 10**10, HOME)
    lines = policy_lines(case, figures_of(case, book), book, SHOWN)
    assert {line.rule: line.state for line in lines}[C.LTV_CAP] is NONE


STUDY = with_terms(
    product_code="EDUCATION", loan_purpose=LoanPurpose.EDUCATION, amount_paise=7_50_000_00
)


@pytest.mark.parametrize(
    ("case", "state"),
    [
        (WORKED, NONE),
        (HOME, FAIL),
        (secured(CollateralType.VEHICLE, 10**10, HOME), FAIL),
        (secured(CollateralType.PROPERTY, 1, HOME), PASS),
        (STUDY, NONE),
        (with_terms(STUDY, amount_paise=7_50_000_01), FAIL),
        (with_terms(STUDY, amount_paise=None), UNKNOWN),
    ],
)
def test_security_where_it_must_be(case: CaseFacts, state: PolicyState) -> None:
    assert state_of(case, C.SEC_REQ) is state


def test_a_co_applicant_where_one_must_be() -> None:
    assert state_of(WORKED, C.CO_REQ) is NONE
    assert state_of(STUDY, C.CO_REQ) is FAIL
    assert state_of(replace(STUDY, co_applicants=1), C.CO_REQ) is PASS


def test_gold_has_a_weight_and_a_term() -> None:
    gold = secured(CollateralType.GOLD, 10**8, GOLD)
    assert state_of(WORKED, C.GOLD_WEIGHT) is NONE
    assert state_of(gold, C.GOLD_WEIGHT) is UNKNOWN
    seen = replace(gold, papers=((C.GOLD_WEIGHT, PASS),))
    assert state_of(seen, C.GOLD_WEIGHT) is PASS
    assert state_of(replace(gold, as_of=date(2026, 3, 31)), C.GOLD_WEIGHT) is NONE
    assert state_of(gold, C.GOLD_TERM) is PASS
    assert state_of(with_terms(gold, tenure_months=13), C.GOLD_TERM) is FAIL
    assert state_of(with_terms(gold, tenure_months=None), C.GOLD_TERM) is UNKNOWN
    assert state_of(with_terms(gold, repayment_type=RepaymentType.EMI), C.GOLD_TERM) is NONE


PAISA_ON_A_PAISA = secured(CollateralType.PROPERTY, 1, with_terms(amount_paise=1))


@pytest.mark.parametrize(
    ("case", "check", "value", "limit"),
    [
        (secured(CollateralType.GOLD, 2_60_000_00, GOLD), C.LTV_CAP, "84.62 %", "85 %"),
        (
            secured(CollateralType.GOLD, 2_60_000_00, with_terms(GOLD, rate_ppm=110_000)),
            C.LTV_CAP,
            "85.38 %",
            "85 %",
        ),
        (
            secured(CollateralType.PROPERTY, 1, with_terms(amount_paise=1)),
            C.LTV_CAP,
            "100.00 %",
            "65 %",
        ),
        (secured(CollateralType.GOLD, 1, GOLD), C.SEC_REQ, "", "Gold or silver"),
        (secured(CollateralType.GOLD, 1, GOLD), C.GOLD_TERM, "12", "12"),
        (
            secured(CollateralType.GOLD, 1, with_terms(GOLD, tenure_months=None)),
            C.GOLD_TERM,
            "",
            "12",
        ),
        (with_terms(STUDY, amount_paise=None), C.SEC_REQ, "", "Property, Securities, Other"),
        (with_terms(STUDY, amount_paise=7_50_000_01), C.SEC_REQ, "", "Property, Securities, Other"),
        (STUDY, C.CO_REQ, "0", "1"),
    ],
)
def test_value_and_limit_stand_side_by_side(
    case: CaseFacts, check: C, value: str, limit: str
) -> None:
    line = lines_of(case)[check]
    assert (line.value, line.limit) == (value, limit)


def test_an_amount_or_a_security_of_nothing_carries_nothing() -> None:
    nothing = secured(CollateralType.PROPERTY, 10**9, with_terms(amount_paise=0))
    assert state_of(nothing, C.LTV_CAP) is UNKNOWN
    assert state_of(secured(CollateralType.PROPERTY, 0, HOME), C.SEC_REQ) is FAIL


def test_the_cap_is_met_to_the_paisa() -> None:
    # 65 % of 20.00 is 13.00: one paisa more does not pass.
    house = [
        secured(CollateralType.PROPERTY, 20_00, with_terms(amount_paise=paise))
        for paise in (13_00, 13_01)
    ]
    assert [state_of(case, C.LTV_CAP) for case in house] == [PASS, FAIL]
