"""Offers that the tests of Key Facts share."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.rules.dated_schedule import dated_schedule
from app.rules.key_facts import Offer
from app.rules.key_facts_parts import LenderFacts, repayments_of_contract
from app.rules.loan_contract import LoanContract
from app.rules.rulebook import Rulebook
from app.rules.stage_disbursement import Stage
from db.vocabulary.lending import EmiRounding, InterestMethod
from tests.rules.case_samples import with_terms
from tests.rules.lending_vectors import RULEBOOK

SANCTIONED = date(2026, 11, 23)  # a Monday
DISBURSED = date(2026, 12, 5)
LENDER = LenderFacts(
    recovery_clause="14",
    grievance_clause="21",
    nodal_officer="R. Iyer",
    nodal_phone="08041234567",
    nodal_email="nodal@bank.example",
    may_be_transferred=True,
)
# RBI's own example: 20,000 at 15 % over 24 months, charges of 240 and 160.
EXAMPLE = with_terms(
    product_code="PERSONAL",
    loan_purpose=None,
    amount_paise=20_000_00,
    tenure_months=24,
    rate_ppm=150_000,
    processing_fee_paise=240_00,
    other_charges_paise=160_00,
)


def offer_of(
    case: Any = EXAMPLE, rulebook: Rulebook = RULEBOOK, contract: Any = None, **changes: Any
) -> Offer:
    """The offer of a case in equal instalments, first due a month after disbursement."""
    terms = case.terms
    product = rulebook.product(terms.product_code, SANCTIONED)
    contract = contract or LoanContract(
        principal_paise=terms.amount_paise,
        rate_ppm=terms.rate_ppm,
        tenure_months=terms.tenure_months,
        rounding=EmiRounding.RUPEE,
        interest_method=InterestMethod.MONTHLY_REST,
        disbursed_on=DISBURSED,
        first_due=date(2027, 1, 5),
        due_day=5,
    )
    schedule = dated_schedule(contract, rulebook, SANCTIONED)
    offer = Offer(
        proposal_number="B001-000017",
        case=case,
        product=product,
        rate_ppm=terms.rate_ppm,
        repayments=repayments_of_contract(contract, schedule),
        disbursal=(Stage(DISBURSED, terms.amount_paise),),
        lender=LENDER,
        sanctioned_on=SANCTIONED,
        issued_on=SANCTIONED,
    )
    return replace(offer, **changes)
