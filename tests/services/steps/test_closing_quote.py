"""A fee is asked for only where the borrower was told, no circular bars it, and it is agreed."""

from dataclasses import replace
from datetime import date

import pytest

from app.rules.foreclosure import ForeclosureError
from app.services.steps.closing_quote import closing_quote, early_fee, ruled
from app.services.steps.loan_owed import read_owed
from app.services.steps.refusal import Refused
from db.vocabulary.lending import EmiRounding
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan

# Vector V027: 4 % and tax on a personal loan at a fixed rate, 21 days after instalment 18.
FIXED = LoanPlanned(50_000_000, 36, 140_000, date(2025, 4, 30), 18, EmiRounding.RUPEE, "PERSONAL")
FLOATING = LoanPlanned(product_code="HOME_PURCHASE", sanctioned_on=date(2026, 1, 2), paid=12)


@pytest.fixture
def owed(desk, someone, submitted):
    checker = someone("meera", Role.SUPERVISOR)

    def read(planned: LoanPlanned, on: date, *, told: bool):
        loan = running_loan(desk, checker, submitted.application_id, planned)
        with desk.read_book() as book:
            found = read_owed(book, loan, on, desk.clock.today(), desk.rulebook())
        return replace(found, facts=found.facts._replace(charges_told=told))

    return read


def test_the_vector_with_a_fee(owed, rulebook) -> None:
    found = owed(FIXED, date(2026, 11, 20), told=True)
    closing = closing_quote(found, rulebook)
    assert closing.quote.principal_paise == 27_599_998
    assert (closing.quote.fee_paise, closing.quote.gst_paise) == (1_104_000, 198_720)
    assert closing.fee.permission.allowed


def test_nothing_told_nothing_charged(owed, rulebook) -> None:
    found = owed(FIXED, date(2026, 11, 20), told=False)
    assert early_fee(found, found.balance_paise, rulebook).fee_paise == 0


def test_a_floating_rate_bars_the_fee_with_the_circular_named(owed, rulebook) -> None:
    fee = early_fee(owed(FLOATING, date(2026, 11, 20), told=True), 100_000, rulebook)
    assert not fee.permission.allowed


def test_a_rule_refuses_at_the_field_it_names() -> None:
    def refuse() -> None:
        raise ForeclosureError("value_date", "Choose a later day")

    with pytest.raises(Refused) as refusal:
        ruled(refuse)
    assert refusal.value.fields == {"value_date": "Choose a later day"}
    assert ruled(lambda: 7) == 7
