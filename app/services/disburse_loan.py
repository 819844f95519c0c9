"""One person proposes that a loan is paid out, another confirms it, and the account begins.

Source: screens.md S63, commands.md (`disburse`), lending-rules.md 2 and 7.2. All checks are made
again at the confirmation, in its transaction; the schedule is frozen there with the rule rows it
stands on.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.command import Command, Done, run_command
from app.services.steps.disbursed_loan import DisbursedLoan, disbursed_loan
from app.services.steps.disbursement_answer import (
    DisbursementAnswer,
    act_done,
    disbursement_answer,
)
from app.services.steps.disbursement_case import (
    DisbursementCase,
    check_open,
    product_of_case,
    read_case_to_disburse,
    with_known,
)
from app.services.steps.disbursement_checks import disbursement_checks, stopping, term_faults
from app.services.steps.disbursement_posting import pay_out, standing_of, summary_of
from app.services.steps.disbursement_taken_back import check_same_day, take_back
from app.services.steps.disbursement_terms import DisbursementTerms, terms_kept, tidy_terms
from app.services.steps.free_text import LONGEST_NOTE, text_fault, tidy_text
from app.services.steps.permission import permit
from app.services.steps.plain_json import to_plain
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.two_people import decided_act, new_act
from db.records.loans import LoanActRecord, LoanBatch
from db.vocabulary.loan_account import ActState, LoanAct

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ProposeDisbursement:
    """Ask for the payment of an approved loan, or of a part of it."""

    command_id: UUID
    application_id: UUID
    terms: DisbursementTerms


@dataclass(frozen=True, slots=True)
class DecideDisbursement:
    """A word about the payment that waits on an application: confirm, decline or withdraw."""

    command_id: UUID
    application_id: UUID
    note: str = ""


def propose_disbursement(request: ProposeDisbursement, desk: "Desk") -> DisbursementAnswer:
    """Put a payment before a second person.

    Raises:
        Refused: not permitted; nothing is approved or left; a payment waits already; a check does
            not hold or a term is wrong (`fields` names each).
        NotFound: the branch has no such application.
    """
    branch_id = permit(desk, Act.DISBURSE_LOAN).branch_id
    desk.rulebook()  # read before the book is held

    def act(book: "UnitOfWork") -> Done:
        book.hold_branch(branch_id)  # one payment waits on an application, not two
        case = read_case_to_disburse(book, request.application_id, desk)
        check_open(case)
        if case.waiting is not None:
            raise Refused(RefusalKind.CONFLICT, "A payment waits for its second person already")
        terms = with_known(case, tidy_terms(request.terms))
        loan = payable(case, terms, desk)
        made = _proposal(case, terms, loan, desk)
        book.accounts.add(branch_id, LoanBatch(acts=(made,)))
        return act_done(made)

    return _run(request.command_id, "propose_disbursement", request, act, desk)


def confirm_disbursement(request: DecideDisbursement, desk: "Desk") -> DisbursementAnswer:
    """Pay the money out, or take it back, whichever waits; all of it in one transaction.

    A payment writes the loan, its frozen schedule, the money and the branch's cells.

    Raises:
        Refused: not permitted, the own proposal, nothing waits, or a check no longer holds.
        NotFound: the branch has no such application.
        VersionConflict: somebody changed the application meanwhile.
    """
    permit(desk, Act.DISBURSE_LOAN)
    desk.rulebook()  # read before the book is held

    def act(book: "UnitOfWork") -> Done:
        case = read_case_to_disburse(book, request.application_id, desk)
        waiting = _waiting(book, case)
        decided = decided_act(waiting, ActState.POSTED, desk)
        if waiting.act is LoanAct.DISBURSEMENT_REVERSAL:
            check_same_day(case, desk.clock.today())
            back = take_back(book, case, decided, desk)
            return act_done(back.act, {"reason": back.act.reason}, back)
        check_open(case)
        terms = terms_kept(waiting)
        loan = payable(case, terms, desk)
        paid = pay_out(book, case, decided, loan, desk)
        return act_done(paid.act, {}, paid)

    return _run(request.command_id, "confirm_disbursement", request, act, desk)


def decline_disbursement(request: DecideDisbursement, desk: "Desk") -> DisbursementAnswer:
    """Send a proposed payment back, with a word why.

    Raises:
        Refused: not permitted, the own proposal, nothing waits, or no word why.
        NotFound: the branch has no such application.
    """
    permit(desk, Act.DISBURSE_LOAN)
    note = tidy_text(request.note)
    needed = "Write why it is not paid out"
    fault = text_fault("The note", note, LONGEST_NOTE, needed=needed)
    if fault is not None:
        raise bad_input({"note": fault})
    return _ended(request, ActState.DECLINED, "decline_disbursement", note, desk)


def withdraw_disbursement(request: DecideDisbursement, desk: "Desk") -> DisbursementAnswer:
    """Take the own proposed payment back.

    Raises:
        Refused: not permitted, another's proposal, or nothing waits.
        NotFound: the branch has no such application.
    """
    permit(desk, Act.DISBURSE_LOAN)
    return _ended(request, ActState.WITHDRAWN, "withdraw_disbursement", "", desk)


def payable(case: DisbursementCase, terms: DisbursementTerms, desk: "Desk") -> DisbursedLoan:
    """The loan that a payment starts, once every check holds.

    Raises:
        Refused: a check does not hold or a term is wrong.
    """
    product = product_of_case(case, desk)
    stops = stopping(disbursement_checks(case, terms, product, desk))
    typed = {each.field: each.sentence for each in stops if each.field}
    faults = typed | term_faults(case, terms, product, desk)
    if len(typed) < len(stops):
        said = "; ".join(each.sentence for each in stops)
        raise Refused(RefusalKind.CONFLICT, f"The loan cannot be paid out: {said}", faults)
    if faults:
        raise bad_input(faults)
    return disbursed_loan(case, terms, desk)


def _proposal(
    case: DisbursementCase, terms: DisbursementTerms, loan: DisbursedLoan, desk: "Desk"
) -> LoanActRecord:
    made = new_act(
        LoanAct.DISBURSEMENT,
        case.application.application_id,
        case.loan,
        terms.disbursement_date,
        desk,
    )
    after = summary_of(loan, case.paid_paise + terms.amount_paise)
    return replace(terms.put_into(made), before=standing_of(case), after=after)


def _waiting(book: "UnitOfWork", case: DisbursementCase) -> LoanActRecord:
    """The act that waits, held until the end of the transaction."""
    waiting = case.waiting
    if waiting is None:
        raise Refused(RefusalKind.CONFLICT, "No payment waits for a second person")
    return book.acts.get(case.application.branch_id, waiting.act_id)


def _ended(
    request: DecideDisbursement, state: ActState, kind: str, note: str, desk: "Desk"
) -> DisbursementAnswer:
    desk.rulebook()  # read before the book is held

    def act(book: "UnitOfWork") -> Done:
        case = read_case_to_disburse(book, request.application_id, desk)
        ended = decided_act(_waiting(book, case), state, desk)
        ended = book.acts.decide(case.application.branch_id, ended)
        return act_done(ended, {"note": note} if note else {})

    return _run(request.command_id, kind, request, act, desk)


def _run(
    command_id: UUID,
    kind: str,
    request: object,
    act: "Callable[[UnitOfWork], Done]",
    desk: "Desk",
) -> DisbursementAnswer:
    command = Command(command_id, kind, {"request": to_plain(request)})
    return disbursement_answer(run_command(desk, command, act))
