"""What a receipt must say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.rules.receipt_terms import (
    ReceiptDay,
    ReceiptTerms,
    backdate_limit_days,
    money_faults,
    needs_identity,
    paper_faults,
    tidy_reference,
)
from app.services.steps.shipped_words import shipped_words
from db.vocabulary.loan_life import PaymentMethod
from db.vocabulary.people import Role
from tests.rules.case_samples import RULEBOOK

TODAY = date(2026, 11, 23)
OFFICER, BOTH = frozenset({Role.OFFICER}), frozenset({Role.OFFICER, Role.SUPERVISOR})
DAY = ReceiptDay(TODAY, date(2026, 1, 5), OFFICER)
UPI = ReceiptTerms(100, TODAY, PaymentMethod.UPI, "431277881200")


def faults(terms: ReceiptTerms, when: ReceiptDay = DAY) -> dict[str, str]:
    return money_faults(terms, when, RULEBOOK) | paper_faults(
        terms, when, RULEBOOK, shipped_words()
    )


def test_a_plain_receipt_has_no_fault() -> None:
    assert faults(UPI) == {}


REFERENCES = {
    PaymentMethod.BANK_TRANSFER: ("HDFCR52026112301", "HDFC1"),
    PaymentMethod.CHEQUE: ("004512", "4512"),
    PaymentMethod.CASH: ("S-12/3", "slip 12!"),
    PaymentMethod.UPI: ("431277881200", "43127788120X"),
    PaymentMethod.CARD: ("A1B2C3", "A1"),
    PaymentMethod.MANDATE: ("A" * 20, "A" * 19),
}


@pytest.mark.parametrize("method", list(PaymentMethod))
def test_each_method_knows_its_reference(method: PaymentMethod) -> None:
    right, wrong = REFERENCES[method]
    assert faults(replace(UPI, method=method, reference=right)) == {}
    assert list(faults(replace(UPI, method=method, reference=wrong))) == ["reference"]
    without = faults(replace(UPI, method=method, reference=""))
    assert list(without) == ([] if method is PaymentMethod.CASH else ["reference"])


def test_a_reference_is_stored_in_one_form() -> None:
    assert tidy_reference(" hdfc r5\t2026 ") == "HDFCR52026"


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_is_no_receipt(amount: int) -> None:
    assert list(faults(replace(UPI, amount_paise=amount))) == ["amount"]


def test_the_value_date_lies_between_the_loan_and_today() -> None:
    first = replace(DAY, disbursed_on=TODAY)
    assert faults(UPI, first) == {}
    before = faults(replace(UPI, value_date=TODAY - timedelta(1)), first)
    assert "paid out on 23 Nov 2026" in before["value_date"]
    later = faults(replace(UPI, value_date=TODAY + timedelta(1)))
    assert "in the future" in later["value_date"]


def test_how_far_back_goes_by_role() -> None:
    assert [backdate_limit_days(roles, TODAY, RULEBOOK) for roles in (OFFICER, BOTH, ())] == [
        0,
        7,
        0,
    ]
    yesterday, older = (
        replace(UPI, value_date=TODAY - timedelta(1)),
        replace(UPI, value_date=TODAY - timedelta(8)),
    )
    assert "a supervisor may go back 7 days" in faults(yesterday)["value_date"]
    wide = replace(DAY, roles=BOTH)
    assert faults(replace(UPI, value_date=TODAY - timedelta(7)), wide) == {}
    assert faults(older, wide)["value_date"].startswith("You may go back 7 days")


def test_cash_above_its_limit_needs_a_name() -> None:
    at, above = (
        ReceiptTerms(amount, TODAY, PaymentMethod.CASH) for amount in (5_000_000, 5_000_001)
    )
    assert not needs_identity(at, TODAY, RULEBOOK)
    assert needs_identity(above, TODAY, RULEBOOK)
    assert list(faults(above)) == ["pan_number"]
    assert faults(replace(above, identified=True)) == {}
    assert faults(replace(above, method=PaymentMethod.UPI, reference="431277881200")) == {}
