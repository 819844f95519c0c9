"""What a planned row of the ledger does to days late, class and dues, for people to read."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.borrower_class import classes_until
from app.rules.receipt_outlook import BorrowerToday, Outlook, dues_in_arrears, outlook
from app.services.steps.account_posting import standing
from app.services.steps.borrower_loans import read_borrowers_loan
from app.services.steps.loan_ledger import replay_ledger, settled_rows
from app.services.steps.receipt_plan import PlannedRow
from app.services.steps.row_posting import BookDay
from db.records.loans import Loan, Repayment
from db.vocabulary.loan_account import RepaymentKind
from db.vocabulary.loan_life import LoanStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.rules.rulebook import Rulebook
    from db.records.lists import LoanRow
    from db.unit_of_work import UnitOfWork

_CLOSED = (LoanStatus.CLOSED, LoanStatus.WRITTEN_OFF)


@dataclass(frozen=True, slots=True)
class Parts:
    """Where money went, in paise; the parts add up to it."""

    interest_paise: int
    principal_paise: int
    charges_paise: int
    excess_paise: int


@dataclass(frozen=True, slots=True)
class RowMoved:
    """A correction that was added: to which receipt, or for which due date."""

    repayment_id: UUID
    kind: RepaymentKind
    value_date: date
    corrects_id: UUID | None
    split: Parts


@dataclass(frozen=True, slots=True)
class ReceiptEffect:
    """What a receipt or its reversal does; money in paise.

    Attributes:
        split: where the money goes; negative for a reversal.
        dues_before, dues_after: instalments in arrears without and with it.
        before, after: what the next day-end finds without and with it.
        moved_receipts: earlier postings whose split it changes.
        outstanding_paise, advance_paise, charges_due_paise: after it.
    """

    split: Parts
    dues_before: int
    dues_after: int
    before: Outlook
    after: Outlook
    moved_receipts: int
    outstanding_paise: int
    advance_paise: int
    charges_due_paise: int


def effect_in(
    book: "UnitOfWork",
    plan: PlannedRow,
    day: BookDay,
    rulebook: "Rulebook",
    others: "Iterable[Loan] | None" = None,
) -> ReceiptEffect:
    """What the plan comes to as of the next day-end; `others` of the borrower are read if None."""
    loan, day_end = plan.ledger.loan, day.next_day_end
    if others is None:
        others = book.accounts.of_borrower(loan.branch_id, loan.customer_id)
    borrower = borrower_today(others, loan)
    corrected = borrower
    if day.moves_classes(plan.row.value_date):
        corrected = _corrected(book, plan, (borrower, day, others), rulebook)
    before, after = plan.before, plan.after
    if day_end > day.today:  # what falls due in between is due then
        before = replay_ledger(plan.ledger, day_end)
        after = replay_ledger(plan.ledger_after, day_end)
    return ReceiptEffect(
        split=Parts(*plan.split),
        dues_before=dues_in_arrears(before, day_end),
        dues_after=dues_in_arrears(after, day_end),
        before=outlook(before, day_end, borrower, rulebook),
        after=outlook(after, day_end, corrected, rulebook),
        moved_receipts=len(plan.moved),
        outstanding_paise=plan.after.principal_left_paise,
        advance_paise=plan.after.advance_paise,
        charges_due_paise=plan.after.charges_due_paise,
    )


def borrower_today(others: "Iterable[Loan | LoanRow]", loan: Loan) -> BorrowerToday:
    """What the borrower's other open loans add to the class of this one."""
    running = [row for row in others if row.loan_id != loan.loan_id and row.status not in _CLOSED]
    unpaid = [row.oldest_unpaid_due for row in running if row.oldest_unpaid_due is not None]
    return BorrowerToday(
        asset_class=loan.asset_class,
        npa_since=loan.npa_since,
        others_overdue_paise=sum(row.overdue_paise for row in running),
        others_oldest_due=min(unpaid, default=None),
    )


def _corrected(
    book: "UnitOfWork",
    plan: PlannedRow,
    known: "tuple[BorrowerToday, BookDay, Iterable[Loan]]",
    rulebook: "Rulebook",
) -> BorrowerToday:
    """The class of the last closed day as the back-dated row makes it: a replay of the borrower."""
    borrower, day, theirs = known
    loan = plan.ledger.loan
    ledger = plan.ledger_after
    paid = {row.number: row for row in settled_rows(ledger, plan.after)}
    schedule = tuple(paid.get(row.number, row) for row in ledger.schedule)
    after = standing(loan, ledger, plan.after, day.today)
    own = read_borrowers_loan(book, after, replace(ledger, loan=after, schedule=schedule))
    others = [read_borrowers_loan(book, other) for other in theirs if other.loan_id != loan.loan_id]
    classed = [each.classed for each in (own, *others)]
    found = classes_until(classed, day.last_closed or day.today, rulebook)
    state = found.standings[loan.loan_id]
    return replace(borrower, asset_class=state.asset_class, npa_since=state.npa_since)


def rows_moved(rows: "Sequence[Repayment]") -> tuple[RowMoved, ...]:
    """Corrections as an answer tells them."""
    return tuple(
        RowMoved(
            row.repayment_id,
            row.kind,
            row.value_date,
            row.corrects_id,
            Parts(row.interest_paise, row.principal_paise, row.charges_paise, row.excess_paise),
        )
        for row in rows
    )
