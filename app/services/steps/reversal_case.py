"""A receipt that shall be undone: whether it stands, what waits on it, and what undoing it does."""

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.services.steps.command import canonical
from app.services.steps.early_undo import EARLY, EarlyUndo, early_payment_of, early_undo
from app.services.steps.free_text import LONGEST_REASON, text_fault
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import LoanLedger, read_ledger
from app.services.steps.open_account import row_maker
from app.services.steps.receipt_plan import PlannedRow, plan_reversal, together
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.row_posting import BookDay, book_day, lock_account
from app.services.steps.shipped_words import shipped_words
from app.services.steps.two_people import new_act
from db.records.loans import Loan, LoanActRecord, Repayment
from db.vocabulary.loan_account import ActState, LoanAct, RepaymentKind
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.reasons import ReversalReason

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

_REASONS = "reversal_reason"
_BESIDE = "beside"
_PART = "This money came with a prepayment: reverse the prepayment, and both are taken back"
_ELSEWHERE = {
    RepaymentKind.RECOVERY: "A recovery stands on a loan that is written off: it is not reversed",
    RepaymentKind.REVERSAL: "This row is a reversal itself: post the payment again instead",
}


@dataclass(frozen=True, slots=True)
class ReversalCase:
    """A receipt that stands, with its loan under lock.

    Attributes:
        waiting: the reversal that waits for its second person.
        undo: what comes back with the reversal of an early payment; None for other receipts.
        day: where the branch stands between its day-ends.
    """

    loan: Loan
    ledger: LoanLedger
    row: Repayment
    waiting: LoanActRecord | None
    day: BookDay
    undo: EarlyUndo | None = None

    @property
    def beside(self) -> Repayment | None:
        """The receipt that goes back with it."""
        return None if self.undo is None else self.undo.beside

    @property
    def amount_paise(self) -> int:
        """All money that goes back."""
        return self.row.amount_paise + (self.beside.amount_paise if self.beside else 0)


def check_reversal_words(reason: str, note: str) -> None:
    """Refuse an unknown reason, or one that needs a note without it.

    Raises:
        Refused: names the field.
    """
    if reason not in set(ReversalReason):
        codes = ", ".join(ReversalReason)
        raise bad_input({"reason": f"Choose a reason: {codes}"})
    asks = shipped_words().entry(_REASONS, reason).get("note_needed")
    fault = text_fault(
        "The note", note, LONGEST_REASON, needed="Write the reason in the note" if asks else ""
    )
    if fault:
        raise bad_input({"note": fault})


def open_reversal_case(book: "UnitOfWork", repayment_id: UUID, desk: "Desk") -> ReversalCase:
    """The receipt, its loan locked.

    Raises:
        Refused: it is no receipt, it is undone already, it is a part of a prepayment, or the loan
            is written off.
        NotFound: the branch has no such payment.
    """
    branch_id = desk.person().branch_id
    undone, day = book.accounts.repayment(branch_id, repayment_id), book_day(book, branch_id, desk)
    loan = lock_account(book, branch_id, undone.loan_id, undone.value_date, day)
    ledger = read_ledger(book, loan)
    (row,) = [each for each in ledger.rows if each.repayment_id == repayment_id]
    _check_stands(loan, ledger, row)
    waiting = [
        act
        for act in book.acts.of(branch_id, loan_id=loan.loan_id)
        if act.state is ActState.PROPOSED and undone_by(act) == repayment_id
    ]
    undo = None
    if row.kind in EARLY:
        undo = early_undo(book, ledger, row, row_maker(desk))
        ledger = undo.ledger
    elif early_payment_of(book, ledger, row) is not None:
        raise Refused(RefusalKind.CONFLICT, _PART)
    return ReversalCase(loan, ledger, row, waiting[0] if waiting else None, day, undo)


def undone_by(act: LoanActRecord) -> UUID | None:
    """The receipt that an act undoes, None where it is another act."""
    if act.act is not LoanAct.RECEIPT_REVERSAL:
        return None
    return UUID(json.loads(act.terms)["repayment_id"])


def reversal_id_of(act: LoanActRecord) -> UUID:
    """The id that the reversing row has, or will have."""
    return UUID(json.loads(act.terms)["reversal_id"])


def reversal_act(case: ReversalCase, reason: str, note: str, desk: "Desk") -> LoanActRecord:
    """A proposal; the ids of the reversing rows are fixed with it."""
    row, loan, beside = case.row, case.loan, case.beside
    made = new_act(LoanAct.RECEIPT_REVERSAL, loan.application_id, loan, row.value_date, desk)
    terms = {
        **({} if beside is None else {_BESIDE: [beside.repayment_id, new_id(desk)]}),
        "repayment_id": row.repayment_id,
        "reversal_id": new_id(desk),
        "amount_paise": case.amount_paise,
        "value_date": row.value_date,
    }
    return replace(made, terms=canonical(terms), reason=reason, note=note)


def plan_of(case: ReversalCase, act: LoanActRecord, desk: "Desk") -> PlannedRow:
    """What confirming the act does to the account."""
    today, make = desk.clock.today(), row_maker(desk)
    beside, named = case.beside, json.loads(act.terms).get(_BESIDE)
    if beside is None or named is None:
        return plan_reversal(case.ledger, case.row, reversal_id_of(act), today, make)
    first = plan_reversal(case.ledger, beside, UUID(named[1]), today, make)
    last = plan_reversal(first.ledger_after, case.row, reversal_id_of(act), today, make)
    return together(first, last)


def _check_stands(loan: Loan, ledger: LoanLedger, row: Repayment) -> None:
    if row.kind is not RepaymentKind.RECEIPT and row.kind not in EARLY:
        sentence = _ELSEWHERE.get(
            row.kind, "This row corrects a split: reverse the payment that it belongs to"
        )
        raise Refused(RefusalKind.BAD_INPUT, sentence)
    if row.repayment_id in ledger.reversed_ids:
        raise Refused(RefusalKind.CONFLICT, "This payment was reversed already")
    if loan.status is LoanStatus.WRITTEN_OFF:
        raise Refused(
            RefusalKind.BAD_INPUT,
            f"Loan {loan.reference} is written off: its payments are not reversed any more",
        )
