"""What is open of an account: read in one statement, and the borrower's loans locked in another."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from db.records.loans import Charge, Instalment, LoanBatch, Repayment
from db.records.refusals import NotFound
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_account import ChargeEntry, ChargeKind
from db.vocabulary.loan_life import PaymentMethod

BRANCH = 412
DAY = date(2026, 5, 10)
AT = datetime(2026, 4, 5, 10, tzinfo=UTC)


@pytest.fixture
def two_loans(unguarded, samples, make_loan):
    new = samples.customer()
    unguarded.customers.add(new)
    application = samples.application(new.customer)
    unguarded.applications.add(application)
    one = make_loan(application)
    other = replace(one, loan_id=samples.new_id(), reference="L-1777")
    unguarded.loans.add_many(BRANCH, LoanBatch((one, other)))
    return unguarded, one, other


def instalments(loan):
    """One paid, one half paid, one open, one without anything due, two to come."""
    rows = [
        Instalment(loan.loan_id, number, date(2026, 2 + number, 5), 90_000, 1_000, 8_000, 82_000)
        for number in range(1, 7)
    ]
    rows[0] = replace(
        rows[0], paid_interest_paise=1_000, paid_principal_paise=8_000, paid_on=rows[0].due_date
    )
    rows[1] = replace(rows[1], paid_interest_paise=1_000)
    rows[3] = replace(rows[3], interest_paise=0, principal_paise=0)
    return tuple(rows)


def test_a_loan_is_found_by_id_and_by_reference_with_its_borrowers_others(two_loans) -> None:
    book, one, other = two_loans
    accounts = book.accounts.open_accounts
    assert accounts.lock(BRANCH, one.loan_id) == (one, (other,))
    assert accounts.lock(BRANCH, "l - 1777") == (other, (one,))
    for nothing in (one.customer_id, "L-9999", "C-1001", "x"):
        with pytest.raises(NotFound):
            accounts.lock(BRANCH, nothing)


def test_what_fell_due_and_the_next_that_asks_for_anything(two_loans) -> None:
    book, one, other = two_loans
    rows = instalments(one)
    book.loans.add_many(BRANCH, LoanBatch(instalments=rows))
    accounts = book.accounts.open_accounts
    found = accounts.dues(BRANCH, one.loan_id, DAY)
    assert found.rows == (rows[1], rows[2], rows[4])  # nothing is asked for in June
    assert found.left_paise == 8_000 + 3 * 9_000
    assert (found.last_row_on, found.last_charge_on, found.last_recorded_at) == (None,) * 3
    assert accounts.dues(BRANCH, other.loan_id, DAY) is None


def test_the_newest_days_of_rows_and_charges(two_loans, samples) -> None:
    book, one, _other = two_loans
    paid = Repayment(
        samples.new_id(), one.loan_id, date(2026, 4, 5), AT, 1_000, 1_000, 0, 0, 0, 90_000,
        PaymentMethod.UPI, "u", AppropriationOrder.FIFO_IPC,
    )  # fmt: skip
    earlier = replace(paid, repayment_id=samples.new_id(), value_date=date(2026, 4, 1))
    late = Charge(
        samples.new_id(), one.loan_id, ChargeEntry.LEVIED, ChargeKind.OTHER, DAY, AT, 500, "late",
        samples.new_id(),
    )  # fmt: skip
    parts = LoanBatch(instalments=instalments(one), repayments=(paid, earlier), charges=(late,))
    book.loans.add_many(BRANCH, parts)
    found = book.accounts.open_accounts.dues(BRANCH, one.loan_id, DAY)
    assert (found.last_row_on, found.last_charge_on) == (date(2026, 4, 5), DAY)
    assert found.last_recorded_at == AT
