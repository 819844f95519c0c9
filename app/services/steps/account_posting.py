"""Bring a loan, its instalments, its ledger and the branch's cells to what a replay says.

Every act on an account ends here, in its own transaction: lock order loan, cells, audit head.
Class and bucket are the day-end's; money, arrears and next due date move at once.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.rules.loan_account import AccountState
from app.services.steps.loan_ledger import (
    LoanLedger,
    RowMaker,
    corrections,
    read_ledger,
    replay_ledger,
    settled_rows,
)
from db.records.loans import Loan, LoanBatch, Repayment
from db.vocabulary.loan_life import LoanStatus

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork


def post_to_account(
    book: "UnitOfWork",
    loan: Loan,
    today: date,
    make: RowMaker,
    added: LoanBatch,
) -> tuple[Loan, AccountState]:
    """Add rows to a locked loan's account and settle everything that follows from them.

    Args:
        book: the open unit of work, which the caller commits.
        loan: as `book.accounts.lock` returned it, with changes of its terms applied.
        today: the business date up to which dues have fallen.
        make: who and when, for correcting rows.
        added: receipts and reversals, each with its split and balance; payments out; charges.

    Returns:
        The loan as written, and its account at the end of today.
    """
    book.accounts.add(loan.branch_id, added)
    before = book.loans.get(loan.branch_id, loan.loan_id)
    settled = settle_account(book, (before, loan), read_ledger(book, loan), today, make)
    return settled.loan, settled.state


@dataclass(frozen=True, slots=True)
class Settled:
    """A loan as written, its account at the end of the day, and the corrections that were added."""

    loan: Loan
    state: AccountState
    corrections: tuple[Repayment, ...]


def settle_account(
    book: "UnitOfWork",
    loans: tuple[Loan, Loan],
    ledger: LoanLedger,
    today: date,
    make: RowMaker,
) -> Settled:
    """Bring everything that follows from a ledger up to it; its new rows are in the book already.

    `loans` is the loan as it was locked, and with changes of its terms applied. An act that read
    the ledger under the lock adds its own rows to it and spares a second reading.
    """
    before, loan = loans
    state = replay_ledger(ledger, today)
    made = corrections(ledger, state, make)
    book.accounts.add(loan.branch_id, LoanBatch(repayments=made))
    book.accounts.settle(loan.branch_id, settled_rows(ledger, state), ledger.schedule)
    after = book.accounts.update(standing(loan, ledger, state, today), before)
    book.cells.move(before, after)
    return Settled(after, state, made)


def standing(loan: Loan, ledger: LoanLedger, state: AccountState, today: date) -> Loan:
    """The loan's row as its account stands at the end of a day."""
    coming = state.next_due(today)
    closed_on = None if state.charges_due_paise else paid_off_on(ledger, state)
    status = loan.status
    if closed_on is not None and status is not LoanStatus.WRITTEN_OFF:
        status = LoanStatus.CLOSED
    elif closed_on is None and status is LoanStatus.CLOSED:
        status = LoanStatus.ACTIVE if loan.defaulted_on is None else LoanStatus.DEFAULTED
    return replace(
        loan,
        outstanding_paise=state.principal_left_paise,
        overdue_paise=state.overdue_paise(today),
        advance_paise=state.advance_paise,
        charges_due_paise=state.charges_due_paise,
        oldest_unpaid_due=state.oldest_unpaid_due(today),
        next_due_date=None if coming is None else coming.due.due_on,
        status=status,
        closed_on=_over_on(loan, status, closed_on),
    )


def _over_on(loan: Loan, status: LoanStatus, closed_on: date | None) -> date | None:
    """A closed loan is over since its last paisa, one that is written off since that day."""
    if status is LoanStatus.WRITTEN_OFF:
        return loan.closed_on
    return closed_on if status is LoanStatus.CLOSED else None


def paid_off_on(ledger: LoanLedger, state: AccountState) -> date | None:
    """The day of the last paisa, once no instalment is owed or still to fall due."""
    if state.principal_left_paise or any(each.left_paise for each in state.dues):
        return None
    days = [row.value_date for row in ledger.receipts()]
    days += [use.due_on for use in state.advance_uses]
    return max(days, default=None)
