"""One person proposes a change of a loan, with the account before and after; or takes it back.

Source: screens.md S65 and A1, lending-rules.md 13.8. Nothing of the loan moves until a second
person confirms; the proposal keeps the figures that were shown.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.acts_to_decide import proposing
from app.services.steps.change_checks import money_faults, text_faults
from app.services.steps.change_plans import WITHOUT_REASON, plan_change
from app.services.steps.command import Command, Done, run_command
from app.services.steps.free_text import tidy_text
from app.services.steps.loan_act_answer import LoanActAnswer, act_answer, act_done
from app.services.steps.loan_change import CHANGES, LoanChange
from app.services.steps.permission import permit
from app.services.steps.plain_json import to_plain
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.two_people import decided_act, new_act
from db.records.loans import LoanBatch
from db.records.refusals import VersionConflict
from db.vocabulary.loan_account import ActState, LoanAct

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

BRINGS_MONEY = frozenset({LoanAct.FORECLOSURE, LoanAct.PART_PREPAYMENT})


@dataclass(frozen=True, slots=True)
class ProposeLoanChange:
    """A change of a loan that a second person shall confirm.

    Attributes:
        version: of the loan as it was seen; None for a verb, which sees it now.
        reason: why; a closure and a prepayment need none.
    """

    command_id: UUID
    loan_id: UUID
    change: LoanChange
    reason: str = ""
    note: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawLoanChange:
    """Take the own proposal back."""

    command_id: UUID
    act_id: UUID


def propose_loan_change(request: ProposeLoanChange, desk: "Desk") -> LoanActAnswer:
    """Put a change before a second person.

    Raises:
        Refused: not permitted; the loan is over; a change of it waits already; the change does not
            fit the loan, or a field is at fault (`fields` names each).
        NotFound: the branch has no such loan.
        VersionConflict: the loan moved since it was seen.
    """
    branch_id = permit(desk, proposing(request.change.act)).branch_id
    rulebook, asked = desk.rulebook(), _tidy(request)  # read before the book is held
    _check_words(asked)

    def act(book: "UnitOfWork") -> Done:
        loan = book.accounts.lock(branch_id, asked.loan_id)
        if asked.version is not None and asked.version != loan.version:
            raise VersionConflict
        _check_free(book, branch_id, asked.loan_id)
        plan = plan_change(book, loan, asked.change, desk.clock.today(), rulebook)
        made = replace(
            new_act(asked.change.act, loan.application_id, loan, plan.owed.on, desk),
            terms=plan.change.text,
            before=plan.before.text,
            after=plan.after.text,
            reason=asked.reason,
            note=asked.note,
        )
        book.accounts.add(branch_id, LoanBatch(acts=(made,)))
        return act_done(made, saved_paise=plan.saved_paise)

    command = Command(request.command_id, "propose_loan_change", {"request": to_plain(request)})
    return act_answer(run_command(desk, command, act))


def withdraw_loan_change(request: WithdrawLoanChange, desk: "Desk") -> LoanActAnswer:
    """Take a proposal back that nobody has decided.

    Raises:
        Refused: not permitted, another's proposal, or decided already.
        NotFound: the branch has no such proposal.
    """
    branch_id = permit(desk, Act.PROPOSE_RESTRUCTURE).branch_id  # whoever proposes anything may

    def act(book: "UnitOfWork") -> Done:
        waiting = book.acts.get(branch_id, request.act_id)
        if waiting.act not in CHANGES:
            raise Refused(RefusalKind.BAD_INPUT, "This proposal is not a change of terms")
        permit(desk, proposing(waiting.act))
        return act_done(book.acts.decide(branch_id, decided_act(waiting, ActState.WITHDRAWN, desk)))

    command = Command(request.command_id, "withdraw_loan_change", {"request": to_plain(request)})
    return act_answer(run_command(desk, command, act))


def _tidy(request: ProposeLoanChange) -> ProposeLoanChange:
    change = request.change
    return replace(
        request,
        change=replace(
            change, reference=tidy_text(change.reference), payer=tidy_text(change.payer)
        ),
        reason=tidy_text(request.reason),
        note=tidy_text(request.note),
    )


def _check_words(asked: ProposeLoanChange) -> None:
    change = asked.change
    faults = text_faults(asked.reason, asked.note, needed=change.act not in WITHOUT_REASON)
    if change.act in BRINGS_MONEY:
        faults |= money_faults(change.reference, change.payer)
        if change.method is None:
            faults["method"] = "Choose how the money comes"
    if faults:
        raise bad_input(faults)


def _check_free(book: "UnitOfWork", branch_id: int, loan_id: UUID) -> None:
    acts = book.acts.of(branch_id, loan_id=loan_id)
    if any(each.state is ActState.PROPOSED and each.act in CHANGES for each in acts):
        raise Refused(
            RefusalKind.CONFLICT,
            "A change of this loan waits already: have it decided or withdrawn first",
        )
