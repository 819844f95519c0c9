"""An application is committed and scored in one act, or withdrawn.

Source: screens.md S31. The same commit sent twice makes one application. When the model may not be
used the application is stored unscored and stays Pending.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.application_checks import (
    check_application,
    collateral_faults,
    guarantor_faults,
)
from app.services.steps.application_facts import (
    ApplicationFacts,
    CollateralEntry,
    GuarantorEntry,
)
from app.services.steps.application_record import Identity, new_application, settled
from app.services.steps.case_builder import (
    ApplicationContext,
    application_context,
    case_of_application,
)
from app.services.steps.command import Answer, Command, Done, run_command
from app.services.steps.estimate_payload import assessment_of, estimate_from_payload
from app.services.steps.ids import new_id
from app.services.steps.permission import permit
from app.services.steps.plain_json import to_plain
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from app.services.steps.risk_estimate import RiskEstimate
from app.services.steps.try_estimate import try_estimate
from db.records.applications import Application, CoApplicant, StatusChange
from db.records.people import Customer
from db.records.refusals import NotFound
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.reasons import WithdrawReason

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

__all__ = [
    "ApplicationContext",
    "ApplicationFacts",
    "ApplicationSubmitted",
    "ApplicationWithdrawn",
    "CoApplicant",
    "CollateralEntry",
    "GuarantorEntry",
    "SubmitApplication",
    "WithdrawApplication",
    "application_context",
    "check_application",
    "collateral_faults",
    "guarantor_faults",
    "submit_application",
    "withdraw_application",
]

OPEN = frozenset({ApplicationStatus.DRAFT, ApplicationStatus.PENDING, ApplicationStatus.RETURNED})
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class SubmitApplication:
    """Commit an application once; `draft_id` is deleted with it."""

    command_id: UUID
    facts: ApplicationFacts = field(repr=False)
    draft_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ApplicationSubmitted:
    """The application and its estimate, or the sentence why there is no score."""

    application_id: UUID
    reference: str
    customer_id: UUID
    status: ApplicationStatus
    version: int
    estimate: RiskEstimate | None = None
    no_score_sentence: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawApplication:
    """Take back an application that nobody has decided."""

    command_id: UUID
    application_id: UUID
    version: int
    reason: WithdrawReason
    note: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn:
    """Its new state."""

    application_id: UUID
    status: ApplicationStatus
    version: int


def submit_application(request: SubmitApplication, desk: "Desk") -> ApplicationSubmitted:
    """Store an application and its first assessment.

    Raises:
        Refused: a field is wrong (BAD_INPUT with `fields`), or the person may not enter one.
    """
    permit(desk, Act.ENTER_APPLICATION)
    rulebook, today = desk.rulebook(), desk.clock.today()
    faults = check_application(request.facts, rulebook, today)
    if faults:
        raise bad_input(faults)
    facts = settled(request.facts, rulebook, today)

    def act(book: "UnitOfWork") -> Done:
        customer = _customer(book, facts, desk)
        identity = Identity(new_id(desk), book.next_reference("A", customer.branch_id))
        application = new_application(facts, customer, identity, desk)
        book.applications.add(application)
        _take_papers(book, facts, application)
        answer = _scored(book, application, customer, desk)
        if request.draft_id is not None:
            book.drafts.delete(customer.branch_id, request.draft_id)
        details = {"to": application.status.value, "scored": answer["assessment_id"] is not None}
        return Done(answer, "application", application.application_id, details)

    command = Command(request.command_id, "submit_application", {"facts": to_plain(request.facts)})
    return _submitted(run_command(desk, command, act), desk)


def withdraw_application(request: WithdrawApplication, desk: "Desk") -> ApplicationWithdrawn:
    """Withdraw an application that is still open.

    Raises:
        Refused: it has been decided or proposed, or the reason needs a note.
        VersionConflict: somebody changed it meanwhile.
    """
    branch_id = permit(desk, Act.ENTER_APPLICATION).branch_id
    note = _note(request)

    def act(book: "UnitOfWork") -> Done:
        stored = book.applications.get(branch_id, request.application_id)
        if stored.status not in OPEN:
            sentence = f"This application is {stored.status.value}: it can no longer be withdrawn"
            raise Refused(RefusalKind.CONFLICT, sentence)
        change = StatusChange(
            branch_id=branch_id,
            application_id=request.application_id,
            status=ApplicationStatus.WITHDRAWN,
            at=desk.clock.now(),
            expected_version=request.version,
        )
        answer: Answer = {"version": book.applications.set_status(change)}
        details = {
            "from": stored.status.value,
            "to": ApplicationStatus.WITHDRAWN.value,
            "reason": request.reason.value,
            "note": note,
        }
        return Done(answer, "application", request.application_id, details)

    payload = to_plain(replace(request, note=note))
    command = Command(request.command_id, "withdraw_application", {"request": payload})
    answer = run_command(desk, command, act)
    return ApplicationWithdrawn(
        request.application_id, ApplicationStatus.WITHDRAWN, int(str(answer["version"]))
    )


def _note(request: WithdrawApplication) -> str:
    note = request.note.strip()
    if request.reason is WithdrawReason.WDR_OTHER and not note:
        raise bad_input({"note": "Write the reason in the note"})
    if len(note) > LONGEST_NOTE:
        raise bad_input({"note": f"The note may have {LONGEST_NOTE} characters"})
    return note


def _take_papers(book: "UnitOfWork", facts: ApplicationFacts, made: Application) -> None:
    """Hand the papers attached while typing to the application."""
    ids = [paper.attachment_id for paper in facts.papers]
    taken = book.attachments.give(made.branch_id, ids, made.customer_id, made.application_id)
    if taken < len(set(ids)):
        raise bad_input({"document": "A paper is no longer there: attach it again"})


def _customer(book: "UnitOfWork", facts: ApplicationFacts, desk: "Desk") -> Customer:
    branch_id = desk.person().branch_id
    wanted = [facts.customer_id, *(each.customer_id for each in facts.co_applicants)]
    found = book.customers.get_many(branch_id, [each for each in wanted if each is not None])
    known = {each.customer_id: each for each in found}
    if facts.customer_id is None or facts.customer_id not in known:
        raise NotFound("There is no such customer in this branch")
    if len(known) < len(wanted):
        raise bad_input({"co_applicants": "Choose co-applicants who are customers of this branch"})
    return known[facts.customer_id]


def _scored(
    book: "UnitOfWork", application: Application, customer: Customer, desk: "Desk"
) -> Answer:
    """Score in the same transaction; the answer names the assessment, or why there is none."""
    case = case_of_application(book, application, customer)
    estimate, sentence = try_estimate(case, desk)
    version, assessment_id = application.version, None
    if estimate is not None:
        assessment = assessment_of(estimate, case, application.application_id, desk)
        version = book.applications.add_assessment(application.branch_id, assessment)
        assessment_id = str(assessment.assessment_id)
    return {
        "application_id": str(application.application_id),
        "reference": application.reference,
        "customer_id": str(customer.customer_id),
        "status": application.status.value,
        "version": version,
        "assessment_id": assessment_id,
        "no_score_sentence": sentence,
    }


def _submitted(answer: Answer, desk: "Desk") -> ApplicationSubmitted:
    stored, estimate = answer["assessment_id"], None
    if stored is not None:
        with desk.read_book() as book:
            found = book.applications.assessment(desk.person().branch_id, UUID(str(stored)))
        estimate = estimate_from_payload(found.payload)
    sentence = answer["no_score_sentence"]
    return ApplicationSubmitted(
        application_id=UUID(str(answer["application_id"])),
        reference=str(answer["reference"]),
        customer_id=UUID(str(answer["customer_id"])),
        status=ApplicationStatus(str(answer["status"])),
        version=int(str(answer["version"])),
        estimate=estimate,
        no_score_sentence=None if sentence is None else str(sentence),
    )
