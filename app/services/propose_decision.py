"""The maker proposes what should become of an application, or takes the proposal back.

Source: screens.md S40, commands.md (`propose`). A second person decides, always. The proposal
keeps its terms, its frozen reasons, the estimate it was made on and what that recommended.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.case_standing import check_propose, check_withdraw
from app.rules.maker_checker import (
    APPROVING,
    Verdict,
    is_override,
    proposed_terms_faults,
    verdict_faults,
)
from app.rules.permissions import Act
from app.services.steps.automatic_policy import decided_by_policy
from app.services.steps.case_answer import CaseAnswer, answered, check_texts, step_done
from app.services.steps.case_work import (
    OpenCase,
    allowed,
    check_unchanged,
    judge,
    new_step,
    open_case,
    with_verdict,
    write_step,
)
from app.services.steps.command import Command, Done, run_command
from app.services.steps.permission import permit
from app.services.steps.plain_json import to_plain
from app.services.steps.refusal import bad_input
from app.services.steps.shipped_words import shipped_words
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

PROPOSED = APPROVING | {Decision.REJECT}


@dataclass(frozen=True, slots=True)
class ProposeDecision:
    """A maker's word. Without terms an approval proposes what was asked for."""

    command_id: UUID
    application_id: UUID
    version: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class WithdrawProposal:
    """Take the own proposal back."""

    command_id: UUID
    application_id: UUID
    version: int


def propose_decision(request: ProposeDecision, desk: "Desk") -> CaseAnswer:
    """Put a proposal before the checkers.

    Raises:
        Refused: not permitted; it waits or was decided; a fact changed since it was scored; terms,
            reasons or notes are missing or wrong (`fields` names each).
        NotFound: the branch has no such application.
        VersionConflict: somebody changed it meanwhile.
    """
    branch_id = permit(desk, Act.PROPOSE_DECISION).branch_id
    _check_kind(request.verdict)
    rulebook, words = desk.rulebook(), shipped_words()  # read before the book is held

    def act(book: "UnitOfWork") -> Done:
        opened = open_case(book, branch_id, request.application_id, request.version)
        allowed(lambda: check_propose(opened.application.status))
        check_unchanged(opened, "A fact changed since this was scored: score it again first")
        verdict = _with_terms(request.verdict, opened)
        found = judge(book, opened, verdict.terms, desk)
        product = rulebook.product(opened.application.product_code, found.judged.on)
        faults = verdict_faults(verdict, found.judged, rulebook, words)
        faults |= proposed_terms_faults(verdict, opened.asked, product)
        if faults:
            raise bad_input(faults)
        step = new_step(opened, CaseStep.PROPOSE, ApplicationStatus.PROPOSED, desk)
        step = with_verdict(step, verdict, found)
        after = write_step(book, opened, step)
        override = is_override(verdict.decision, found.judged.recommendation)
        details: dict[str, object] = {"override": override}
        after, decided = decided_by_policy(book, after, verdict, found, desk)
        if decided is not None:
            details["decided_automatically"] = str(decided.step_id)
        return step_done(after, step, details)

    return answered(run_command(desk, Command(request.command_id, "propose", _plain(request)), act))


def withdraw_proposal(request: WithdrawProposal, desk: "Desk") -> CaseAnswer:
    """Take a proposal back that no checker has taken up.

    Raises:
        Refused: not permitted, nothing waits, it is another's, or it has been taken up.
        NotFound: the branch has no such application.
        VersionConflict: somebody changed it meanwhile.
    """
    person = permit(desk, Act.PROPOSE_DECISION)

    def act(book: "UnitOfWork") -> Done:
        opened = open_case(book, person.branch_id, request.application_id, request.version)
        allowed(lambda: check_withdraw(opened.standing, person.user_id))
        back = ApplicationStatus.PENDING
        if opened.standing.returned:
            back = ApplicationStatus.RETURNED
        step = new_step(opened, CaseStep.WITHDRAW, back, desk)
        return step_done(write_step(book, opened, step), step)

    command = Command(request.command_id, "withdraw_proposal", _plain(request))
    return answered(run_command(desk, command, act))


def _check_kind(verdict: Verdict) -> None:
    if verdict.decision not in PROPOSED:
        raise bad_input({"decision": "Propose to approve, to approve with changes, or to reject"})
    check_texts(verdict)


def _with_terms(verdict: Verdict, opened: OpenCase) -> Verdict:
    """An approval without terms of its own means the terms asked for."""
    if verdict.decision is Decision.APPROVE and verdict.terms is None:
        return replace(verdict, terms=opened.asked)
    return verdict


def _plain(request: object) -> dict[str, object]:
    return {"request": to_plain(request)}
