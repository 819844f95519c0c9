"""An application in the hands of maker and checker: what is read before a step, how it is written.

Source: screens.md S40 and S50; app/rules/case_standing.py and maker_checker.py say what may be
done, this file reads what they need and turns their word into refusals.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.case_facts import CaseFacts
from app.rules.case_standing import Standing, StepRefusedError, StepTaken, Terms, WhyNot
from app.rules.case_standing import standing_of as standing_after
from app.rules.credit_policy import Estimate, recommend
from app.rules.maker_checker import Judged, Verdict
from app.services.steps.case_builder import case_of_application
from app.services.steps.estimate_payload import (
    assessment_of,
    case_from_payload,
    estimate_from_payload,
)
from app.services.steps.estimate_risk import policy_of
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.risk_estimate import RiskEstimate
from app.services.steps.shipped_words import shipped_words
from app.services.steps.try_estimate import try_estimate
from db.records.applications import Application, Assessment, StatusChange
from db.records.cases import CaseStepRecord, FrozenReason
from db.records.refusals import VersionConflict
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import SanctionAuthority

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

_REASON_LISTS = {
    Decision.APPROVE: "approve_reason",
    Decision.APPROVE_WITH_CHANGES: "approve_reason",
    Decision.REJECT: "reject_reason",
    Decision.RETURN: "return_reason",
}


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An application as it stands when a step is about to be taken.

    Attributes:
        case: the facts as they are now.
        assessment: the newest stored estimate; None while unscored.
        steps: taken so far, oldest first.
    """

    application: Application
    case: CaseFacts
    assessment: Assessment | None
    steps: tuple[CaseStepRecord, ...]
    standing: Standing

    @property
    def asked(self) -> Terms:
        """The terms of the application."""
        asked = self.application
        return Terms(asked.amount_paise, asked.tenure_months, asked.rate_ppm)


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """The case with the verdict's terms: what the rules and the model say of it.

    Attributes:
        assessment_id: the stored estimate of exactly these terms; None for an unscored case.
    """

    judged: Judged
    estimate: RiskEstimate | None
    assessment_id: UUID | None


def standing_of(steps: Sequence[CaseStepRecord]) -> Standing:
    """What the stored steps amount to."""
    return standing_after(
        StepTaken(one.step, one.actor_id, one.at, one.decision, terms_of(one), one.forward_to)
        for one in steps
    )


def terms_of(step: CaseStepRecord) -> Terms | None:
    """The terms a step carries."""
    if step.amount_paise is None or step.tenure_months is None or step.rate_ppm is None:
        return None
    return Terms(step.amount_paise, step.tenure_months, step.rate_ppm)


def open_case(
    book: "UnitOfWork", branch_id: int, application_id: UUID, version: int | None
) -> OpenCase:
    """Read what every step needs.

    Raises:
        NotFound: the branch has no such application.
        VersionConflict: it changed since that version was seen; None looks at no version.
    """
    application = book.applications.get(branch_id, application_id)
    if version is not None and application.version != version:
        raise VersionConflict
    customer = book.customers.get(branch_id, application.customer_id)
    steps = book.cases.steps_of(branch_id, application_id)
    newest = application.assessment_id
    return OpenCase(
        application=application,
        case=case_of_application(book, application, customer),
        assessment=None if newest is None else book.applications.assessment(branch_id, newest),
        steps=steps,
        standing=standing_of(steps),
    )


def allowed(check: Callable[[], None]) -> None:
    """Ask a rule whether a step may be taken.

    Raises:
        Refused: it may not: by this person (NOT_PERMITTED) or in this state (CONFLICT).
    """
    try:
        check()
    except StepRefusedError as refusal:
        kind = RefusalKind.NOT_PERMITTED if refusal.why is WhyNot.PERSON else RefusalKind.CONFLICT
        raise Refused(kind, str(refusal)) from refusal


def check_unchanged(opened: OpenCase, sentence: str) -> None:
    """The facts are still those the estimate was made of; our own record moves by itself.

    Raises:
        Refused: a fact was changed since.
    """
    if opened.assessment is None:
        return
    scored = case_from_payload(opened.assessment.payload)
    if replace(opened.case, own_record=scored.own_record, papers=scored.papers) != scored:
        raise Refused(RefusalKind.CONFLICT, sentence)


def judge(book: "UnitOfWork", opened: OpenCase, terms: Terms | None, desk: "Desk") -> JudgedCase:
    """What policy and model say with those terms; other terms than asked are scored and stored."""
    if terms is not None and terms != opened.asked:
        return _judge_changed(book, opened, terms, desk)
    if opened.assessment is None:
        return _unscored(opened.case, desk)
    estimate = estimate_from_payload(opened.assessment.payload)
    return _judged(estimate, opened.assessment.assessment_id, opened.case)


def _judge_changed(book: "UnitOfWork", opened: OpenCase, terms: Terms, desk: "Desk") -> JudgedCase:
    changed = replace(
        opened.case,
        terms=replace(
            opened.case.terms,
            amount_paise=terms.amount_paise,
            tenure_months=terms.tenure_months,
            rate_ppm=terms.rate_ppm,
        ),
    )
    estimate, _sentence = try_estimate(changed, desk)
    if estimate is None:
        return _unscored(changed, desk)
    application = opened.application
    stored = assessment_of(estimate, changed, application.application_id, desk)
    book.applications.add_assessments(application.branch_id, [stored])
    return _judged(estimate, stored.assessment_id, changed)


def _judged(estimate: RiskEstimate, assessment_id: UUID, case: CaseFacts) -> JudgedCase:
    codes = frozenset(str(reason.code) for reason in estimate.reasons)
    judged = Judged(estimate.recommendation, estimate.policy, case.as_of, codes)
    return JudgedCase(judged, estimate, assessment_id)


def _unscored(case: CaseFacts, desk: "Desk") -> JudgedCase:
    rulebook = desk.rulebook()
    lines = policy_of(case, rulebook)[1]
    recommendation = recommend(lines, Estimate(), rulebook, case.as_of)
    return JudgedCase(Judged(recommendation, lines, case.as_of), None, None)


def frozen_reasons(verdict: Verdict, found: JudgedCase) -> tuple[FrozenReason, ...]:
    """The reasons as they are kept: the estimate's own sentences, else those of the word list."""
    said = {}
    if found.estimate is not None:
        said = {str(reason.code): reason.text for reason in found.estimate.reasons}
    for line in found.judged.lines:
        if line.breached and line.reason is not None:
            said.setdefault(str(line.reason), line.text)
    words = shipped_words()
    listed = _REASON_LISTS[verdict.decision]
    return tuple(
        FrozenReason(code, said.get(code) or words.bare(listed, code)) for code in verdict.reasons
    )


def proposed_conditions(opened: OpenCase) -> str:
    """The conditions of the newest proposal: they stay unless the checker writes others."""
    said = [step.conditions for step in opened.steps if step.step is CaseStep.PROPOSE]
    return said[-1] if said else ""


def new_step(
    opened: OpenCase, step: CaseStep, to_status: ApplicationStatus, desk: "Desk"
) -> CaseStepRecord:
    """The next step of a case, by the person at the desk, now."""
    last = opened.steps[-1] if opened.steps else None
    return CaseStepRecord(
        step_id=new_id(desk),
        application_id=opened.application.application_id,
        number=1 if last is None else last.number + 1,
        step=step,
        actor_id=desk.person().user_id,
        at=desk.clock.now(),
        from_status=opened.application.status,
        to_status=to_status,
    )


def with_verdict(step: CaseStepRecord, verdict: Verdict, found: JudgedCase) -> CaseStepRecord:
    """A step that carries what was proposed or decided."""
    terms = verdict.terms
    return replace(
        step,
        decision=verdict.decision,
        amount_paise=None if terms is None else terms.amount_paise,
        tenure_months=None if terms is None else terms.tenure_months,
        rate_ppm=None if terms is None else terms.rate_ppm,
        conditions=verdict.conditions.strip(),
        reasons=frozen_reasons(verdict, found),
        override_reason=verdict.override_reason,
        note=verdict.note.strip(),
        assessment_id=found.assessment_id,
        recommendation=None if found.estimate is None else found.judged.recommendation,
    )


def write_step(book: "UnitOfWork", opened: OpenCase, step: CaseStepRecord) -> OpenCase:
    """Write a step, and the new status where it changes; return the case after it."""
    application, branch_id = opened.application, opened.application.branch_id
    book.cases.add_step(branch_id, step)
    if step.to_status is not application.status:
        change = StatusChange(
            branch_id, application.application_id, step.to_status, step.at, application.version
        )
        version = book.applications.set_status(change)
        application = replace(application, status=step.to_status, version=version)
    steps = (*opened.steps, step)
    return replace(opened, application=application, steps=steps, standing=standing_of(steps))


def authority_of(book: "UnitOfWork", desk: "Desk") -> SanctionAuthority:
    """Whose limit the person at the desk has."""
    person = desk.person()
    return book.cases.authority_of(person.branch_id, person.user_id)
