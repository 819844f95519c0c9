"""The live figures: the worked case to the paisa, and what is missing is never 0 or 100 %."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.annual_percentage_rate import annual_percentage_rate
from app.rules.application_figures import ApplicationFigures, counted_income, figures_of
from app.rules.case_facts import CaseFacts, CollateralFacts
from app.rules.rulebook import NoRuleInForceError
from db.vocabulary.lending import CollateralType, RepaymentType
from tests.rules.case_samples import DAY, WORKED, secured, with_applicant, with_terms
from tests.rules.lending_vectors import RULEBOOK


def _figures(case: CaseFacts) -> ApplicationFigures:
    return figures_of(case, RULEBOOK)


def _shown(value: Decimal | None) -> str:
    assert value is not None
    return f"{value:.2f}"


def test_the_worked_case_of_the_screens() -> None:
    found = _figures(WORKED)
    assert found.estimated_emi_paise == 22_371_00
    assert _shown(found.fixed_obligation_to_income_ratio) == "55.95"
    assert _shown(found.debt_to_income_ratio) == "52.62"
    assert _shown(found.loan_to_income_ratio) == "1.39"
    assert _shown(found.loan_to_income_months) == "16.67"
    assert found.loan_to_value_ratio is None
    assert _shown(found.annual_percentage_rate) == "13.31"
    assert found.total_interest_paise == 3_42_258_96
    assert found.last_instalment_paise == 22_369_96
    assert (found.processing_fee_paise, found.gst_paise) == (20_000_00, 3_600_00)
    assert found.upfront_charges_paise == 23_600_00
    assert (found.existing_emi_paise, found.other_dues_paise) == (9_200_00, 2_000_00)
    assert found.net_monthly_surplus_paise == 60_000_00 - 22_371_00 - 11_200_00
    assert found.last_due_date == date(2031, 9, 30)
    assert (found.collateral_cover, found.missing) == (0, ())


def test_an_empty_form_names_what_is_missing() -> None:
    found = _figures(CaseFacts(as_of=DAY))
    assert found.estimated_emi_paise is None
    assert found.fixed_obligation_to_income_ratio is None
    assert found.annual_percentage_rate is None
    assert found.missing == (
        "loan_amount", "loan_tenure_months", "interest_rate", "monthly_income",
    )  # fmt: skip
    without_product = _figures(with_terms(product_code=None, loan_purpose=None))
    assert without_product.missing == ("product_code",)
    assert without_product.estimated_emi_paise == 22_371_00


@pytest.mark.parametrize("income", [None, 0, -1])
def test_no_income_leaves_the_ratios_out(income: int | None) -> None:
    found = _figures(with_applicant(monthly_income_paise=income))
    assert found.missing == ("monthly_income",)
    assert found.new_emi_ratio is None
    assert found.loan_to_income_ratio is None
    assert found.net_monthly_surplus_paise is None
    assert found.estimated_emi_paise == 22_371_00


def test_co_applicants_income_counts() -> None:
    case = replace(WORKED, co_applicant_income_paise=15_000_00)
    assert counted_income(case) == 75_000_00
    assert _figures(case).monthly_income_paise == 75_000_00


def test_security_counts_with_its_share_and_its_margin() -> None:
    item = CollateralFacts(CollateralType.PROPERTY, 20_00_000_00, accepted_share_ppm=500_000)
    found = _figures(replace(WORKED, collateral=(item,)))
    assert found.accepted_value_paise == 10_00_000_00
    assert found.value_after_haircut_paise == 8_00_000_00
    assert found.loan_to_value_ratio == 100
    assert found.collateral_cover == Decimal("0.8")
    worthless = _figures(secured(CollateralType.PROPERTY, 0))
    assert worthless.loan_to_value_ratio is None
    assert worthless.missing == ("collateral_value",)


def test_charges_that_eat_the_loan_leave_the_apr_out() -> None:
    found = _figures(with_terms(processing_fee_paise=11_00_000_00))
    assert found.annual_percentage_rate is None
    assert found.upfront_charges_paise == 12_98_000_00


def test_a_day_before_the_rule_book_is_refused() -> None:
    with pytest.raises(NoRuleInForceError):
        _figures(replace(WORKED, as_of=date(1999, 1, 1)))


@given(
    st.integers(min_value=1_000_00, max_value=10**10),
    st.integers(min_value=1, max_value=360),
    st.sampled_from(list(RepaymentType)),
)
def test_any_terms_give_figures_or_say_what_is_missing(
    amount: int, months: int, kind: RepaymentType
) -> None:
    found = _figures(with_terms(amount_paise=amount, tenure_months=months, repayment_type=kind))
    assert (found.estimated_emi_paise is None) == ("repayment_type" in found.missing)
    if found.total_interest_paise is not None:
        assert found.total_interest_paise >= 0


def test_without_a_typed_rate_the_card_rate_gives_the_figures() -> None:
    found = _figures(with_terms(rate_ppm=None))
    assert (found.estimated_emi_paise, found.missing) == (22_371_00, ())


def test_without_a_plan_there_is_no_ratio_to_the_loan() -> None:
    found = _figures(with_terms(secured(CollateralType.PROPERTY, 10**9), tenure_months=None))
    assert (found.loan_to_income_ratio, found.loan_to_income_months) == (None, None)
    assert (found.loan_to_value_ratio, found.collateral_cover) == (None, None)


def test_a_broken_period_moves_its_interest_and_the_yearly_cost() -> None:
    found = _figures(with_terms(first_due_date=date(2026, 11, 15)))
    assert found.broken_interest_paise == 5_034_25
    payments = [22_371_00 + 5_034_25, *[22_371_00] * 58, 22_369_96]
    expected = annual_percentage_rate(10_00_000_00 - 23_600_00, payments, 15)
    assert found.annual_percentage_rate == expected
    assert found.new_emi_ratio == Decimal(22_371_00 * 100) / 60_000_00


def test_the_smallest_income_and_security_count() -> None:
    assert counted_income(with_applicant(monthly_income_paise=1)) == 1
    found = _figures(secured(CollateralType.PROPERTY, 1))
    assert (found.loan_to_value_ratio, found.missing) == (10_00_000_00 * 100, ())


def test_securities_add_up() -> None:
    items = (
        CollateralFacts(CollateralType.PROPERTY, 10_00_000_00),
        CollateralFacts(CollateralType.PROPERTY, 5_00_000_00),
    )
    found = _figures(replace(WORKED, collateral=items))
    assert found.accepted_value_paise == 15_00_000_00
    assert found.value_after_haircut_paise == 12_00_000_00
