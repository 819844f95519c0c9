"""What classification reads of a loan."""

from datetime import date

from app.rules.borrower_class import Arrears
from app.services.steps.borrower_loans import read_borrowers_loan
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan


def test_a_loan_brings_its_arrears_and_its_balance_of_any_day(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    planned = LoanPlanned(paid=10, months=12)
    loan = running_loan(desk, checker, submitted.application_id, planned)
    with desk.read_book() as book:
        own = read_borrowers_loan(book, loan)
    assert own.classed.arrears == (
        Arrears(date(2026, 10, 5), None),
        Arrears(date(2026, 11, 5), None),
    )
    assert own.balance_on(date(2025, 11, 4)) == 0
    assert own.balance_on(date(2025, 11, 5)) == loan.principal_paise
    assert own.balance_on(date(2026, 11, 5)) == loan.outstanding_paise
    assert own.secured.principal_paise == loan.principal_paise
    assert own.classed.loss_on is None
