"""Ask to take a payment back on the day it was posted; another person confirms it.

Source: screens.md S63. `confirm_disbursement` confirms whatever waits on the application.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.command import Command, Done, canonical, run_command
from app.services.steps.disbursement_answer import (
    DisbursementAnswer,
    act_done,
    disbursement_answer,
)
from app.services.steps.disbursement_case import read_case_to_disburse
from app.services.steps.disbursement_taken_back import (
    check_same_day,
    check_untouched,
    last_payment,
)
from app.services.steps.free_text import LONGEST_NOTE, text_fault, tidy_text
from app.services.steps.permission import permit
from app.services.steps.plain_json import to_plain
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.two_people import new_act
from db.records.loans import LoanBatch
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.reasons import ReversalReason

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReverseDisbursement:
    """Take the newest payment of an application back; REV-OTHER needs a note."""

    command_id: UUID
    application_id: UUID
    reason: ReversalReason
    note: str = ""


def propose_reversal(request: ReverseDisbursement, desk: "Desk") -> DisbursementAnswer:
    """Put the reversal of a payment before a second person.

    Raises:
        Refused: not permitted, nothing was paid out, its day is over, a receipt stands, something
            waits already, or a word is missing.
        NotFound: the branch has no such application.
    """
    branch_id = permit(desk, Act.DISBURSE_LOAN).branch_id
    desk.rulebook()  # read before the book is held
    note = _note(request)

    def act(book: "UnitOfWork") -> Done:
        book.hold_branch(branch_id)  # one payment waits on an application, not two
        case = read_case_to_disburse(book, request.application_id, desk)
        if case.waiting is not None:
            raise Refused(RefusalKind.CONFLICT, "A payment waits for its second person already")
        paid, today = last_payment(case), desk.clock.today()
        check_same_day(case, today)
        loan = book.loans.get(branch_id, paid.loan_id)
        check_untouched(book, case)
        made = replace(
            new_act(LoanAct.DISBURSEMENT_REVERSAL, request.application_id, loan, today, desk),
            terms=canonical(
                {
                    "amount_paise": paid.amount_paise,
                    "disbursement_id": str(paid.disbursement_id),
                }
            ),
            reason=request.reason.value,
            note=note,
        )
        book.accounts.add(branch_id, LoanBatch(acts=(made,)))
        return act_done(made, {"reason": made.reason})

    command = Command(
        request.command_id, "propose_disbursement_reversal", {"request": to_plain(request)}
    )
    return disbursement_answer(run_command(desk, command, act))


def _note(request: ReverseDisbursement) -> str:
    note = tidy_text(request.note)
    needed = "Write the reason in the note" if request.reason is ReversalReason.REV_OTHER else ""
    fault = text_fault("The note", note, LONGEST_NOTE, needed=needed)
    if fault is not None:
        raise bad_input({"note": fault})
    return note
