"""The journal of a day holds what was booked on it, and is refused where it does not balance."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.close_day import CloseDay, close_day
from app.services.steps.refusal import Refused
from app.services.write_journal import write_journal
from db.vocabulary.people import Role
from tests.services.class_books import close_by_hand, receive
from tests.services.running_loans import LoanPlanned, running_loan


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


def test_a_day_to_come_and_an_officer_are_refused(desk, someone) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    with pytest.raises(Refused, match="has come"):
        write_journal(date(2099, 1, 1), checker)
    with pytest.raises(Refused, match="role"):
        write_journal(date(2026, 11, 23), replace(desk))
