"""The journal of a day holds what was booked on it, and is refused where it does not balance."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.services.close_day import CloseDay, close_day
from app.services.steps.refusal import Refused
from app.services.write_journal import write_journal
from db.vocabulary.people import Role
from tests.services.class_books import close_by_hand, receive
from tests.services.running_loans import LoanPlanned, running_loan
from tests.services.statement_count import statements_run


def test_a_back_dated_receipt_stands_in_the_journal_of_its_booking(
    desk, someone, submitted
) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    loan = running_loan(desk, checker, submitted.application_id, LoanPlanned(paid=11))
    today = desk.clock.today()
    close_by_hand(desk, date(2026, 11, 22))
    receive(desk, loan.loan_id, date(2026, 11, 10), 700_00)
    before = write_journal(today, checker)
    assert before.debit_paise == before.credit_paise == 1_400_00  # received, then put to the dues
    assert before.content.decode("utf-8-sig").count("2026-11-23,2026-11-10,") == before.rows
    closed = close_day(CloseDay(today), checker)
    after = write_journal(today, checker)
    assert after.debit_paise == 1_400_00 + closed.provision_paise  # none was booked before
    assert after.debit_paise == after.credit_paise
    out = write_journal(loan.disbursement_date, checker)
    assert out.debit_paise == loan.principal_paise
    assert "PAID OUT, Cheque" in out.content.decode("utf-8-sig")


def test_penal_charges_of_an_npa_are_income_once_they_are_paid(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    early = replace(desk, clock=replace(desk.clock, day=date(2026, 3, 31)))
    loan = running_loan(early, checker, submitted.application_id, LoanPlanned(paid=4))
    close_by_hand(desk, date(2026, 3, 31))
    close_day(CloseDay(date(2026, 7, 31)), checker)  # an NPA since 4 July
    with desk.read_book() as book:
        *before, july = (
            charge.amount_paise for charge in book.accounts.charges(loan.branch_id, loan.loan_id)
        )
        owing = book.loans.get(loan.branch_id, loan.loan_id)
    assert len(before) == 3
    assert booked(checker) == {"CHARGES INCOME": sum(before), "CHARGES IN SUSPENSE": july}
    receive(desk, loan.loan_id, date(2026, 8, 1), owing.overdue_paise + owing.charges_due_paise - 7)
    assert booked(checker) == {
        "CHARGES INCOME": sum(before) + july - 7,
        "CHARGES IN SUSPENSE": 7,
    }


def test_its_statements_do_not_grow_with_the_loans_charged(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    early = replace(desk, clock=replace(desk.clock, day=date(2026, 3, 31)))
    for number in (1001, 1002, 1003):
        running_loan(early, checker, submitted.application_id, LoanPlanned(paid=4), number)
    close_by_hand(desk, date(2026, 3, 31))
    close_day(CloseDay(date(2026, 7, 31)), checker)
    with statements_run() as nothing:
        write_journal(date(2026, 3, 30), checker)
    with statements_run() as three:
        assert booked(checker)["CHARGES IN SUSPENSE"]
    assert len(three) == len(nothing) + 3  # classes, charges and receipts of all of them


def booked(desk) -> dict[str, int]:
    """Credit less debit of today by account, in paise, of charges beside those that are due."""
    sums: dict[str, int] = {}
    journal = write_journal(desk.clock.today(), desk).content.decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(journal)):
        name = row["account"].partition(",")[0]
        if name.startswith("CHARGES I"):
            paise = Decimal(row["credit"] or 0) - Decimal(row["debit"] or 0)
            sums[name] = sums.get(name, 0) + int(paise * 100)
    return sums


def test_a_day_to_come_and_an_officer_are_refused(desk, someone) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    with pytest.raises(Refused, match="has come"):
        write_journal(date(2099, 1, 1), checker)
    with pytest.raises(Refused, match="role"):
        write_journal(date(2026, 11, 23), replace(desk))
