"""Policy checks on the person."""

from dataclasses import replace
from datetime import date

import pytest

from app.rules.case_facts import ApplicantFacts, BureauFacts, CaseFacts, LoanTerms, OwnRecord
from app.rules.rulebook import Rulebook
from db.vocabulary.decisions import PolicyState
from db.vocabulary.people import EmploymentType, KycStatus
from db.vocabulary.reasons import PolicyCheck as C
from tests.rules.case_samples import (
    SHOWN,
    WORKED,
    lines_of,
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
        (C.KYC_DONE, {}, PASS),
        (C.KYC_DONE, {"kyc_status": KycStatus.EXPIRED}, NOTE),
        (C.KYC_DONE, {"kyc_status": None}, UNKNOWN),
        (C.AGE_MIN, {"date_of_birth": date(2005, 9, 30)}, PASS),
        (C.AGE_MIN, {"date_of_birth": date(2005, 10, 1)}, FAIL),
        (C.AGE_MIN, {"date_of_birth": None}, UNKNOWN),
        (C.AGE_MIN, {"date_of_birth": date(2030, 1, 1)}, UNKNOWN),
        (C.AGE_APP, {"date_of_birth": date(1968, 9, 30)}, PASS),
        (C.AGE_APP, {"date_of_birth": date(1967, 9, 30)}, REFER),
        (C.AGE_APP, {"date_of_birth": None}, UNKNOWN),
        (C.AGE_MAT, {"date_of_birth": date(1971, 9, 30)}, PASS),
        (C.AGE_MAT, {"date_of_birth": date(1970, 9, 30)}, REFER),
        (C.AGE_MAT, {"employment_type": EmploymentType.BUSINESS}, PASS),
        (C.AGE_MAT, {"employment_type": None}, UNKNOWN),
        (C.AGE_MAT, {"date_of_birth": None}, UNKNOWN),
        (C.INC_MIN, {"monthly_income_paise": 30_000_00}, PASS),
        (C.INC_MIN, {"monthly_income_paise": 29_999_99}, REFER),
        (C.INC_MIN, {"monthly_income_paise": None}, UNKNOWN),
        (C.EXP_MIN, {"experience_months": 12}, PASS),
        (C.EXP_MIN, {"experience_months": 11}, REFER),
        (C.EXP_MIN, {"experience_months": None}, UNKNOWN),
        (C.EMP_OK, {}, PASS),
        (C.EMP_OK, {"employment_type": None}, UNKNOWN),
    ],
)
def test_facts_of_the_applicant(check: C, changes: dict[str, object], state: PolicyState) -> None:
    assert state_of(with_applicant(**changes), check) is state


def test_a_product_may_ask_for_less() -> None:
    household = with_terms(product_code="MICROFINANCE")
    assert state_of(household, C.INC_MIN) is NONE
    assert state_of(household, C.EXP_MIN) is NONE
    assert state_of(with_terms(product_code="BUSINESS_TERM"), C.EMP_OK) is REFER


def test_the_sentence_of_a_breach_carries_value_and_limit() -> None:
    line = lines_of(with_applicant(experience_months=6))[C.EXP_MIN]
    assert line.text == "Work or business experience is 0.5 years; this loan needs 1 years."
    assert (line.value, line.limit, line.breached) == ("0.5", "1", True)


@pytest.mark.parametrize(
    ("taken", "state"),
    [
        (date(2026, 8, 31), PASS),
        (date(2026, 8, 30), NOTE),
        (date(2026, 10, 1), UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_a_bureau_report_grows_old(taken: date | None, state: PolicyState) -> None:
    assert state_of(replace(WORKED, bureau=BureauFacts(report_date=taken)), C.BUR_FRESH) is state


def test_an_own_npa_blocks_where_the_rule_says_so() -> None:
    case = replace(WORKED, own_record=OwnRecord(has_npa=True))
    assert state_of(WORKED, C.NPA_OWN) is PASS
    assert state_of(case, C.NPA_OWN) is FAIL


def test_no_rule_in_force_means_not_applicable() -> None:
    from app.rules.application_figures import figures_of
    from app.rules.credit_policy import policy_lines

    rows = [
        replace(row, value=False) if row.code == "own_npa_blocks" else row
        for row in RULEBOOK.rows
        if row.code != "bureau_report_max_age_days"
    ]
    book = Rulebook(rows, RULEBOOK.products)
    lines = policy_lines(WORKED, figures_of(WORKED, book), book, SHOWN)
    states = {line.rule: line.state for line in lines}
    assert (states[C.NPA_OWN], states[C.BUR_FRESH]) == (NONE, NONE)


NOTHING_KNOWN = replace(
    WORKED,
    applicant=ApplicantFacts(),
    terms=LoanTerms(product_code="HOME_RENOVATION"),
    bureau=BureauFacts(),
)


@pytest.mark.parametrize(
    ("case", "check", "value", "limit"),
    [
        (WORKED, C.KYC_DONE, "Complete", "Complete"),
        (WORKED, C.AGE_MIN, "41", "21"),
        (WORKED, C.AGE_APP, "41", "58"),
        (WORKED, C.AGE_MAT, "46", "60"),
        (WORKED, C.INC_MIN, "₹60,000", "₹30,000"),
        (WORKED, C.EXP_MIN, "4", "1"),
        (WORKED, C.EMP_OK, "salaried", "Salaried, Self-employed, Business"),
        (WORKED, C.BUR_FRESH, "10", "30"),
        (NOTHING_KNOWN, C.KYC_DONE, "", ""),
        (NOTHING_KNOWN, C.AGE_MIN, "", "21"),
        (NOTHING_KNOWN, C.AGE_APP, "", "58"),
        (NOTHING_KNOWN, C.AGE_MAT, "", ""),
        (with_terms(tenure_months=None), C.AGE_MAT, "", "60"),
        (NOTHING_KNOWN, C.INC_MIN, "", "₹30,000"),
        (NOTHING_KNOWN, C.EXP_MIN, "", "1"),
        (NOTHING_KNOWN, C.EMP_OK, "", "Salaried, Self-employed, Business"),
        (NOTHING_KNOWN, C.BUR_FRESH, "", "30"),
    ],
)
def test_value_and_limit_stand_side_by_side(
    case: CaseFacts, check: C, value: str, limit: str
) -> None:
    line = lines_of(case)[check]
    assert (line.value, line.limit) == (value, limit)


def test_born_today_is_an_age_and_a_report_of_today_is_fresh() -> None:
    assert lines_of(with_applicant(date_of_birth=WORKED.as_of))[C.AGE_MIN].value == "0"
    today = replace(WORKED, bureau=BureauFacts(report_date=WORKED.as_of))
    assert lines_of(today)[C.BUR_FRESH].value == "0"
