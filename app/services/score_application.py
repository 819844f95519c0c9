"""An application is scored again, a stored score is replayed, or all unscored ones are scored.

Source: screens.md S31 (re-score), explanations.md X15 (replay equals the record). A replay uses the
stored case, the rules of its date and the model in use; it stores nothing.
"""

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.case_facts import CaseFacts
from app.rules.permissions import Act
from app.services.steps.case_builder import case_of_application
from app.services.steps.command import Command, Done, run_command
from app.services.steps.estimate_payload import (
    assessment_of,
    case_from_payload,
    case_hash,
    estimate_from_payload,
)
from app.services.steps.estimate_risk import estimate_many, estimate_risk
from app.services.steps.permission import permit
from app.services.steps.progress import Cancelled, Progress, never, silent
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.risk_estimate import RiskEstimate
from db.records.book import AuditAct
from db.vocabulary.decisions import Band
from db.vocabulary.loan_life import ApplicationStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.records.applications import Application, Assessment
    from db.unit_of_work import UnitOfWork

SCORED_WHILE = frozenset(
    {ApplicationStatus.DRAFT, ApplicationStatus.PENDING, ApplicationStatus.RETURNED}
)
FLOAT_TOLERANCE = 1e-9  # in probability and in score points; a digit of a score is 1e-2
NO_SCORE = "This application has no score yet"


@dataclass(frozen=True, slots=True)
class ScoreApplication:
    """Score an open application again, with its facts as they are now."""

    command_id: UUID
    application_id: UUID


@dataclass(frozen=True, slots=True)
class ApplicationScored:
    """The new estimate and the application's new version."""

    estimate: RiskEstimate
    version: int


@dataclass(frozen=True, slots=True)
class Replay:
    """The stored estimate, and whether computing it again gives the same."""

    estimate: RiskEstimate
    replayed_equal: bool
    differences: tuple[str, ...]
    assessment_id: UUID


@dataclass(frozen=True, slots=True)
class PendingScored:
    """How many were scored, and how many of these the model was not made for."""

    scored: int
    out_of_range: int


def score_application(request: ScoreApplication, desk: "Desk") -> ApplicationScored:
    """Score again and store the assessment.

    Raises:
        Refused: the person may not score, it was decided, a fact is missing, or the model may not
            be used.
        NotFound: the branch has no such application.
    """
    branch_id = permit(desk, Act.SCORE_APPLICATION).branch_id
    model, rulebook = desk.model(), desk.rulebook()
    made: list[RiskEstimate] = []

    def act(book: "UnitOfWork") -> Done:
        application = book.applications.get(branch_id, request.application_id)
        if application.status not in SCORED_WHILE:
            sentence = f"This application is {application.status.value}: its score stays as it is"
            raise Refused(RefusalKind.CONFLICT, sentence)
        customer = book.customers.get(branch_id, application.customer_id)
        case = case_of_application(book, application, customer)
        estimate = estimate_risk(case, rulebook, model)
        assessment = assessment_of(estimate, case, application.application_id, desk)
        version = book.applications.add_assessment(branch_id, assessment)
        made.append(estimate)
        answer: dict[str, object] = {
            "assessment_id": str(assessment.assessment_id),
            "version": version,
        }
        details = {"model_id": model.model_id, "assessment_id": str(assessment.assessment_id)}
        return Done(answer, "application", application.application_id, details)

    payload = {"application_id": str(request.application_id)}
    answer = run_command(desk, Command(request.command_id, "score_application", payload), act)
    estimate = made[0] if made else _stored(UUID(str(answer["assessment_id"])), desk)
    return ApplicationScored(estimate, int(str(answer["version"])))


def _stored(assessment_id: UUID, desk: "Desk") -> RiskEstimate:
    """The estimate that a command sent twice made the first time."""
    with desk.read_book() as book:
        stored = book.applications.assessment(desk.person().branch_id, assessment_id)
    return estimate_from_payload(stored.payload)


def replay_assessment(application_id: UUID | str, desk: "Desk") -> Replay:
    """Compute the stored assessment of an application again and compare.

    Raises:
        Refused: the person may not read applications, or there is no score.
        NotFound: the branch has no such application.
    """
    branch_id = permit(desk, Act.READ_APPLICATIONS).branch_id
    with desk.read_book() as book:
        application = (
            book.applications.get(branch_id, application_id)
            if isinstance(application_id, UUID)
            else book.applications.by_reference(branch_id, application_id)
        )
        if application.assessment_id is None:
            raise Refused(RefusalKind.BAD_INPUT, NO_SCORE)
        stored = book.applications.assessment(branch_id, application.assessment_id)
    estimate = estimate_from_payload(stored.payload)
    differences = _differences(stored, estimate, desk)
    return Replay(estimate, not differences, differences, stored.assessment_id)


def _differences(stored: "Assessment", estimate: RiskEstimate, desk: "Desk") -> tuple[str, ...]:
    case = case_from_payload(stored.payload)
    found = _columns(stored, estimate, case)
    model = desk.model()
    if model.sha256 != stored.model_sha256:
        return (*found, f"model: scored with {stored.model_id}, in use is {model.model_id}")
    again = estimate_risk(case, desk.rulebook(), model, gaps=True)
    found += [
        each.name
        for each in fields(RiskEstimate)
        if not _same(getattr(again, each.name), getattr(estimate, each.name))
    ]
    return tuple(found)


def _same(one: object, other: object) -> bool:
    """Equal, floats to the last digits: one case and a batch add the same terms in two orders."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= FLOAT_TOLERANCE
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if is_dataclass(one) and type(one) is type(other):
        return all(
            _same(getattr(one, each.name), getattr(other, each.name)) for each in fields(one)
        )
    return one == other


def _columns(stored: "Assessment", estimate: RiskEstimate, case: CaseFacts) -> list[str]:
    """The columns beside the payload that do not say the same."""
    pairs = (
        ("inputs_sha256", stored.inputs_sha256, case_hash(case)),
        ("risk_probability", stored.risk_probability, estimate.risk_probability),
        ("credit_score", stored.credit_score_hundredths, int(estimate.credit_score * 100)),
        ("risk_level", stored.risk_level, estimate.risk_level),
        ("band", stored.band, estimate.band),
        ("recommendation", stored.recommendation, estimate.recommendation),
        ("model_sha256", stored.model_sha256, estimate.model_sha256),
    )
    return [f"stored {name}" for name, kept, told in pairs if kept != told]


def score_pending(
    desk: "Desk", progress: Progress = silent, cancelled: Cancelled = never
) -> PendingScored:
    """Score every open application that has no score yet.

    Raises:
        Refused: the person may not score, or the model may not be used.
        StoppedError: `cancelled` answered true; nothing is stored then.
    """
    branch_id = permit(desk, Act.SCORE_APPLICATION).branch_id
    model, rulebook = desk.model(), desk.rulebook()
    with desk.read_book() as book:
        ids = book.applications.unscored(branch_id)
        applications = book.applications.get_many(branch_id, ids)
        open_ones = [each for each in applications if each.status in SCORED_WHILE]
        cases = _cases(book, branch_id, open_ones)
    # The book is closed meanwhile: a minute of computing must not keep others from writing.
    estimates = estimate_many(cases, rulebook, model, progress, cancelled)
    assessments = [
        assessment_of(estimate, case, application.application_id, desk)
        for estimate, case, application in zip(estimates, cases, open_ones, strict=True)
    ]
    stored = _store(assessments, desk)
    strays = sum(each.band is Band.OUT_OF_RANGE for each in stored)
    return PendingScored(len(stored), strays)


def _store(assessments: "list[Assessment]", desk: "Desk") -> "list[Assessment]":
    """Write in one transaction what is still without a score."""
    person = desk.person()
    with desk.open_book() as book:
        waiting = set(book.applications.unscored(person.branch_id))
        kept = [each for each in assessments if each.application_id in waiting]
        if not kept:
            return []
        book.applications.add_assessments(person.branch_id, kept)
        book.applications.link_assessments(
            person.branch_id, [(each.application_id, each.assessment_id) for each in kept]
        )
        details = {"scored": len(kept), "model_id": kept[0].model_id}
        now = desk.clock.now()
        book.audit.append(
            person.branch_id,
            AuditAct("score_pending", "application", None, person.staff_id, now, details),
        )
        book.commit()
    return kept


def _cases(
    book: "UnitOfWork", branch_id: int, applications: "list[Application]"
) -> list[CaseFacts]:
    people = book.customers.get_many(
        branch_id, list(dict.fromkeys(each.customer_id for each in applications))
    )
    by_id = {each.customer_id: each for each in people}
    return [case_of_application(book, each, by_id[each.customer_id]) for each in applications]
