"""One application as the decision page and the verbs show it.

Source: screens.md S40, explanations.md X1 and X2: facts with their source first, then the stored
estimate, never one computed for show.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.case_facts import CaseFacts
from app.rules.credit_policy import PolicyLine
from app.rules.permissions import Act
from app.services.steps.case_builder import case_of_application
from app.services.steps.estimate_payload import case_from_payload, estimate_from_payload
from app.services.steps.estimate_risk import policy_of
from app.services.steps.fact_lines import FactLine, fact_lines
from app.services.steps.outdated_score import is_outdated
from app.services.steps.permission import permit
from app.services.steps.risk_estimate import RiskEstimate
from app.services.steps.try_estimate import try_estimate
from db.records.applications import Application, Assessment, DecisionRecord, TrailEntry
from db.records.attachments import Attachment
from db.records.people import Customer

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

__all__ = ["ApplicationView", "FactLine", "read_application"]


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """An application with everything that hangs on it.

    Attributes:
        estimate: as stored; None while unscored, then `no_score_sentence` says why.
        outdated: a scoring input changed since the score was made.
        policy: the policy lines, also for an unscored application.
        papers: what was attached, oldest first.
    """

    application: Application
    customer: Customer
    estimate: RiskEstimate | None
    no_score_sentence: str | None
    facts: tuple[FactLine, ...]
    outdated: bool
    trail: tuple[TrailEntry, ...]
    policy: tuple[PolicyLine, ...] = ()
    assessment: Assessment | None = None
    decisions: tuple[DecisionRecord, ...] = ()
    papers: tuple[Attachment, ...] = ()


def read_application(application_id: UUID | str, desk: "Desk") -> ApplicationView:
    """Read an application by id or by reference.

    Raises:
        Refused: the person may not read applications.
        NotFound: the branch has no such application.
    """
    branch_id = permit(desk, Act.READ_APPLICATIONS).branch_id
    with desk.read_book() as book:
        application = _application(book, branch_id, application_id)
        customer = book.customers.get(branch_id, application.customer_id)
        case = case_of_application(book, application, customer)
        papers = book.attachments.of_application(branch_id, application.application_id)
        trail = book.audit.trail(branch_id, [application.application_id])
        decisions = book.applications.decisions_of(branch_id, application.application_id)
        stored = (
            None
            if application.assessment_id is None
            else book.applications.assessment(branch_id, application.assessment_id)
        )
    view = ApplicationView(
        application=application,
        customer=customer,
        estimate=None,
        no_score_sentence=None,
        facts=fact_lines(application, customer, case, papers),
        outdated=False,
        trail=trail,
        decisions=decisions,
        papers=papers,
    )
    return _unscored(view, case, desk) if stored is None else _scored(view, stored, case)


def _unscored(view: ApplicationView, case: CaseFacts, desk: "Desk") -> ApplicationView:
    policy = policy_of(case, desk.rulebook())[1]
    return replace(view, no_score_sentence=_why_unscored(case, desk), policy=policy)


def _scored(view: ApplicationView, stored: Assessment, case: CaseFacts) -> ApplicationView:
    """The view with the stored estimate and the facts it was made of."""
    estimate, scored = estimate_from_payload(stored.payload), case_from_payload(stored.payload)
    return replace(
        view,
        estimate=estimate,
        facts=fact_lines(view.application, view.customer, scored, view.papers),
        outdated=is_outdated(view.application.status, case, scored),
        policy=estimate.policy,
        assessment=stored,
    )


def _application(book: "UnitOfWork", branch_id: int, wanted: UUID | str) -> Application:
    if isinstance(wanted, UUID):
        return book.applications.get(branch_id, wanted)
    return book.applications.by_reference(branch_id, wanted)


def _why_unscored(case: CaseFacts, desk: "Desk") -> str:
    """The sentence why there is no score now: a missing fact, the model, or nobody asked yet."""
    _, sentence = try_estimate(case, desk)
    return sentence or "No score yet. Score this application"
