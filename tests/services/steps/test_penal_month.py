"""The day-end of a month's last day levies what was overdue in it, once, apart from the rest."""

from dataclasses import replace
from datetime import date

import pytest

from app.rules.bank_time import bank_day
from app.rules.penal_charges import MissedInstalment, penal_charge
from app.services.close_day import CloseDay, close_day
from app.services.read_loan import ReadLoan, read_loan
from app.services.read_statement import read_statement
from app.services.steps.day_report import day_report
from app.services.steps.loan_statement import StatementWanted
from app.services.steps.penal_month import PenalSum
from app.services.write_journal import write_journal
from db.vocabulary.loan_account import ChargeEntry, ChargeKind
from db.vocabulary.people import Role
from tests.services.class_books import close_by_hand, receive
from tests.services.running_loans import LoanPlanned, running_loan

MARCH_END, APRIL_END = date(2026, 3, 31), date(2026, 4, 30)


@pytest.fixture
def branch(desk, someone, submitted):
    """A supervisor's desk; two loans with nothing overdue, of which the first is not paid on."""
    checker = someone("meera", Role.SUPERVISOR)
    early = replace(desk, clock=replace(desk.clock, day=MARCH_END))
    planned = LoanPlanned(paid=4), LoanPlanned(paid=5, product_code="VEHICLE")
    two = [
        running_loan(early, checker, submitted.application_id, each, 1001 + place)
        for place, each in enumerate(planned)
    ]
    close_by_hand(checker, MARCH_END)
    return checker, *two


def charges_of(desk, loan):
    with desk.read_book() as book:
        stored = book.loans.get(loan.branch_id, loan.loan_id)
        return stored, book.accounts.charges(loan.branch_id, loan.loan_id)


def test_a_month_is_levied_on_its_last_day_and_never_again(branch) -> None:
    desk, late, on_time = branch
    close_day(CloseDay(date(2026, 4, 29)), desk)
    assert charges_of(desk, late)[1] == ()
    told = close_day(CloseDay(APRIL_END, dry_run=True), desk)
    assert charges_of(desk, late)[1] == ()
    before = charges_of(desk, late)[0]
    done = close_day(CloseDay(APRIL_END), desk)
    after, [row] = charges_of(desk, late)
    penal = desk.rulebook().product(late.product_code, late.sanction_date).penal
    missed = MissedInstalment(late.emi_paise, 26)  # from 5 to 30 April
    known = penal_charge(missed, penal, desk.rulebook(), late.sanction_date, APRIL_END)
    assert (row.entry, row.kind, row.amount_paise) == (
        ChargeEntry.LEVIED, ChargeKind.PENAL, known.charge_paise,
    )  # fmt: skip
    assert (row.value_date, row.due_date) == (APRIL_END, date(2026, 4, 5))
    assert row.reason == "18 % a year on overdue instalments, 01 Apr 2026 to 30 Apr 2026"
    assert after.charges_due_paise == row.amount_paise
    assert (after.outstanding_paise, after.overdue_paise) == (
        before.outstanding_paise, before.overdue_paise,
    )  # fmt: skip
    assert charges_of(desk, on_time)[1] == ()
    assert told.penal == done.penal == PenalSum(1, row.amount_paise)
    assert close_day(CloseDay(APRIL_END), desk).penal == PenalSum(0, 0)
    assert len(charges_of(desk, late)[1]) == 1


def test_report_journal_statement_and_account_show_it(branch) -> None:
    desk, late, _ = branch
    done = close_day(CloseDay(APRIL_END), desk)
    amount = f"{done.penal.paise // 100}.{done.penal.paise % 100:02d}"
    assert f"2026-04-30,penal charges,total,,1,,{amount}" in day_report(done.days).decode()
    booked = bank_day(desk.clock.now())
    journal = write_journal(booked, desk).content.decode()
    assert f"CHARGES DUE,{amount}," in journal
    assert '"CHARGES INCOME, PENAL"' in journal
    account = read_loan(ReadLoan(late.reference), desk)
    assert [line.reason[:8] for line in account.charges] == ["18 % a y"]
    lines = read_statement(
        StatementWanted(late.reference, date(2026, 4, 1), APRIL_END), desk
    ).lines.rows
    assert [row.debit_paise for row in lines if row.charge is ChargeKind.PENAL] == [
        done.penal.paise
    ]


def test_a_flat_charge_comes_once_for_each_missed_instalment(branch) -> None:
    desk, _, flat = branch
    close_day(CloseDay(date(2026, 6, 30)), desk)
    _, rows = charges_of(desk, flat)
    assert [(row.value_date, row.amount_paise) for row in rows] == [
        (date(2026, 5, 31), 500_00),
        (date(2026, 6, 30), 500_00),
    ]
    assert rows[0].reason.startswith("₹500.00 for each missed instalment")


def test_a_charge_brings_no_further_charge(branch) -> None:
    desk, late, _ = branch
    close_day(CloseDay(APRIL_END), desk)
    receive(desk, late.loan_id, date(2026, 5, 1), late.emi_paise, today=date(2026, 5, 1))
    receive(desk, late.loan_id, date(2026, 5, 5), late.emi_paise, today=date(2026, 5, 5))
    close_day(CloseDay(date(2026, 5, 31)), desk)
    stored, rows = charges_of(desk, late)
    assert len(rows) == 1  # nothing was overdue in May but the charge itself
    assert stored.charges_due_paise == rows[0].amount_paise


def test_a_missed_month_end_is_levied_though_money_came_since(branch) -> None:
    desk, late, _ = branch
    whole = 2 * late.emi_paise + 500_000
    receive(desk, late.loan_id, date(2026, 5, 20), whole, today=date(2026, 5, 20))
    done = close_day(CloseDay(date(2026, 5, 31)), desk)
    stored, rows = charges_of(desk, late)
    assert [row.value_date for row in rows] == [APRIL_END, date(2026, 5, 31)]
    assert done.penal == PenalSum(3, sum(row.amount_paise for row in rows) + 500_00)
    # The receipt of 20 May gives way to April's charge, not to the one of its own month's end.
    assert stored.charges_due_paise == rows[1].amount_paise
    assert stored.advance_paise == 500_000 - rows[0].amount_paise


def test_a_loan_of_an_unknown_product_is_charged_nothing(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    early = replace(desk, clock=replace(desk.clock, day=MARCH_END))
    loan = running_loan(early, checker, submitted.application_id, LoanPlanned(paid=4))
    with desk.open_book() as book:
        book._connection.exec_driver_sql("UPDATE loans SET product_code = 'OF_OLD'")
        book.cells.rebuild(loan.branch_id)
        book.commit()
    close_by_hand(checker, MARCH_END)
    assert close_day(CloseDay(APRIL_END), checker).penal == PenalSum(0, 0)
