"""What stands in a book about a receipt that shall be undone."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.steps.refusal import Refused
from app.services.steps.reversal_case import (
    check_reversal_words,
    open_reversal_case,
    plan_of,
    reversal_act,
    reversal_id_of,
    undone_by,
)
from db.records.loans import LoanBatch
from db.vocabulary.loan_account import ActState
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Role
from db.vocabulary.reasons import ReversalReason
from tests.services.running_loans import LoanPlanned, running_loan

PLANNED = LoanPlanned(disbursed_on=date(2025, 11, 5), paid=12)


@pytest.fixture
def loan(desk, someone, submitted):
    return running_loan(desk, someone("meera", Role.SUPERVISOR), submitted.application_id, PLANNED)


def test_a_proposal_names_both_rows_and_waits(desk, loan) -> None:
    with desk.open_book() as book:
        row = book.loans.repayments(loan.branch_id, loan.loan_id)[-1]
        case = open_reversal_case(book, row.repayment_id, desk)
        assert (case.loan, case.row, case.waiting) == (loan, row, None)
        made = reversal_act(case, "REV-BOUNCE", "", desk)
        assert undone_by(made) == row.repayment_id
        assert plan_of(case, made, desk).row.repayment_id == reversal_id_of(made)
        book.accounts.add(loan.branch_id, LoanBatch(acts=(made,)))
        again = open_reversal_case(book, row.repayment_id, desk)
        assert again.waiting == made
        other = book.loans.repayments(loan.branch_id, loan.loan_id)[0]
        assert open_reversal_case(book, other.repayment_id, desk).waiting is None
        assert made.state is ActState.PROPOSED
        acts = book.acts.of(loan.branch_id, loan_id=loan.loan_id)
        assert [undone_by(act) for act in acts] == [row.repayment_id, None]


def test_a_loan_written_off_keeps_its_receipts(desk, loan) -> None:
    with desk.open_book() as book:
        row = book.loans.repayments(loan.branch_id, loan.loan_id)[-1]
        book.accounts.update(
            replace(loan, status=LoanStatus.WRITTEN_OFF, closed_on=date(2026, 11, 5))
        )
        with pytest.raises(Refused, match="written off"):
            open_reversal_case(book, row.repayment_id, desk)


@pytest.mark.parametrize("reason", list(ReversalReason))
def test_every_reason_of_the_list_will_do(reason: str) -> None:
    check_reversal_words(reason, "As the bank told us")


def test_an_act_of_another_kind_undoes_no_receipt(desk, loan) -> None:
    with desk.read_book() as book:
        (act,) = book.acts.of(loan.branch_id, loan_id=loan.loan_id)
    assert undone_by(act) is None
