"""Receipts are numbered in the order of their payments, and their parts come to the amount."""

import pytest

from app.services.steps.letter_receipt import PaymentTaken, receipt_values
from app.services.steps.loan_ledger import read_ledger
from db.vocabulary.loan_life import Language
from tests.services.sample_desks import small_sandbox


@pytest.fixture
def desk(request):
    return small_sandbox(request)[0]


@pytest.fixture
def taken(desk):
    """Every payment of one loan."""
    branch_id = desk.person().branch_id
    with desk.read_book() as book:
        loan = book.loans.by_reference(branch_id, "L-1002")
        customer = book.customers.get(branch_id, loan.customer_id)
        ledger = read_ledger(book, loan)
    return [PaymentTaken(row, ledger, customer) for row in ledger.rows if row.amount_paise > 0]


def test_every_payment_has_a_number_of_its_own(taken) -> None:
    numbers = {each.number for each in taken}
    assert numbers == {f"RECEIPT-1002-{place}" for place in range(1, len(taken) + 1)}


@pytest.mark.parametrize("language", [Language.EN, Language.HI])
def test_the_parts_come_to_the_amount(desk, taken, language) -> None:
    values = receipt_values(taken[0], language, desk)
    paise = sum(
        round(float(row[1].replace("₹", "").replace(",", "")) * 100)
        for row in values["split"]["rows"]
    )
    assert paise == taken[0].row.amount_paise
    assert values["watermark"] == ""
    assert values["number"] in values["footer"]
