"""Loans with their parts, and what our own books say of a customer."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from db.records.loans import (
    Disbursement,
    Instalment,
    LoanBatch,
    NpaEntry,
    OwnLoans,
    Repayment,
)
from db.records.refusals import BookDamaged, NotFound
from db.unit_of_work import UnitOfWork
from db.vocabulary.lending import AppropriationOrder
from db.vocabulary.loan_life import AssetClass, DisbursementMode, LoanStatus, PaymentMethod

BRANCH = 412
TODAY = date(2026, 9, 30)
AT = datetime(2026, 9, 30, 12, tzinfo=UTC)


@pytest.fixture
def application(book: UnitOfWork, samples):
    new = samples.customer()
    book.customers.add(new)
    made = samples.application(new.customer)
    book.applications.add(made)
    return made


def repayment(samples, loan, **fields: object) -> Repayment:
    made = Repayment(
        repayment_id=samples.new_id(),
        loan_id=loan.loan_id,
        value_date=date(2026, 3, 5),
        recorded_at=AT,
        amount_paise=100,
        interest_paise=30,
        principal_paise=60,
        charges_paise=10,
        excess_paise=0,
        balance_after_paise=40,
        method=PaymentMethod.UPI,
        reference="r",
        policy=AppropriationOrder.FIFO_IPC,
    )
    return replace(made, **fields)


def test_read_back_equals_written(unguarded: UnitOfWork, samples, make_loan, application) -> None:
    book = unguarded
    loan = make_loan(application, npa_since=TODAY, defaulted_on=TODAY)
    rows = tuple(
        Instalment(loan.loan_id, n, date(2026, 2 + n, 5), 100, 10, 90, 10, 10, 90, TODAY)
        for n in (1, 2)
    )
    paid = repayment(samples, loan)
    back = repayment(
        samples,
        loan,
        value_date=date(2026, 3, 6),
        amount_paise=-100,
        interest_paise=-30,
        principal_paise=-60,
        charges_paise=-10,
        reverses_id=paid.repayment_id,
    )
    out = Disbursement(samples.new_id(), loan.loan_id, 100, TODAY, DisbursementMode.ACCOUNT_CREDIT)
    entry = NpaEntry(
        samples.new_id(), loan.loan_id, TODAY, AT, AssetClass.SMA_1, TODAY, None, 5, "due"
    )
    book.loans.add_many(BRANCH, LoanBatch((loan,), rows, (out,), (paid, back), (entry,)))
    key = (BRANCH, loan.loan_id)
    assert book.loans.get(*key) == book.loans.by_reference(BRANCH, "L-1001") == loan
    assert book.loans.schedule(*key) == rows
    assert book.loans.disbursements(*key) == (out,)
    assert book.loans.repayments(*key) == (paid, back)
    assert book.loans.npa_entries(*key) == (entry,)
    (row,) = book.loans.of_customer(BRANCH, application.customer_id)
    assert (row.full_name, row.asset_class) == ("Ravi Reddy", AssetClass.STANDARD)


def test_missing_ones_are_said(book: UnitOfWork, samples) -> None:
    with pytest.raises(NotFound):
        book.loans.get(BRANCH, samples.new_id())
    for reference in ("L-9", "A-1001"):
        with pytest.raises(NotFound):
            book.loans.by_reference(BRANCH, reference)
    book.loans.add_many(BRANCH, LoanBatch())


def test_a_split_that_is_not_the_amount_is_refused(
    open_book: Callable[[], UnitOfWork], samples, make_loan
) -> None:
    new = samples.customer()
    application = samples.application(new.customer)
    loan = make_loan(application)
    wrong = repayment(samples, loan, amount_paise=101)

    def write() -> None:
        with open_book() as book:
            book.customers.add(new)
            book.applications.add(application)
            book.loans.add_many(BRANCH, LoanBatch((loan,), repayments=(wrong,)))

    with pytest.raises(BookDamaged) as caught:
        write()
    assert isinstance(caught.value.__cause__, IntegrityError)


def due(loan, number: int, due_date: date, paid_on: date | None) -> Instalment:
    return Instalment(loan.loan_id, number, due_date, 100, 10, 90, 10, paid_on=paid_on)


def test_own_record(book: UnitOfWork, samples, make_loan, application) -> None:
    loan = make_loan(application, asset_class=AssetClass.SUB_STANDARD)
    closed = make_loan(application, 1002, status=LoanStatus.CLOSED)
    days = timedelta(days=1)
    first = date(2026, 3, 1)
    rows = (
        due(loan, 1, first, first + 30 * days),  # exactly 30: not late
        due(loan, 2, first, first + 31 * days),  # late
        due(closed, 1, date(2024, 9, 30), date(2025, 1, 1)),  # 24 months ago: outside
        due(closed, 2, date(2024, 10, 1), date(2025, 1, 1)),  # just inside
        due(loan, 3, TODAY - 30 * days, None),  # unpaid for 30 days
        due(loan, 4, TODAY - 31 * days, None),  # unpaid for 31 days
        due(loan, 5, TODAY + 31 * days, None),  # not yet due
        due(loan, 6, first, first - days),  # early
    )
    sound = make_loan(application, 1003)
    book.loans.add_many(BRANCH, LoanBatch((loan, closed, sound), rows))
    record = book.loans.own_record(BRANCH, application.customer_id, TODAY)
    assert record == OwnLoans(active_loans=2, late_payments=3, has_npa=True)
    stranger = samples.new_id()
    assert book.loans.own_record(BRANCH, stranger, TODAY) == OwnLoans()


def test_own_records_of_many_take_two_statements(
    book: UnitOfWork, samples, make_loan, application, statements: list[str]
) -> None:
    ids = [samples.new_id() for _ in range(40)]
    statements.clear()
    assert len(book.loans.own_records(BRANCH, ids, TODAY)) == 40
    assert len(statements) == 1  # nobody has a loan, so no dues are looked for
    loans = [make_loan(application, 1001 + n) for n in range(3)]
    unpaid = tuple(
        due(loan, 1, TODAY - timedelta(days=31 + n), None) for n, loan in enumerate(loans)
    )
    book.loans.add_many(BRANCH, LoanBatch(tuple(loans), unpaid))
    statements.clear()
    found = book.loans.own_records(BRANCH, [*ids, application.customer_id], TODAY)
    assert found[application.customer_id].late_payments == 3
    assert len(statements) == 2


def test_own_record_reads_the_dues_of_these_loans_alone(
    book: UnitOfWork, lasting_engine, make_loan, application, statements: list[str]
) -> None:
    """By the primary key, on SQLite: by due date it would read those of the whole branch."""
    if lasting_engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by its statistics")
    book.loans.add_many(BRANCH, LoanBatch((make_loan(application),)))
    statements.clear()
    book.loans.own_record(BRANCH, application.customer_id, TODAY)
    values = ("0",) * statements[1].count("?")
    with closing(sqlite3.connect(lasting_engine.url.database)) as other:
        plan = other.execute(f"EXPLAIN QUERY PLAN {statements[1]}", values).fetchall()
    assert all("ix_instalments_due_date" not in str(step) for step in plan)
