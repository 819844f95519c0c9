"""The offer of a sanction: days, fees and the prepayment charge."""

from dataclasses import replace
from datetime import date

import pytest

from app.rules.case_standing import Terms
from app.rules.stage_disbursement import Stage
from app.services.steps.bank_facts import bank_facts
from app.services.steps.refusal import Refused
from app.services.steps.sanctioned_offer import Sanctioned, offered_loan
from db.vocabulary.lending import LoanPurpose, RateType, RepaymentType
from db.vocabulary.loan_life import Language
from tests.services.letter_samples import (
    BUSINESS,
    EVERY,
    GOLD,
    HOME,
    ISSUED,
    LATE,
    NO_FOLDER,
    SANCTIONED,
    sanctioned,
)

LENDER = bank_facts(NO_FOLDER, Language.EN).lender


def offered(given: Sanctioned, rulebook):
    return offered_loan(given, LENDER, rulebook)


@pytest.mark.parametrize("name", sorted(EVERY))
def test_the_offer_carries_what_was_decided(rulebook, name):
    given = EVERY[name]
    offer = offered(given, rulebook).offer
    terms = offer.case.terms
    assert Terms(terms.amount_paise, terms.tenure_months, terms.rate_ppm) == given.terms
    assert (offer.sanctioned_on, offer.issued_on) == (SANCTIONED, ISSUED)
    assert offer.case.as_of == SANCTIONED  # fees and tax of that day
    assert offer.disbursal == (Stage(ISSUED, given.terms.amount_paise),)
    assert (offer.digital, offer.lender) == (given.digital, LENDER)


def test_tighter_terms_than_asked_for_are_those_of_the_offer(rulebook):
    less = replace(LATE, terms=Terms(1_00_000_00, 12, 150_000))
    found = offered(less, rulebook)
    assert found.offer.repayments.count == 12
    assert found.schedule.rows[0].opening_paise == 1_00_000_00


def test_the_agreed_day_is_kept_while_it_lies_ahead(rulebook):
    assert offered(LATE, rulebook).offer.repayments.first_on == date(2027, 1, 10)
    for passed in (ISSUED, SANCTIONED):
        terms = replace(LATE.case.terms, first_due_date=passed)
        gone = replace(LATE, case=replace(LATE.case, terms=terms))
        assert offered(gone, rulebook).offer.repayments.first_on == date(2026, 12, 23)


def test_a_day_inside_the_moratorium_is_not_kept(rulebook):
    early = sanctioned(
        "BUSINESS_TERM", BUSINESS.terms, moratorium_months=6, first_due_date=date(2027, 2, 10)
    )
    repaid = offered(early, rulebook).offer.repayments
    assert repaid.first_on == date(2026, 12, 23)
    assert repaid.moratorium_months == 6


def test_a_loan_paid_at_the_end_has_one_payment_and_no_schedule(rulebook):
    found = offered(GOLD, rulebook)
    assert found.schedule is None
    assert found.offer.repayments.count == 1
    assert found.offer.repayments.last_on == date(2027, 11, 23)


def test_a_loan_in_steps_cannot_be_offered(rulebook):
    steps = replace(GOLD.case.terms, repayment_type=RepaymentType.STEP)
    with pytest.raises(Refused, match="no repayment plan"):
        offered(replace(GOLD, case=replace(GOLD.case, terms=steps)), rulebook)


@pytest.mark.parametrize(
    ("product", "terms", "purpose", "barred"),
    [
        ("PERSONAL", Terms(2_50_000_00, 24, 142_500), LoanPurpose.WEDDING_EXPENSES, False),
        ("HOME_PURCHASE", Terms(45_00_000_00, 240, 87_500), LoanPurpose.HOME_PURCHASE, True),
        ("BUSINESS_TERM", Terms(8_00_000_00, 48, 130_000), LoanPurpose.BUSINESS_EXPANSION, True),
        ("MICROFINANCE", Terms(50_000_00, 24, 200_000), LoanPurpose.EDUCATION, True),
    ],
)
def test_the_prepayment_charge_follows_the_circulars(rulebook, product, terms, purpose, barred):
    offer = offered(sanctioned(product, terms, loan_purpose=purpose), rulebook).offer
    assert offer.prepayment_charge_barred is barred
    assert offer.product.rate_type in RateType


def test_a_stage_wise_product_is_offered_in_full(rulebook):
    assert len(offered(HOME, rulebook).offer.disbursal) == 1
