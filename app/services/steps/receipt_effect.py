"""What a planned row of the ledger does to days late, class and dues, for people to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.receipt_outlook import Outlook, dues_in_arrears, outlook
from app.services.steps.receipt_plan import PlannedRow, borrower_today
from db.records.loans import Repayment
from db.vocabulary.loan_account import RepaymentKind

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook
    from app.services.steps.desk import Desk
    from db.records.lists import LoanRow
    from db.unit_of_work import UnitOfWork


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


def effect_of(
    plan: PlannedRow, others: "Sequence[LoanRow]", day_end: date, rulebook: "Rulebook"
) -> ReceiptEffect:
    """What the plan comes to as of the next day-end.

    `others` are all loans of the borrower.
    """
    borrower = borrower_today(others, plan.ledger.loan)
    after = plan.after
    return ReceiptEffect(
        split=Parts(*plan.split),
        dues_before=dues_in_arrears(plan.before, day_end),
        dues_after=dues_in_arrears(after, day_end),
        before=outlook(plan.before, day_end, borrower, rulebook),
        after=outlook(after, day_end, borrower, rulebook),
        moved_receipts=len(plan.moved),
        outstanding_paise=after.principal_left_paise,
        advance_paise=after.advance_paise,
        charges_due_paise=after.charges_due_paise,
    )


def effect_in(book: "UnitOfWork", plan: PlannedRow, desk: "Desk") -> ReceiptEffect:
    """The same, with the borrower's other loans read from the book."""
    loan = plan.ledger.loan
    others = book.loans.of_customer(loan.branch_id, loan.customer_id)
    return effect_of(plan, others, desk.clock.today(), desk.rulebook())


def rows_moved(rows: Sequence[Repayment]) -> tuple[RowMoved, ...]:
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
