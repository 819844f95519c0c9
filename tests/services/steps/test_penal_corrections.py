"""A back-dated entry takes a month's charge back and levies the right one; nothing is rewritten."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.close_day import CloseDay, close_day
from app.services.steps.account_posting import post_to_account
from app.services.steps.loan_ledger import read_ledger
from app.services.steps.penal_corrections import correct_penal, standing_penal
from db.records.loans import Charge, LoanBatch
from db.vocabulary.loan_account import ChargeEntry, ChargeKind
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Role
from tests.services.class_books import close_by_hand, receive, row_maker
from tests.services.conftest import BRANCH
from tests.services.monitor_books import arrived, at_day, lend
from tests.services.running_loans import LoanPlanned
from tests.services.test_post_repayment import consistent

MARCH_END, APRIL_END, MAY_END = date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)
TODAY = date(2026, 6, 2)


@pytest.fixture
def charged(kept, customer_form, application_form):
    """A supervisor's desk and a loan that was charged for April and May, on 2 June."""
    desk, (checker, loan) = kept(charge_two_months, (customer_form, application_form))
    return at_day(desk, TODAY).acting(checker), loan


def charge_two_months(desk, forms):
    early = at_day(desk, MARCH_END)
    maker = arrived(early, BRANCH, "maker", Role.OFFICER)
    checker = arrived(early, BRANCH, "checker", Role.SUPERVISOR)
    loan = lend(maker, checker, forms, LoanPlanned(paid=4), 1001)
    close_by_hand(checker, MARCH_END)
    close_day(CloseDay(MAY_END), at_day(checker, TODAY))
    return checker.person(), loan


def ledger_of(desk, loan):
    with desk.read_book() as book:
        return read_ledger(book, book.loans.get(loan.branch_id, loan.loan_id))


def entries(desk, loan):
    return [(row.entry, row.value_date, row.amount_paise) for row in ledger_of(desk, loan).charges]


def test_a_back_dated_receipt_takes_back_and_levies_anew(charged) -> None:
    desk, loan = charged
    before = entries(desk, loan)
    [(_, _, april), (_, _, may)] = before
    receive(desk, loan.loan_id, date(2026, 4, 15), loan.emi_paise, today=TODAY)
    after = entries(desk, loan)
    assert after[:2] == before  # nothing is rewritten
    (undone, levied), (undone_may, levied_may) = after[2:4], after[4:6]
    assert undone == (ChargeEntry.REVERSED, APRIL_END, april)
    assert undone_may == (ChargeEntry.REVERSED, MAY_END, may)
    assert levied[2] == pytest.approx(april * 10 / 26, abs=1)  # 10 of 26 days late
    assert levied_may[2] < may
    stored, _ = consistent(desk, loan)
    assert stored.charges_due_paise == levied[2] + levied_may[2]


def test_a_receipt_of_an_open_month_corrects_nothing(charged) -> None:
    desk, loan = charged
    before = entries(desk, loan)
    receive(desk, loan.loan_id, date(2026, 6, 1), loan.emi_paise, today=TODAY)
    assert entries(desk, loan) == before


def test_paid_on_time_after_all_leaves_no_charge(charged) -> None:
    desk, loan = charged
    for due in (date(2026, 4, 5), date(2026, 5, 5)):
        receive(desk, loan.loan_id, due, loan.emi_paise, today=TODAY)
    ledger = ledger_of(desk, loan)
    assert standing_penal(ledger, APRIL_END) == standing_penal(ledger, MAY_END) == ()
    stored, _ = consistent(desk, loan)
    assert stored.charges_due_paise == 0


def test_what_was_waived_stays_as_it_was(charged) -> None:
    desk, loan = charged
    with desk.open_book() as book:
        if book._connection.dialect.name == "postgresql":  # no act of two people here
            book._connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        make, locked = row_maker(desk), book.accounts.lock(loan.branch_id, loan.loan_id)
        waived = Charge(
            make.new_id(), loan.loan_id, ChargeEntry.WAIVED, ChargeKind.PENAL, TODAY,
            make.at, locked.charges_due_paise, "hardship", make.actor_id,
        )  # fmt: skip
        post_to_account(book, locked, TODAY, make, LoanBatch(charges=(waived,)))
        book.commit()
    before = entries(desk, loan)
    receive(desk, loan.loan_id, date(2026, 4, 15), loan.emi_paise, today=TODAY)
    assert entries(desk, loan) == before
    stored, _ = consistent(desk, loan)
    assert stored.charges_due_paise == 0


def test_months_closed_without_charges_and_loans_that_are_over_stay_alone(charged) -> None:
    desk, loan = charged
    rulebook, make = desk.rulebook(), row_maker(desk)
    with desk.open_book() as book:
        locked = book.accounts.lock(loan.branch_id, loan.loan_id)
        days = (date(2026, 3, 1), MARCH_END)
        assert correct_penal(book, locked, days, rulebook, make) == ()
        gone = replace(locked, status=LoanStatus.WRITTEN_OFF)
        assert correct_penal(book, gone, (APRIL_END, MAY_END), rulebook, make) == ()
        paid = replace(locked, status=LoanStatus.CLOSED, product_code="OF_OLD")
        taken_back = correct_penal(book, paid, (APRIL_END, MAY_END), rulebook, make)
        assert [row.entry for row in taken_back] == [ChargeEntry.REVERSED] * 2
