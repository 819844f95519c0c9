"""How repayments are told in a Key Facts Statement."""

from datetime import date

import pytest

from app.rules.dated_schedule import dated_schedule
from app.rules.key_facts import key_facts
from app.rules.key_facts_parts import Repayments, repayments_at_end, repayments_of_contract
from app.rules.loan_plan import plan_of, product_of
from db.vocabulary.lending import LoanPurpose, MoratoriumTreatment, RepaymentType
from tests.rules.case_samples import with_terms
from tests.rules.contract_samples import CONTRACT, book_with, with_contract
from tests.rules.key_facts_samples import offer_of
from tests.rules.lending_vectors import RULEBOOK, TODAY


def test_a_moratorium_says_how_many_months_join_the_principal() -> None:
    for treatment, joined, first in (
        (MoratoriumTreatment.SERVICED, 0, date(2026, 7, 5)),
        (MoratoriumTreatment.CAPITALISED_MONTHLY, 4, date(2026, 11, 5)),
    ):
        contract = with_contract(
            disbursed_on=date(2026, 6, 20), moratorium_months=4, moratorium_treatment=treatment
        )
        found = repayments_of_contract(contract, dated_schedule(contract, RULEBOOK, TODAY))
        assert (found.count, found.moratorium_months, found.capitalised_months) == (60, 4, joined)
        assert (found.first_on, found.last_on) == (first, date(2031, 10, 5))
        assert (found.owed_at_start_paise > CONTRACT.principal_paise) is bool(joined)


@pytest.mark.parametrize(
    ("treatment", "first"),
    [
        (MoratoriumTreatment.SERVICED, date(2026, 7, 5)),
        (MoratoriumTreatment.CAPITALISED_MONTHLY, date(2026, 11, 5)),
        (MoratoriumTreatment.CAPITALISED_SIMPLE, date(2026, 11, 5)),
    ],
)
def test_the_first_payment_is_the_first_that_is_paid(treatment, first) -> None:
    contract = with_contract(
        disbursed_on=date(2026, 6, 5), moratorium_months=4, moratorium_treatment=treatment
    )
    found = repayments_of_contract(contract, dated_schedule(contract, RULEBOOK, TODAY))
    assert found.first_on == first


@pytest.mark.parametrize(
    ("collection", "taken", "first"),
    [("WITH_FIRST_INSTALMENT", 0, 24_906_11), ("UPFRONT", 3_904_11, 21_002_00)],
)
def test_instalments_are_told_as_the_contract_s_schedule_has_them(
    collection: str, taken: int, first: int
) -> None:
    """V018 with 15 days before it: 2,60,109.39 of interest, and 3,904.11 for the days."""
    book = book_with(broken_period_collection=collection)
    found = repayments_of_contract(CONTRACT, dated_schedule(CONTRACT, book, TODAY))
    assert found == Repayments(
        repayment_type=RepaymentType.EMI,
        count=60,
        amount_paise=21_002_00,
        first_on=date(2026, 11, 5),
        last_on=date(2031, 10, 5),
        moratorium_months=0,
        capitalised_months=0,
        owed_at_start_paise=10_00_000_00,
        payments_paise=(first, *[21_002_00] * 58, 20_991_39),
        total_interest_paise=2_60_109_39 + 3_904_11,
        broken_days=15,
        upfront_interest_paise=taken,
    )


def test_a_loan_paid_at_the_end_is_one_payment() -> None:
    gold = with_terms(
        product_code="GOLD_CONSUMPTION", loan_purpose=LoanPurpose.MEDICAL_EMERGENCY,
        repayment_type=RepaymentType.BULLET, tenure_months=12, amount_paise=2_00_000_00,
        rate_ppm=100_000, first_due_date=date(2026, 11, 15),
    )  # fmt: skip
    plan = plan_of(gold, product_of(gold, RULEBOOK), RULEBOOK)
    assert plan is not None
    found = repayments_at_end(plan, 2_00_000_00)
    last = date(2027, 10, 15)  # 15 days and 12 months after 30 Sep 2026
    assert found == Repayments(
        repayment_type=RepaymentType.BULLET,
        count=1,
        amount_paise=2_20_821_92,
        first_on=last,
        last_on=last,
        moratorium_months=0,
        capitalised_months=0,
        owed_at_start_paise=2_00_000_00,
        payments_paise=(0,) * 11 + (2_20_821_92,),
        total_interest_paise=20_821_92,
        broken_days=15,
        upfront_interest_paise=0,
    )
    table = key_facts(offer_of(gold, repayments=found), RULEBOOK).table
    assert table.instalments == (1, 2_20_821_92)
    assert table.total_payable_paise == 2_20_821_92
