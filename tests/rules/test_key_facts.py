"""The contents of the Key Facts Statement, its validity and its acceptance."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from app.rules.amortisation import LoanShape
from app.rules.key_facts import (
    KeyFacts,
    KeyFactsTermsError,
    Offer,
    acceptance_faults,
    key_facts,
    key_facts_required,
    rate_effect,
    valid_until,
)
from app.rules.key_facts_parts import AprTable, ContingentCharge
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import (
    EmiRounding,
    FeeBasis,
    FeeKind,
    FeePaidTo,
    FeeTiming,
    LoanPurpose,
    PenalMethod,
    RateType,
)
from tests.rules.case_samples import with_terms
from tests.rules.contract_samples import book_with, with_contract
from tests.rules.key_facts_samples import EXAMPLE, SANCTIONED, offer_of
from tests.rules.lending_vectors import RULEBOOK


def _untaxed() -> Rulebook:
    """The shipped rules without tax, as RBI's example has none."""
    return book_with(gst_rate=0)


def _example(offer: Offer | None = None) -> KeyFacts:
    return key_facts(offer or offer_of(), _untaxed())


def test_the_table_is_the_one_of_rbi_s_example() -> None:
    table = _example().table
    assert len(fields(AprTable)) == 12
    assert (table.sanctioned_paise, table.tenure_months) == (20_000_00, 24)
    assert table.instalments == (24, 970_00)
    assert table.total_interest_paise == 3_272_56
    assert (table.fees_to_lender_paise, table.fees_to_third_parties_paise) == (240_00, 160_00)
    assert table.net_disbursed_paise == 19_600_00
    assert table.total_payable_paise == 23_272_56
    assert round(table.apr_percent, 2) == Decimal("17.07")
    assert (table.capitalised_months, table.first_payment_on) == (0, date(2027, 1, 5))
    assert table.rate.rate_type is RateType.FIXED
    assert table.rate.floating is None


def test_fees_say_who_gets_them_and_both_yearly_costs_are_kept() -> None:
    part = key_facts(offer_of(), RULEBOOK).part_one
    assert [(fee.kind, fee.paid_to, fee.timing) for fee in part.fees] == [
        (FeeKind.PROCESSING, FeePaidTo.LENDER, FeeTiming.UPFRONT),
        (FeeKind.OTHER, FeePaidTo.THIRD_PARTY, FeeTiming.UPFRONT),
    ]
    assert part.fees[0].total_paise == 283_20
    assert part.apr_percent > part.apr_without_tax_percent
    without = key_facts(offer_of(), book_with(apr_include_gst=False)).part_one
    assert without.apr_percent == without.apr_without_tax_percent == part.apr_without_tax_percent


def test_a_recurring_charge_falls_with_every_payment() -> None:
    product = RULEBOOK.product("PERSONAL", SANCTIONED)
    processing = product.fees[0]
    recurring = replace(
        processing, kind=FeeKind.INSURANCE, basis=FeeBasis.FLAT, amount_paise=10_00, rate_ppm=None,
        paid_to=FeePaidTo.THIRD_PARTY, timing=FeeTiming.RECURRING,
    )  # fmt: skip
    offer = replace(offer_of(), product=replace(product, fees=(processing, recurring)))
    dear = key_facts(offer, RULEBOOK)
    plain = key_facts(replace(offer, product=replace(product, fees=(processing,))), RULEBOOK)
    assert dear.part_one.apr_percent > plain.part_one.apr_percent
    assert dear.table.net_disbursed_paise == plain.table.net_disbursed_paise
    own = book_with(apr_include_third_party=False)
    assert key_facts(offer, own).part_one.apr_percent < plain.part_one.apr_percent
    mine = replace(recurring, paid_to=FeePaidTo.LENDER)
    kept = replace(offer, product=replace(product, fees=(processing, mine)))
    assert key_facts(kept, own).part_one.apr_percent > key_facts(offer, own).part_one.apr_percent


def test_charges_that_come_only_with_an_event_are_listed() -> None:
    found = _example().part_one.contingent
    assert found[0] == ContingentCharge(None, PenalMethod.PERCENT_PER_YEAR, 180_000, None, 0)
    by_event = {charge.event: charge for charge in found}
    assert by_event[FeeKind.BOUNCE].amount_paise == 500_00
    assert by_event[FeeKind.PREPAYMENT].basis is not FeeBasis.NONE
    taxed = key_facts(offer_of(), RULEBOOK).part_one.contingent
    assert {charge.event: charge.gst_ppm for charge in taxed}[FeeKind.BOUNCE] == 180_000
    barred = key_facts(offer_of(prepayment_charge_barred=True), RULEBOOK).part_one.contingent
    assert ContingentCharge(FeeKind.PREPAYMENT, FeeBasis.NONE, None, None, 0) in barred


def test_part_two_names_the_cooling_off_days_of_a_digital_loan_only() -> None:
    assert _example().part_two.cooling_off_days is None
    assert key_facts(offer_of(digital=True), RULEBOOK).part_two.cooling_off_days == 3


def test_the_effect_of_a_quarter_point_is_that_of_the_rulebook_with() -> None:
    # V058: 30,00,000 at 8.5 %, 240 instalments left, 0.25 points more.
    found = rate_effect(
        LoanShape(30_00_000_00, 85_000, 240), EmiRounding.RUPEE, RULEBOOK, SANCTIONED
    )
    assert (found.rise_ppm, found.emi_paise, found.emi_change_paise) == (2_500, 26_511_00, 476_00)
    assert (found.count, found.count_change) == (253, 13)


def test_an_instalment_that_no_longer_pays_the_loan_off_has_no_count() -> None:
    # V061: 50,00,000 at 7 %, 300 left, 3.5 points more: the first interest exceeds the EMI.
    steep = book_with(kfs_rate_effect=35_000)
    found = rate_effect(LoanShape(50_00_000_00, 70_000, 300), EmiRounding.RUPEE, steep, SANCTIONED)
    assert (found.emi_paise, found.count, found.count_change) == (47_209_00, None, None)
    endless = rate_effect(
        LoanShape(50_00_000_00, 70_000, 300), EmiRounding.RUPEE, book_with(kfs_rate_effect=14_813),
        SANCTIONED,
    )  # fmt: skip
    assert endless.count is None


def test_a_floating_rate_is_shown_with_benchmark_and_spread() -> None:
    home = with_terms(
        product_code="HOME_PURCHASE", loan_purpose=LoanPurpose.HOME_PURCHASE,
        amount_paise=30_00_000_00, tenure_months=240, rate_ppm=87_500,
    )  # fmt: skip
    floating = key_facts(offer_of(home), RULEBOOK).part_one.rate.floating
    assert floating is not None
    assert (floating.benchmark_ppm, floating.spread_ppm) == (55_000, 32_500)
    assert (floating.final_ppm, floating.reset_months) == (87_500, 3)
    assert floating.effect.emi_change_paise > 0


def test_interest_taken_up_front_lowers_what_is_paid_out() -> None:
    upfront = book_with(broken_period_collection="UPFRONT")
    contract = with_contract(
        principal_paise=20_000_00, rate_ppm=150_000, tenure_months=24,
        disbursed_on=date(2026, 11, 25), first_due=date(2027, 1, 5),
    )  # fmt: skip
    found = key_facts(offer_of(rulebook=upfront, contract=contract), upfront)
    taken = found.part_one.repayments.upfront_interest_paise
    assert taken == 82_19
    assert found.table.net_disbursed_paise == 20_000_00 - 283_20 - 160_00 - taken


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"amount_paise": None}, "loan_amount"), ({"tenure_months": None}, "loan_tenure_months")],
)
def test_a_statement_needs_amount_and_tenure(changes: dict[str, object], field: str) -> None:
    with pytest.raises(KeyFactsTermsError) as refused:
        key_facts(replace(offer_of(), case=with_terms(EXAMPLE, **changes)), RULEBOOK)
    assert refused.value.field == field


def test_the_segment_and_the_day_of_sanction_decide_whether_one_is_due() -> None:
    assert key_facts_required(RULEBOOK, "RETAIL", date(2024, 10, 1))
    assert key_facts_required(RULEBOOK, "MSME", SANCTIONED)
    assert not key_facts_required(RULEBOOK, "RETAIL", date(2024, 9, 30))
    assert not key_facts_required(RULEBOOK, "CARD", SANCTIONED)


def test_the_offer_stays_open_for_working_days() -> None:
    friday = date(2026, 11, 27)
    assert valid_until(friday, date(2028, 1, 1), RULEBOOK, friday) == date(2026, 12, 2)
    assert valid_until(friday, date(2026, 12, 4), RULEBOOK, friday) == date(2026, 12, 2)
    assert valid_until(friday, date(2026, 12, 3), RULEBOOK, friday) == date(2026, 11, 30)
    monday_off = {date(2026, 11, 30)}
    assert valid_until(friday, date(2028, 1, 1), RULEBOOK, friday, monday_off) == date(2026, 12, 3)


def test_only_an_accepted_and_unchanged_statement_lets_the_loan_go() -> None:
    stated = key_facts(offer_of(), RULEBOOK)
    assert stated.valid_until == date(2026, 11, 26)
    assert acceptance_faults(stated, date(2026, 11, 26), stated) == ()
    assert "have it accepted" in acceptance_faults(None, None, stated)[0]
    assert "Have the borrower accept" in acceptance_faults(stated, None, stated)[0]
    for day in (date(2026, 11, 27), date(2026, 11, 22)):
        assert acceptance_faults(stated, day, stated) == (
            "The Key Facts Statement could be accepted until 26 Nov 2026: issue a new one",
        )


def test_a_changed_loan_names_what_differs() -> None:
    stated = key_facts(offer_of(), RULEBOOK)
    dearer = key_facts(offer_of(with_terms(EXAMPLE, processing_fee_paise=250_00)), RULEBOOK)
    (fault,) = acceptance_faults(stated, SANCTIONED, dearer)
    assert fault.endswith("Statement in fees, apr, apr without tax: issue a new one")
    digital = key_facts(offer_of(digital=True), RULEBOOK)
    assert "in other terms" in acceptance_faults(stated, SANCTIONED, digital)[0]
