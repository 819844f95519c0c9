"""All payments of a loan: moratorium, one payment at the end, broken first period."""

from dataclasses import replace
from datetime import date

import pytest

from app.rules.case_facts import CaseFacts
from app.rules.emi import emi
from app.rules.loan_plan import LoanPlan, missing_terms, plan_of, product_of, rate_of
from db.vocabulary.lending import EmiRounding, LoanPurpose, RepaymentType
from tests.rules.case_samples import DAY, WORKED, with_terms
from tests.rules.lending_vectors import RULEBOOK


def _plan(case: CaseFacts) -> LoanPlan:
    plan = plan_of(case, product_of(case, RULEBOOK), RULEBOOK)
    assert plan is not None
    return plan


def _no_plan(case: CaseFacts) -> bool:
    return plan_of(case, product_of(case, RULEBOOK), RULEBOOK) is None


def test_the_product_is_the_one_named_or_the_default_of_the_purpose() -> None:
    named = product_of(WORKED, RULEBOOK)
    assert named is not None
    assert named.product_code == "HOME_RENOVATION"
    wedding = with_terms(product_code=None, loan_purpose=LoanPurpose.WEDDING_EXPENSES)
    default = product_of(wedding, RULEBOOK)
    assert default is not None
    assert default.product_code == "PERSONAL"
    assert product_of(with_terms(product_code="NONE"), RULEBOOK) is None
    assert product_of(CaseFacts(as_of=DAY), RULEBOOK) is None
    assert rate_of(with_terms(rate_ppm=None).terms, named) == 122_500
    assert rate_of(with_terms(rate_ppm=None).terms, None) is None


def test_a_broken_first_period_is_charged_by_days_inside_the_first_payment() -> None:
    plain = _plan(WORKED)
    late = _plan(with_terms(first_due_date=date(2026, 11, 15)))
    assert late.broken_days == 15
    assert late.broken_interest_paise == 5_034_25  # 10,00,000 at 12.25 % for 15 of 365 days
    assert late.payments_paise[0] == plain.payments_paise[0] + late.broken_interest_paise
    assert late.total_interest_paise == plain.total_interest_paise + late.broken_interest_paise
    assert late.last_due_date == date(2031, 10, 15)
    early = _plan(with_terms(first_due_date=date(2026, 10, 20)))
    assert early.broken_days == -10
    assert early.broken_interest_paise < 0


def test_a_capitalised_moratorium_grows_the_balance() -> None:
    study = with_terms(
        product_code="EDUCATION", loan_purpose=LoanPurpose.EDUCATION, moratorium_months=12,
        rate_ppm=92_500,
    )  # fmt: skip
    plan = _plan(study)
    assert plan.payments_paise[:12] == (0,) * 12
    assert len(plan.payments_paise) == 72
    grown = 10_00_000_00 * 10_925 // 10_000
    assert plan.emi_paise == emi(grown, 92_500, 60, EmiRounding.RUPEE)
    assert plan.last_due_date == date(2032, 9, 30)
    assert plan.total_interest_paise == sum(plan.payments_paise) - 10_00_000_00


def test_a_serviced_moratorium_pays_interest_only() -> None:
    medical = with_terms(product_code="MEDICAL", moratorium_months=2, rate_ppm=120_000)
    plan = _plan(medical)
    assert plan.payments_paise[:2] == (10_000_00, 10_000_00)
    assert plan.schedule is not None
    assert plan.last_instalment_paise == plan.schedule.last_instalment_paise


def test_a_bullet_loan_is_estimated_at_the_card_rate_and_paid_at_the_end() -> None:
    gold = with_terms(
        product_code="GOLD_CONSUMPTION", repayment_type=RepaymentType.BULLET, tenure_months=12,
        amount_paise=2_00_000_00, rate_ppm=100_000,
    )  # fmt: skip
    plan = _plan(gold)
    assert plan.emi_paise == emi(2_00_000_00, 90_000, 12, EmiRounding.RUPEE)
    assert plan.payments_paise == (0,) * 11 + (2_20_000_00,)
    assert plan.schedule is None
    free = with_terms(gold, product_code=None, loan_purpose=None)
    assert _plan(free).emi_paise == emi(2_00_000_00, 100_000, 12, EmiRounding.RUPEE)


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_paise": 0},
        {"tenure_months": 0},
        {"tenure_months": 10**6},
        {"rate_ppm": -1},
        {"repayment_type": RepaymentType.STEP},
        {"first_due_date": DAY},
    ],
)
def test_terms_without_a_plan(changes: dict[str, object]) -> None:
    assert _no_plan(with_terms(**changes))
    assert _no_plan(replace(WORKED, terms=replace(WORKED.terms, rate_ppm=-1)))


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, ()),
        ({"amount_paise": 1}, ()),
        ({"amount_paise": 0}, ("loan_amount",)),
        ({"tenure_months": 0}, ("loan_tenure_months",)),
        ({"rate_ppm": 0}, ()),
        ({"rate_ppm": None}, ()),
        ({"rate_ppm": -1}, ("interest_rate",)),
        ({"repayment_type": RepaymentType.STEP}, ("repayment_type",)),
        ({"first_due_date": DAY}, ("first_due_date",)),
    ],
)
def test_missing_terms_are_named(changes: dict[str, object], missing: tuple[str, ...]) -> None:
    case = with_terms(**changes)
    assert missing_terms(case, product_of(case, RULEBOOK)) == missing


def test_the_card_rate_and_the_rounding_are_those_of_the_product() -> None:
    assert _plan(with_terms(rate_ppm=None)).emi_paise == 22_371_00
    product = product_of(WORKED, RULEBOOK)
    assert product is not None
    to_the_paisa = replace(product, emi_rounding=EmiRounding.PAISA)
    for kind in (RepaymentType.EMI, RepaymentType.BULLET):
        plan = plan_of(with_terms(repayment_type=kind), to_the_paisa, RULEBOOK)
        assert plan is not None
        assert plan.emi_paise == emi(10_00_000_00, 122_500, 60, EmiRounding.PAISA)
        assert plan.emi_paise % 100 != 0


def test_a_bullet_loan_of_one_month_pays_all_at_once_with_the_broken_days() -> None:
    plan = _plan(
        with_terms(
            repayment_type=RepaymentType.BULLET, tenure_months=1, first_due_date=date(2026, 11, 15)
        )
    )
    month = 10_00_000_00 * 122_500 // 12_000_000
    assert plan.broken_interest_paise == 5_034_25
    assert plan.payments_paise == (10_00_000_00 + month + 5_034_25,)


def test_a_bullet_loan_of_many_months_pays_the_broken_days_at_the_end_too() -> None:
    plan = _plan(
        with_terms(
            product_code="GOLD_CONSUMPTION", repayment_type=RepaymentType.BULLET, tenure_months=12,
            amount_paise=2_00_000_00, rate_ppm=100_000, first_due_date=date(2026, 11, 15),
        )
    )  # fmt: skip
    # 15 days from 30 Sep to 15 Oct on 2,00,000 at 10 %: 821.92, and 20,000 for the year.
    assert (plan.broken_days, plan.broken_interest_paise) == (15, 821_92)
    assert plan.payments_paise == (0,) * 11 + (2_20_821_92,)
    assert plan.total_interest_paise == 20_821_92
    assert plan.last_due_date == date(2027, 10, 15)
