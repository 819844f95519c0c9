"""Undo a receipt: one person proposes it with a reason, another confirms, and a linked row stands.

Source: screens.md S62 and A1, commands.md (`reverse`), lending-rules.md 6.6. The reversal keeps the
value date of the receipt; advances and later splits are corrected by added rows, nothing is
deleted. A receipt is reversed once.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.command import Command, Done, canonical, run_command
from app.services.steps.early_undo import put_back
from app.services.steps.free_text import LONGEST_REASON, text_fault, tidy_text
from app.services.steps.open_account import row_maker
from app.services.steps.permission import permit
from app.services.steps.plain_json import from_plain, to_plain
from app.services.steps.receipt_effect import ReceiptEffect, RowMoved, effect_in, rows_moved
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.reversal_case import (
    ReversalCase,
    check_reversal_words,
    open_reversal_case,
    plan_of,
    reversal_act,
    reversal_id_of,
)
from app.services.steps.row_posting import post_row
from app.services.steps.two_people import decided_act
from db.records.loans import LoanActRecord, LoanBatch
from db.vocabulary.loan_account import ActState

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ProposeReversal:
    """Ask for a receipt to be undone."""

    command_id: UUID
    repayment_id: UUID
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecideReversal:
    """A word about the reversal that waits on a receipt: confirm, decline or withdraw."""

    command_id: UUID
    repayment_id: UUID
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReversalAnswer:
    """Where a reversal stands.

    Attributes:
        reversal_id: of the row that undoes the receipt; it stands once the state is Posted.
        effect: what it does, or did; None where it ended without doing anything.
    """

    act_id: UUID
    reversal_id: UUID
    repayment_id: UUID
    loan_id: UUID
    reference: str
    state: ActState
    reason: str
    effect: ReceiptEffect | None = None
    corrections: tuple[RowMoved, ...] = ()


def propose_reversal(request: ProposeReversal, desk: "Desk") -> ReversalAnswer:
    """Put the reversal of a receipt before a second person.

    Raises:
        Refused: not permitted; it is no receipt that stands; a reversal waits already; reason or
            note are missing (`fields`).
        NotFound: the branch has no such payment.
    """
    branch_id = permit(desk, Act.REVERSE_REPAYMENT).branch_id
    desk.rulebook()  # read before the book is held
    note = tidy_text(request.note)
    check_reversal_words(request.reason, note)

    def act(book: "UnitOfWork") -> Done:
        case = open_reversal_case(book, request.repayment_id, desk)
        if case.waiting is not None:
            raise Refused(
                RefusalKind.CONFLICT, "A reversal of this payment waits for its second person"
            )
        made = reversal_act(case, request.reason, note, desk)
        effect = effect_in(book, plan_of(case, made, desk), case.day, desk.rulebook())
        made = replace(made, after=canonical(to_plain(effect)))
        book.accounts.add(branch_id, LoanBatch(acts=(made,)))
        return _done(made, case, effect)

    return _run(request.command_id, "propose_reversal", request, act, desk)


def confirm_reversal(request: DecideReversal, desk: "Desk") -> ReversalAnswer:
    """Undo the receipt: the linked row and all that follows from it, in one transaction.

    Raises:
        Refused: not permitted, the own proposal, or nothing waits.
        NotFound: the branch has no such payment.
    """
    branch_id = permit(desk, Act.CONFIRM_REVERSAL).branch_id
    desk.rulebook()  # read before the book is held

    def act(book: "UnitOfWork") -> Done:
        case = open_reversal_case(book, request.repayment_id, desk)
        decided = decided_act(_waiting(case), ActState.POSTED, desk)
        plan = plan_of(case, decided, desk)
        effect = effect_in(book, plan, case.day, desk.rulebook())
        decided = book.acts.decide(branch_id, replace(decided, after=canonical(to_plain(effect))))
        changed = None
        if case.undo is not None:
            changed = put_back(book, case.undo, decided, case.row, row_maker(desk))
        settled = post_row(book, plan, case.day, desk, changed)
        return _done(decided, case, effect, rows_moved(settled.corrections))

    return _run(request.command_id, "confirm_reversal", request, act, desk)


def decline_reversal(request: DecideReversal, desk: "Desk") -> ReversalAnswer:
    """Let the receipt stand, with a word why.

    Raises:
        Refused: not permitted, the own proposal, nothing waits, or no word why.
        NotFound: the branch has no such payment.
    """
    permit(desk, Act.CONFIRM_REVERSAL)
    fault = text_fault(
        "The note", tidy_text(request.note), LONGEST_REASON, needed="Write why it stands"
    )
    if fault:
        raise bad_input({"note": fault})
    return _ended(request, ActState.DECLINED, "decline_reversal", desk)


def withdraw_reversal(request: DecideReversal, desk: "Desk") -> ReversalAnswer:
    """Take the own proposal back.

    Raises:
        Refused: not permitted, another's proposal, or nothing waits.
        NotFound: the branch has no such payment.
    """
    permit(desk, Act.REVERSE_REPAYMENT)
    return _ended(request, ActState.WITHDRAWN, "withdraw_reversal", desk)


def _ended(request: DecideReversal, state: ActState, kind: str, desk: "Desk") -> ReversalAnswer:
    branch_id = desk.person().branch_id

    def act(book: "UnitOfWork") -> Done:
        case = open_reversal_case(book, request.repayment_id, desk)
        ended = decided_act(_waiting(case), state, desk)
        return _done(book.acts.decide(branch_id, ended), case, note=tidy_text(request.note))

    return _run(request.command_id, kind, request, act, desk)


def _waiting(case: ReversalCase) -> LoanActRecord:
    if case.waiting is None:
        raise Refused(
            RefusalKind.CONFLICT, "No reversal of this payment waits: it has to be proposed first"
        )
    return case.waiting


def _done(
    act: LoanActRecord,
    case: ReversalCase,
    effect: ReceiptEffect | None = None,
    corrections: tuple[RowMoved, ...] = (),
    note: str = "",
) -> Done:
    answer = ReversalAnswer(
        act_id=act.act_id,
        reversal_id=reversal_id_of(act),
        repayment_id=case.row.repayment_id,
        loan_id=case.loan.loan_id,
        reference=case.loan.reference,
        state=act.state,
        reason=act.reason,
        effect=effect,
        corrections=corrections,
    )
    details: dict[str, object] = {
        "loan_act": act.act.value,
        "act_id": str(act.act_id),
        "repayment_id": str(case.row.repayment_id),
        "amount_paise": case.amount_paise,
        "value_date": case.row.value_date.isoformat(),
        "reason": act.reason,
        "state": act.state.value,
        "corrections": len(corrections),
        **({"note": note} if note else {}),
    }
    return Done({"reversal": to_plain(answer)}, "loan", case.loan.loan_id, details)


def _run(
    command_id: UUID,
    kind: str,
    request: ProposeReversal | DecideReversal,
    act: "Callable[[UnitOfWork], Done]",
    desk: "Desk",
) -> ReversalAnswer:
    command = Command(command_id, kind, {"request": to_plain(request)})
    return from_plain(ReversalAnswer, run_command(desk, command, act)["reversal"])
