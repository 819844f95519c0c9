"""The contents of the Key Facts Statement, its validity and its acceptance."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from app.rules.amortisation import LoanShape
from app.rules.annual_percentage_rate import annual_percentage_rate
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
from app.rules.products import Penal
from app.rules.rulebook import Rulebook
from app.rules.stage_disbursement import Stage
from db.vocabulary.lending import (
    Benchmark,
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
from tests.rules.key_facts_samples import DISBURSED, EXAMPLE, LENDER, SANCTIONED, offer_of
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


def test_the_statement_tells_the_loan_as_it_was_offered() -> None:
    offer = replace(offer_of(), issued_on=date(2026, 11, 24))
    found = key_facts(offer, RULEBOOK)
    part = found.part_one
    assert (part.proposal_number, part.product_code) == ("B001-000017", "PERSONAL")
    assert part.disbursal == (Stage(DISBURSED, 20_000_00),)
    assert part.repayments == offer.repayments
    assert (part.rate.rate_ppm, found.table.rate) == (150_000, part.rate)
    assert found.part_two.lender == LENDER
    assert (found.issued_on, found.valid_until) == (date(2026, 11, 24), date(2026, 11, 27))
    closed = key_facts(offer, RULEBOOK, {date(2026, 11, 26)})
    assert closed.valid_until == date(2026, 11, 30)  # the 28th is a fourth Saturday


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


def _with_recurring(paise: int, **changes: object) -> Offer:
    """V055: 1,00,000 at 12 % over 12 months, 2,000 up front, and a charge with each payment."""
    terms = {"amount_paise": 1_00_000_00, "tenure_months": 12, "rate_ppm": 120_000}
    case = with_terms(EXAMPLE, processing_fee_paise=2_000_00, other_charges_paise=None, **terms)
    contract = with_contract(
        principal_paise=1_00_000_00, rate_ppm=120_000, tenure_months=12,
        rounding=EmiRounding.PAISA, disbursed_on=DISBURSED, first_due=date(2027, 1, 5),
    )  # fmt: skip
    offer = offer_of(case, contract=contract)
    processing = replace(offer.product.fees[0], gst_rule=None)
    recurring = replace(
        processing, kind=FeeKind.INSURANCE, basis=FeeBasis.FLAT, amount_paise=paise, rate_ppm=None,
        timing=FeeTiming.RECURRING, **changes,
    )  # fmt: skip
    return replace(offer, product=replace(offer.product, fees=(processing, recurring)))


@pytest.mark.parametrize("paid_to", FeePaidTo)
def test_a_recurring_charge_costs_what_the_rulebook_says(paid_to: FeePaidTo) -> None:
    found = key_facts(_with_recurring(100_00, paid_to=paid_to), RULEBOOK)
    assert round(found.part_one.apr_percent, 2) == Decimal("18.01")
    assert found.table.net_disbursed_paise == 98_000_00
    assert (found.table.fees_to_lender_paise, found.table.fees_to_third_parties_paise) == (
        2_000_00, 0,
    )  # fmt: skip


def test_tax_on_a_recurring_charge_falls_with_every_payment_too() -> None:
    taxed = key_facts(_with_recurring(100_00, gst_rule="gst_rate"), RULEBOOK).part_one
    dearer = key_facts(_with_recurring(118_00), RULEBOOK).part_one
    plain = key_facts(_with_recurring(100_00), RULEBOOK).part_one
    assert taxed.apr_percent == dearer.apr_percent
    assert taxed.apr_without_tax_percent == plain.apr_percent


def test_a_longer_first_period_is_counted_in_the_yearly_cost() -> None:
    """Paid out 15 days early: the days bear interest, and the money is away half a month more."""
    contract = with_contract(
        principal_paise=20_000_00, rate_ppm=150_000, tenure_months=24,
        disbursed_on=date(2026, 11, 20), first_due=date(2027, 1, 5),
    )  # fmt: skip
    offer = offer_of(contract=contract)
    payments = [970_00 + 123_29, *[970_00] * 22, 962_56]  # 15 days on 20,000 at 15 %: 123.29
    assert list(offer.repayments.payments_paise) == payments
    found = _example(offer).part_one.apr_percent
    assert found == annual_percentage_rate(19_600_00, payments, 15)


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


def test_every_charge_that_comes_with_an_event_is_told_in_full() -> None:
    product = RULEBOOK.product("PERSONAL", SANCTIONED)
    processing, _, bounce, prepayment = product.fees
    fees = (prepayment, replace(bounce, gst_rule=None), processing)
    flat = replace(product, fees=fees, penal=Penal(PenalMethod.FLAT, None, 450_00))
    early, share = FeeKind.PREPAYMENT, FeeBasis.PERCENT_OF_PRINCIPAL
    told = ContingentCharge(early, share, 40_000, None, 180_000)
    barred = ContingentCharge(early, FeeBasis.NONE, None, None, 0)
    for is_barred, expected in [(False, told), (True, barred)]:
        offer = offer_of(product=flat, prepayment_charge_barred=is_barred)
        # Tax is due on a fee whose row says so, and never on the penal charge.
        assert key_facts(offer, RULEBOOK).part_one.contingent == (
            ContingentCharge(None, PenalMethod.FLAT, None, 450_00, 0),
            expected,
            ContingentCharge(FeeKind.BOUNCE, FeeBasis.FLAT, None, 500_00, 0),
        )


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
    rate = key_facts(offer_of(home), RULEBOOK).part_one.rate
    floating = rate.floating
    assert floating is not None
    assert (rate.rate_ppm, rate.rate_type) == (87_500, RateType.FLOATING)
    assert floating.benchmark is Benchmark.REPO
    assert (floating.benchmark_ppm, floating.spread_ppm) == (55_000, 32_500)
    assert (floating.final_ppm, floating.reset_months) == (87_500, 3)
    # The EMI is 26,511 at 8.75 % (V058) and 26,992 at 9 %.
    assert (floating.effect.emi_paise, floating.effect.emi_change_paise) == (26_992_00, 481_00)


def test_interest_taken_up_front_lowers_what_is_paid_out() -> None:
    upfront = book_with(broken_period_collection="UPFRONT")
    contract = with_contract(
        principal_paise=20_000_00, rate_ppm=150_000, tenure_months=24,
        disbursed_on=date(2026, 11, 25), first_due=date(2027, 1, 5),
    )  # fmt: skip
    found = key_facts(offer_of(rulebook=upfront, contract=contract), upfront)
    taken = found.part_one.repayments.upfront_interest_paise
    assert taken == 82_19
    net = 20_000_00 - 283_20 - 160_00 - taken
    assert found.table.net_disbursed_paise == net
    payments = [*[970_00] * 23, 962_56]
    assert found.part_one.apr_percent == annual_percentage_rate(net, payments, 10)


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
    larger = key_facts(offer_of(with_terms(EXAMPLE, amount_paise=25_000_00)), RULEBOOK)
    (fault,) = acceptance_faults(stated, SANCTIONED, larger)
    assert "in sanctioned, disbursal, repayments, apr, apr without tax: issue" in fault
    digital = key_facts(offer_of(digital=True), RULEBOOK)
    assert "in other terms" in acceptance_faults(stated, SANCTIONED, digital)[0]
