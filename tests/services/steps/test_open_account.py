"""A loan is locked by either name; an account that is over takes no receipt."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.steps.open_account import locked_loan, refuse_closed
from app.services.steps.refusal import Refused
from db.records.refusals import NotFound
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Role
from tests.services.running_loans import LoanPlanned, running_loan


def test_by_id_and_by_number(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    loan = running_loan(desk, checker, submitted.application_id, LoanPlanned())
    with desk.open_book() as book:
        assert locked_loan(book, loan.branch_id, loan.loan_id) == loan
        assert locked_loan(book, loan.branch_id, loan.reference) == loan
        for wrong in (submitted.application_id, "L-9", "nonsense"):
            with pytest.raises(NotFound):
                locked_loan(book, loan.branch_id, wrong)
    refuse_closed(loan)
    for status, words in (
        (LoanStatus.CLOSED, "closed since 05 Nov 2026"),
        (LoanStatus.WRITTEN_OFF, "as a recovery"),
    ):
        with pytest.raises(Refused, match=words):
            refuse_closed(replace(loan, status=status, closed_on=date(2026, 11, 5)))
