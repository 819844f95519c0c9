"""What is taken off before the loan is paid out."""

from dataclasses import replace
from datetime import date

from app.rules.case_facts import CaseFacts
from app.rules.loan_plan import product_of
from app.rules.products import Fee
from app.rules.rulebook import Rulebook
from app.rules.upfront_charges import (
    UpfrontCharges,
    charges_in_apr,
    fee_amount,
    upfront_charges,
)
from db.vocabulary.lending import CollateralType, FeeBasis, FeeKind, FeePaidTo, FeeTiming
from tests.rules.case_samples import WORKED, secured, with_terms
from tests.rules.lending_vectors import RULEBOOK


def _charges(case: CaseFacts) -> UpfrontCharges:
    found = upfront_charges(case, product_of(case, RULEBOOK), RULEBOOK)
    assert found is not None
    return found


def test_a_percentage_keeps_its_least_and_its_most() -> None:
    least = _charges(with_terms(amount_paise=10_000_00))
    assert least.processing_fee_paise == 1_000_00
    most = _charges(with_terms(amount_paise=50_00_000_00))
    assert most.processing_fee_paise == 30_000_00
    typed = _charges(with_terms(processing_fee_paise=5_00))
    assert (typed.processing_fee_paise, typed.gst_paise, typed.total_paise) == (5_00, 90, 5_90)


def test_valuing_a_property_costs_only_where_one_is_offered() -> None:
    business = with_terms(product_code="BUSINESS_TERM")
    free = _charges(business)
    pledged = _charges(secured(CollateralType.PROPERTY, 10**9, business))
    assert free.third_party_paise == 0
    assert (pledged.third_party_paise, pledged.third_party_gst_paise) == (8_000_00, 1_440_00)


def test_charges_at_cost_carry_their_tax_already() -> None:
    found = _charges(with_terms(insurance_premium_paise=12_000_00, other_charges_paise=500_00))
    assert found.third_party_paise == 12_500_00
    assert found.gst_paise == 3_600_00


def test_nothing_is_known_without_amount_or_fee() -> None:
    no_amount = with_terms(amount_paise=None)
    assert upfront_charges(no_amount, product_of(no_amount, RULEBOOK), RULEBOOK) is None
    assert upfront_charges(WORKED, None, RULEBOOK) is None
    typed = upfront_charges(with_terms(processing_fee_paise=100_00), None, RULEBOOK)
    assert typed is not None
    assert typed.total_paise == 118_00


def _book(**flags: bool) -> Rulebook:
    """The shipped book with these rules switched."""
    rows = [
        replace(row, value=flags[row.code]) if row.code in flags else row for row in RULEBOOK.rows
    ]
    return Rulebook(rows, RULEBOOK.products)


def test_the_rule_rows_say_what_the_apr_counts() -> None:
    case = secured(CollateralType.PROPERTY, 10**9, with_terms(product_code="BUSINESS_TERM"))
    found = _charges(case)
    assert charges_in_apr(found, case, RULEBOOK) == found.total_paise
    no_tax = _book(apr_include_gst=False)
    assert charges_in_apr(found, case, no_tax) == found.lender_paise + found.third_party_paise
    own = _book(apr_include_third_party=False)
    assert charges_in_apr(found, case, own) == found.lender_paise + 1_800_00
    bare = _book(apr_include_gst=False, apr_include_third_party=False)
    assert charges_in_apr(found, case, bare) == found.lender_paise == 10_000_00
    assert case.as_of > date(2017, 7, 1)


FEE = Fee(
    kind=FeeKind.PROCESSING,
    basis=FeeBasis.PERCENT_OF_SANCTION,
    rate_ppm=20_000,
    amount_paise=None,
    min_paise=None,
    max_paise=None,
    gst_rule=None,
    paid_to=FeePaidTo.LENDER,
    timing=FeeTiming.UPFRONT,
    note=None,
)


def test_figures_that_a_fee_does_not_have_count_nothing() -> None:
    assert fee_amount(FEE, 1_000_00) == 20_00
    assert fee_amount(FEE, 0) == 0
    assert fee_amount(replace(FEE, rate_ppm=None), 10_00_000_00) == 0
    assert fee_amount(replace(FEE, basis=FeeBasis.FLAT), 1_000_00) == 0
    assert fee_amount(replace(FEE, basis=FeeBasis.FLAT, amount_paise=7), 1_000_00) == 7


def test_every_fee_before_disbursement_counts_also_behind_a_later_one() -> None:
    product = product_of(WORKED, RULEBOOK)
    assert product is not None
    later = replace(FEE, kind=FeeKind.OTHER, timing=FeeTiming.RECURRING)
    other = replace(FEE, kind=FeeKind.OTHER, rate_ppm=1_000)
    found = upfront_charges(WORKED, replace(product, fees=(later, FEE, other)), RULEBOOK)
    assert found is not None
    assert (found.processing_fee_paise, found.lender_paise) == (20_000_00, 21_000_00)
