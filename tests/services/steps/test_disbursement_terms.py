"""Terms of a payment: kept as text, tidied, and what is wrong with them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services.steps.disbursement_terms import (
    DisbursementTerms,
    account_shown,
    amount_faults,
    day_faults,
    form_faults,
    terms_kept,
    tidy_terms,
)
from db.vocabulary.loan_life import DisbursementMode
from tests.services.steps.test_account_timeline import ACT

DAY = date(2026, 11, 23)
TERMS = DisbursementTerms(
    amount_paise=50_000_00, disbursement_date=DAY, mode=DisbursementMode.ACCOUNT_CREDIT,
    first_due_date=date(2026, 12, 23), beneficiary_account="50100012345678",
    ifsc_code="HDFC0001234", agreement_date=DAY, mandate_reference="UMRN-1",
)  # fmt: skip


class Borrower:
    """What the terms look at of a customer."""

    ifsc_code: str | None = "SBIN0001234"
    bank_account_masked: str | None = "XXXXXX7890"


class Unbanked(Borrower):
    bank_account_masked = None


def test_terms_come_back_from_their_act_which_keeps_the_number_apart() -> None:
    kept = TERMS.put_into(ACT)
    assert terms_kept(kept) == TERMS
    assert '"beneficiary_account":"XXXXXXXXXX5678"' in kept.terms
    assert kept.account == TERMS.beneficiary_account
    assert TERMS.beneficiary_account not in kept.terms + repr(kept) + repr(TERMS)
    bare = DisbursementTerms(1, DAY, DisbursementMode.CHEQUE)
    assert terms_kept(bare.put_into(ACT)) == bare


def test_a_number_that_only_its_mask_is_left_of_is_not_paid_to() -> None:
    """As an upgraded book keeps it, which had no key to seal it with."""
    kept = terms_kept(replace(TERMS.put_into(ACT), account=None))
    assert list(form_faults(kept, Borrower())) == ["beneficiary_account"]


def test_spaces_that_nobody_meant_go() -> None:
    typed = replace(
        TERMS, beneficiary_account=" 5010 0012 345678", ifsc_code="hdfc 0001234",
        mandate_reference=" UMRN-1\n ",
    )  # fmt: skip
    assert tidy_terms(typed) == TERMS


def test_the_account_typed_or_that_on_the_record() -> None:
    own = replace(TERMS, beneficiary_account="", ifsc_code="")
    assert form_faults(TERMS, Borrower()) == {}
    assert form_faults(own, Borrower()) == {}
    assert list(form_faults(own, Unbanked())) == ["beneficiary_account"]
    seller = replace(own, mode=DisbursementMode.PAID_TO_SELLER)
    assert list(form_faults(seller, Borrower())) == ["beneficiary_account"]
    cheque = replace(own, mode=DisbursementMode.DEMAND_DRAFT)
    assert form_faults(cheque, Unbanked()) == {}
    assert account_shown(TERMS, Borrower()) == "HDFC0001234 XXXXXXXXXX5678"
    assert account_shown(own, Borrower()) == "SBIN0001234 XXXXXX7890"
    assert account_shown(cheque, Borrower()) == ""


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"beneficiary_account": "12345"}, ["beneficiary_account"]),
        ({"beneficiary_account": "५५५५५५५"}, ["beneficiary_account"]),
        ({"ifsc_code": "HDFC1001234"}, ["ifsc_code"]),
        ({"beneficiary_account": "", "ifsc_code": "HDFC"}, ["beneficiary_account", "ifsc_code"]),
        ({"insurance_reference": "x" * 41}, ["insurance_reference"]),
        ({"insurance_reference": "PAN ACUPR7085K"}, ["insurance_reference"]),
    ],
)
def test_what_is_wrong_is_said_at_its_field(changes, fields) -> None:
    assert list(form_faults(replace(TERMS, **changes), Borrower())) == fields


def test_an_amount_fits_what_is_left() -> None:
    assert amount_faults(TERMS, 50_000_00, in_parts=False) == {}
    assert "one amount: ₹60,000" in amount_faults(TERMS, 60_000_00, in_parts=False)["amount"]
    assert amount_faults(TERMS, 60_000_00, in_parts=True) == {}
    assert "At most ₹40,000" in amount_faults(TERMS, 40_000_00, in_parts=True)["amount"]
    nothing = replace(TERMS, amount_paise=0)
    assert "more than ₹0" in amount_faults(nothing, 1, in_parts=True)["amount"]


def test_money_goes_out_after_sanction_acceptance_and_agreement() -> None:
    one = timedelta(days=1)
    assert day_faults(TERMS, DAY, DAY, DAY) == {}
    assert day_faults(TERMS, DAY - one, None, DAY) == {}
    assert list(day_faults(TERMS, DAY + one, None, DAY + one)) == [
        "disbursement_date", "agreement_date",
    ]  # fmt: skip
    assert list(day_faults(TERMS, DAY - one, DAY, DAY - one)) == ["disbursement_date"]
    early = replace(TERMS, agreement_date=DAY - one)
    assert list(day_faults(early, DAY - one, DAY, DAY)) == ["agreement_date"]
    late = replace(TERMS, agreement_date=DAY + one)
    assert list(day_faults(late, DAY, DAY, DAY + one)) == ["agreement_date"]
