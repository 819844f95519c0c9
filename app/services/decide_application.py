"""The checker's work on a proposal: take it up, give it back, pass it on, decide, recall.

Source: screens.md S50, commands.md (`claim`, `decide`, `forward`, `recall`). Nobody decides what
they made or entered. Terms may tighten, never loosen; an approval needs the limit of the person.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.case_standing import (
    check_claim,
    check_held,
    check_independent,
    check_recall,
)
from app.rules.maker_checker import (
    APPROVING,
    Verdict,
    decided_terms_faults,
    is_override,
    sanction_limit_paise,
    verdict_faults,
)
from app.rules.money import rupees_shown
from app.rules.permissions import Act
from app.services.steps.case_answer import CaseAnswer, answered, check_texts, step_done
from app.services.steps.case_work import (
    JudgedCase,
    OpenCase,
    allowed,
    authority_of,
    check_unchanged,
    judge,
    new_step,
    open_case,
    proposed_conditions,
    with_verdict,
    write_step,
)
from app.services.steps.command import Command, Done, run_command
from app.services.steps.permission import permit
from app.services.steps.plain_json import to_plain
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.shipped_words import shipped_words
from db.records.applications import DecisionRecord
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import SanctionAuthority

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.steps.desk import Actor, Desk
    from db.records.cases import CaseStepRecord
    from db.unit_of_work import UnitOfWork

_STATUS = {
    Decision.APPROVE: ApplicationStatus.APPROVED,
    Decision.APPROVE_WITH_CHANGES: ApplicationStatus.APPROVED,
    Decision.REJECT: ApplicationStatus.REJECTED,
    Decision.RETURN: ApplicationStatus.RETURNED,
}


@dataclass(frozen=True, slots=True)
class CaseRequest:
    """A step that needs no more than the case: claim, release, recall."""

    command_id: UUID
    application_id: UUID
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ForwardCase:
    """Send a case to an authority with a higher limit, with a word why."""

    command_id: UUID
    application_id: UUID
    forward_to: SanctionAuthority
    note: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DecideApplication:
    """A checker's word; an approval without terms takes those proposed."""

    command_id: UUID
    application_id: UUID
    verdict: Verdict
    version: int | None = None


def claim_case(request: CaseRequest, desk: "Desk") -> CaseAnswer:
    """Take a waiting case up; taking it up again keeps it in hand.

    Raises:
        Refused: not permitted, the person's own case, in another's hands, or nothing waits.
        NotFound: the branch has no such application.
        VersionConflict: somebody took a step meanwhile.
    """
    person = permit(desk, Act.DECIDE_APPLICATION)

    def act(book: "UnitOfWork") -> Done:
        opened = open_case(book, person.branch_id, request.application_id, request.version)
        after, step = _claimed(book, opened, person, desk)
        return step_done(after, step)

    return _run(request, "claim", act, desk)


def release_case(request: CaseRequest, desk: "Desk") -> CaseAnswer:
    """Give a case back to the queue.

    Raises:
        Refused: not permitted, or it is not in the person's hands.
        NotFound: the branch has no such application.
    """
    person = permit(desk, Act.DECIDE_APPLICATION)

    def act(book: "UnitOfWork") -> Done:
        opened = open_case(book, person.branch_id, request.application_id, request.version)
        allowed(lambda: check_held(opened.standing, person.user_id))
        step = new_step(opened, CaseStep.RELEASE, ApplicationStatus.PROPOSED, desk)
        return step_done(write_step(book, opened, step), step)

    return _run(request, "release", act, desk)


def forward_case(request: ForwardCase, desk: "Desk") -> CaseAnswer:
    """Send a case above the own limit to a higher authority.

    Raises:
        Refused: not permitted, the person's own case, or the authority has no higher limit.
        NotFound: the branch has no such application.
    """
    person = permit(desk, Act.DECIDE_APPLICATION)

    def act(book: "UnitOfWork") -> Done:
        opened = open_case(book, person.branch_id, request.application_id, request.version)
        opened = _in_hand(book, opened, person, desk)
        if request.forward_to is authority_of(book, desk):
            raise bad_input({"forward_to": "Choose an authority with a higher limit than yours"})
        step = replace(
            new_step(opened, CaseStep.FORWARD, ApplicationStatus.PROPOSED, desk),
            forward_to=request.forward_to,
            note=request.note.strip(),
        )
        details: dict[str, object] = {"forward_to": request.forward_to.value}
        return step_done(write_step(book, opened, step), step, details)

    return _run(request, "forward", act, desk)


def decide_application(request: DecideApplication, desk: "Desk") -> CaseAnswer:
    """Approve, approve with tighter terms, reject, or return with questions.

    Raises:
        Refused: not permitted, the person's own case, above the limit, a fact changed since the
            proposal; terms, reasons or notes are missing or wrong (`fields` names each).
        NotFound: the branch has no such application.
        VersionConflict: somebody changed it meanwhile.
    """
    person = permit(desk, Act.DECIDE_APPLICATION)
    if request.verdict.decision not in _STATUS:
        raise bad_input({"decision": "Approve, approve with changes, reject or return"})
    check_texts(request.verdict)

    def act(book: "UnitOfWork") -> Done:
        opened = open_case(book, person.branch_id, request.application_id, request.version)
        opened = _in_hand(book, opened, person, desk)
        verdict, found = _verdict(book, opened, request.verdict, desk)
        step = new_step(opened, CaseStep.DECIDE, _STATUS[verdict.decision], desk)
        step = with_verdict(step, verdict, found)
        after = write_step(book, opened, step)
        book.applications.add_decision(person.branch_id, _decision(opened, step))
        override = is_override(verdict.decision, found.judged.recommendation)
        return step_done(after, step, {"override": override, "checker": person.staff_id})

    return _run(request, "decide", act, desk)


def recall_decision(request: CaseRequest, desk: "Desk") -> CaseAnswer:
    """Take the own decision back before its letter is issued; the proposal waits again.

    Raises:
        Refused: not permitted, another's decision, nothing decided, or the letter is out.
        NotFound: the branch has no such application.
    """
    person = permit(desk, Act.DECIDE_APPLICATION)

    def act(book: "UnitOfWork") -> Done:
        opened = open_case(book, person.branch_id, request.application_id, request.version)
        disbursed = opened.application.status is ApplicationStatus.DISBURSED
        stands = book.documents.letter_stands(person.branch_id, request.application_id)
        issued = disbursed or stands
        allowed(lambda: check_recall(opened.standing, person.user_id, letter_issued=issued))
        step = new_step(opened, CaseStep.RECALL, ApplicationStatus.PROPOSED, desk)
        return step_done(write_step(book, opened, step), step)

    return _run(request, "recall", act, desk)


def _run(
    request: "CaseRequest | ForwardCase | DecideApplication",
    kind: str,
    act: "Callable[[UnitOfWork], Done]",
    desk: "Desk",
) -> CaseAnswer:
    desk.rulebook()  # read before the book is held
    command = Command(request.command_id, kind, {"request": to_plain(request)})
    return answered(run_command(desk, command, act))


def _claimed(
    book: "UnitOfWork", opened: OpenCase, person: "Actor", desk: "Desk"
) -> "tuple[OpenCase, CaseStepRecord]":
    minutes = desk.rulebook().number("queue_claim_minutes", desk.clock.today(), unit="minutes")
    entered_by, now = opened.application.officer_id, desk.clock.now()
    allowed(lambda: check_claim(opened.standing, person.user_id, entered_by, now, minutes))
    step = new_step(opened, CaseStep.CLAIM, ApplicationStatus.PROPOSED, desk)
    return write_step(book, opened, step), step


def _in_hand(book: "UnitOfWork", opened: OpenCase, person: "Actor", desk: "Desk") -> OpenCase:
    """The case in the person's hands: taken up now unless it already is."""
    entered_by = opened.application.officer_id
    allowed(lambda: check_independent(opened.standing, person.user_id, entered_by))
    claim = opened.standing.claim
    if claim is not None and claim.actor_id == person.user_id:
        return opened
    return _claimed(book, opened, person, desk)[0]


def _verdict(
    book: "UnitOfWork", opened: OpenCase, wanted: Verdict, desk: "Desk"
) -> tuple[Verdict, JudgedCase]:
    """The verdict with its terms, and the case judged with them."""
    check_unchanged(opened, "A fact changed since the proposal: return it to be scored again")
    proposal = opened.standing.proposal
    proposed = opened.asked if proposal is None or proposal.terms is None else proposal.terms
    verdict = wanted
    if wanted.decision is Decision.APPROVE and wanted.terms is None:
        verdict = replace(wanted, terms=proposed)
    if verdict.decision in APPROVING and not verdict.conditions.strip():
        verdict = replace(verdict, conditions=proposed_conditions(opened))
    found = judge(book, opened, verdict.terms, desk)
    faults = verdict_faults(verdict, found.judged, desk.rulebook(), shipped_words())
    faults |= decided_terms_faults(verdict, proposed)
    if verdict.decision in APPROVING and proposal is not None:
        if proposal.decision is Decision.REJECT:
            faults["decision"] = "The proposal is to reject: reject it, or return it"
        elif not faults and verdict.terms is not None:
            _check_limit(book, opened, verdict.terms.amount_paise, desk)
    if faults:
        raise bad_input(faults)
    return verdict, found


def _check_limit(book: "UnitOfWork", opened: OpenCase, amount_paise: int, desk: "Desk") -> None:
    mine, rulebook, on = authority_of(book, desk), desk.rulebook(), desk.clock.today()
    product = rulebook.product(opened.application.product_code, opened.case.as_of)
    limit = sanction_limit_paise(mine, product, rulebook, on)
    if amount_paise > limit:
        others = [
            who.value
            for who in SanctionAuthority
            if sanction_limit_paise(who, product, rulebook, on) >= amount_paise
        ]
        who = f": send it to the {others[0]}" if others else ""
        raise Refused(
            RefusalKind.NOT_PERMITTED,
            f"{rupees_shown(amount_paise)} is above your limit of {rupees_shown(limit)}{who}",
        )
    needed = opened.standing.authority
    if mine is SanctionAuthority.SUPERVISOR and needed is not mine:
        raise Refused(
            RefusalKind.NOT_PERMITTED,
            f"It was sent to the {needed.value} for decision",
        )


def _decision(opened: OpenCase, step: "CaseStepRecord") -> DecisionRecord:
    proposal = opened.standing.proposal
    return DecisionRecord(
        decision_id=step.step_id,
        application_id=step.application_id,
        decision=step.decision or Decision.RETURN,
        maker_id=step.actor_id if proposal is None else proposal.actor_id,
        checker_id=step.actor_id,
        decided_at=step.at,
        reason_code=step.reasons[0].code,
        note=step.note,
        amount_paise=step.amount_paise,
        tenure_months=step.tenure_months,
        rate_ppm=step.rate_ppm,
        assessment_id=step.assessment_id,
    )
