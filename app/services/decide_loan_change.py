"""The second person confirms a change of a loan, or declines it.

Source: screens.md S65, lending-rules.md 13.8 and 15.7. The plan is made again at the confirmation,
in its transaction: it is posted if it is still what was proposed, and nothing else ever is.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.change_plans import plan_change
from app.services.steps.command import Command, Done, run_command
from app.services.steps.free_text import LONGEST_REASON, text_fault, tidy_text
from app.services.steps.loan_act_answer import LoanActAnswer, act_answer, act_done
from app.services.steps.loan_change import CHANGES, change_from
from app.services.steps.open_account import row_maker
from app.services.steps.permission import permit
from app.services.steps.plain_json import to_plain
from app.services.steps.post_change import post_change
from app.services.steps.reclassify import reclassify
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.row_posting import book_day, lock_account
from app.services.steps.two_people import decided_act
from db.vocabulary.loan_account import ActState

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.records.loans import LoanActRecord
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DecideLoanChange:
    """A word on a change that waits; declining it needs a reason."""

    command_id: UUID
    act_id: UUID
    reason: str = ""


def confirm_loan_change(request: DecideLoanChange, desk: "Desk") -> LoanActAnswer:
    """Post a change as it was proposed.

    Raises:
        Refused: not permitted, the own proposal, decided already, or the figures moved since.
            A loan that a day-end touched and whose figures stand is as it was proposed.
        NotFound: the branch has no such proposal.
    """
    branch_id = permit(desk, Act.CONFIRM_LOAN_CHANGE).branch_id
    rulebook = desk.rulebook()  # read before the book is held

    def act(book: "UnitOfWork") -> Done:
        waiting = _waiting(book, branch_id, request.act_id)
        posted = decided_act(waiting, ActState.POSTED, desk)
        day = book_day(book, branch_id, desk)
        loan = lock_account(book, branch_id, _loan_of(waiting), waiting.value_date, day)
        rules = rulebook.recording()
        plan = plan_change(book, loan, change_from(waiting.terms), desk.clock.today(), rules)
        if (plan.before.text, plan.after.text) != (waiting.before, waiting.after):
            raise Refused(
                RefusalKind.CONFLICT,
                "The figures moved since this was proposed: decline it and propose it anew",
            )
        posted = book.acts.decide(branch_id, posted)
        after = post_change(book, plan, posted, rules.used_rows, desk)
        if day.moves_classes(plan.owed.on):
            reclassify(book, after, plan.owed.on, rulebook, row_maker(desk))
            after = book.loans.get(branch_id, after.loan_id)
        return act_done(posted, saved_paise=plan.saved_paise, version=after.version)

    command = Command(request.command_id, "confirm_loan_change", {"request": to_plain(request)})
    return act_answer(run_command(desk, command, act))


def decline_loan_change(request: DecideLoanChange, desk: "Desk") -> LoanActAnswer:
    """Send a proposed change back; the reason stands in the audit chain.

    Raises:
        Refused: not permitted, the own proposal, decided already, or no reason given.
        NotFound: the branch has no such proposal.
    """
    branch_id = permit(desk, Act.CONFIRM_LOAN_CHANGE).branch_id
    reason = tidy_text(request.reason)
    fault = text_fault("The reason", reason, LONGEST_REASON, needed="Say why it is declined")
    if fault is not None:
        raise bad_input({"reason": fault})

    def act(book: "UnitOfWork") -> Done:
        declined = decided_act(_waiting(book, branch_id, request.act_id), ActState.DECLINED, desk)
        return act_done(book.acts.decide(branch_id, declined), details={"reason": reason})

    command = Command(request.command_id, "decline_loan_change", {"request": to_plain(request)})
    return act_answer(run_command(desk, command, act))


def _waiting(book: "UnitOfWork", branch_id: int, act_id: UUID) -> "LoanActRecord":
    waiting = book.acts.get(branch_id, act_id)
    if waiting.act not in CHANGES:
        raise Refused(RefusalKind.BAD_INPUT, "This proposal is not a change of terms")
    return waiting


def _loan_of(waiting: "LoanActRecord") -> UUID:
    if waiting.loan_id is None:
        raise Refused(RefusalKind.INTEGRITY, "This proposal names no loan")
    return waiting.loan_id
