"""Decisions and history lines of a sample book: made by one person, checked by another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from app.services.steps.risk_estimate import RiskEstimate
from app.services.steps.sample_book import SampleBook
from app.services.steps.sample_frame import SampleFrame
from app.services.steps.sandbox_staff import CHECKER, MAKER
from app.services.steps.shipped_words import shipped_words
from db.records.applications import Application, Assessment, DecisionRecord
from db.records.book import AuditAct
from db.records.cases import CaseStepRecord, FrozenReason
from db.records.loans import Loan
from db.vocabulary.decisions import CaseStep, Decision, Recommendation
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.reasons import ApproveReason, OverrideReason
from ml.sample.drawn_book import DrawnApplication

_LOOKED_AT_FOR, _DECIDED_WITHIN = timedelta(minutes=40), timedelta(minutes=10)
_APPROVED_BECAUSE = {
    Recommendation.APPROVE: ApproveReason.APP_POLICY,
    Recommendation.REFER: ApproveReason.APP_JUDGEMENT,
    Recommendation.REJECT: ApproveReason.APP_OVERRIDE,
}


def decisions_of(
    book: SampleBook,
    estimates: Sequence[RiskEstimate],
    assessments: Sequence[Assessment],
    frame: SampleFrame,
) -> tuple[DecisionRecord, ...]:
    """One decision for every application that is no longer waiting."""
    made = []
    for application, drawn, estimate, assessment in zip(
        book.applications, book.drawn.applications, estimates, assessments, strict=True
    ):
        if application.status is ApplicationStatus.PENDING:
            continue
        made.append(_decision(application, drawn, estimate, assessment, frame))
    return tuple(made)


def steps_of(
    decisions: Sequence[DecisionRecord], assessments: Mapping[UUID, Assessment]
) -> tuple[CaseStepRecord, ...]:
    """The proposal, the claim and the decision behind every decision, in their order."""
    return tuple(
        step
        for decision in decisions
        for step in _steps(decision, assessments[decision.application_id].recommendation)
    )


def _steps(decision: DecisionRecord, said: Recommendation) -> tuple[CaseStepRecord, ...]:
    """Ids come from the decision's own, so that no draw of the generator is spent on them."""
    reason = FrozenReason(decision.reason_code, _sentence(decision))
    approved = decision.decision is Decision.APPROVE
    proposed = CaseStepRecord(
        step_id=uuid5(decision.decision_id, CaseStep.PROPOSE),
        application_id=decision.application_id,
        number=1,
        step=CaseStep.PROPOSE,
        actor_id=decision.maker_id,
        at=decision.decided_at - _LOOKED_AT_FOR,
        from_status=ApplicationStatus.PENDING,
        to_status=ApplicationStatus.PROPOSED,
        decision=decision.decision,
        amount_paise=decision.amount_paise,
        tenure_months=decision.tenure_months,
        rate_ppm=decision.rate_ppm,
        reasons=(reason,),
        assessment_id=decision.assessment_id,
        recommendation=said,
    )
    checker = decision.checker_id or decision.maker_id
    claimed = _claimed(decision, checker)
    decided = replace(
        proposed,
        step_id=decision.decision_id,
        number=3,
        step=CaseStep.DECIDE,
        actor_id=checker,
        at=decision.decided_at,
        from_status=ApplicationStatus.PROPOSED,
        to_status=ApplicationStatus.APPROVED if approved else ApplicationStatus.REJECTED,
    )
    return proposed, claimed, decided


def _claimed(decision: DecisionRecord, checker: UUID) -> CaseStepRecord:
    return CaseStepRecord(
        step_id=uuid5(decision.decision_id, CaseStep.CLAIM),
        application_id=decision.application_id,
        number=2,
        step=CaseStep.CLAIM,
        actor_id=checker,
        at=decision.decided_at - _DECIDED_WITHIN,
        from_status=ApplicationStatus.PROPOSED,
        to_status=ApplicationStatus.PROPOSED,
    )


def _sentence(decision: DecisionRecord) -> str:
    words = shipped_words()
    for listed in ("approve_reason", "override_reason"):
        if decision.reason_code in words.lists[listed]:
            return words.label(listed, decision.reason_code)
    return ""


def trail_of(book: SampleBook, decisions: Sequence[DecisionRecord]) -> list[AuditAct]:
    """What the branch would have written down, in order of time."""
    by_application = {each.application_id: each for each in decisions}
    loans = {each.application_id: each for each in book.loans.loans}
    acts = [
        act
        for application in book.applications
        for act in _acts(application, by_application, loans)
    ]
    return sorted(acts, key=lambda act: act.at)


def _decision(
    application: Application,
    drawn: DrawnApplication,
    estimate: RiskEstimate,
    assessment: Assessment,
    frame: SampleFrame,
) -> DecisionRecord:
    day = drawn.application_date + timedelta(days=drawn.decided_after_days)
    approved = application.status is ApplicationStatus.DISBURSED
    return DecisionRecord(
        decision_id=frame.new_id(day),
        application_id=application.application_id,
        decision=Decision.APPROVE if approved else Decision.REJECT,
        maker_id=frame.maker_id,
        checker_id=frame.checker_id,
        decided_at=frame.instant(day),
        reason_code=_approve_code(estimate) if approved else _reject_code(estimate),
        amount_paise=application.amount_paise if approved else None,
        tenure_months=application.tenure_months if approved else None,
        rate_ppm=application.rate_ppm if approved else None,
        assessment_id=assessment.assessment_id,
    )


def _approve_code(estimate: RiskEstimate) -> str:
    return _APPROVED_BECAUSE[estimate.recommendation].value


def _reject_code(estimate: RiskEstimate) -> str:
    """The first reason of the estimate; a doubt of the person where it gives none."""
    if estimate.reasons:
        return str(estimate.reasons[0].code)
    return OverrideReason.OVR_PAPERS_DOUBT.value


def _acts(
    application: Application,
    decisions: Mapping[UUID, DecisionRecord],
    loans: Mapping[UUID, Loan],
) -> Iterator[AuditAct]:
    decision, loan = (
        decisions.get(application.application_id),
        loans.get(application.application_id),
    )
    start = decision.decided_at if decision else application.status_since
    entered = start.replace(
        year=application.application_date.year,
        month=application.application_date.month,
        day=application.application_date.day,
    )
    pending, decided = ApplicationStatus.PENDING, ApplicationStatus.REJECTED
    yield _act("submit_application", application, MAKER, entered, {"to": pending.value})
    if decision is None:
        return
    if decision.decision is Decision.APPROVE:
        decided = ApplicationStatus.APPROVED
    said = {"from": pending.value, "to": decided.value, "reason": decision.reason_code}
    yield _act("decide_application", application, CHECKER, decision.decided_at, said)
    if loan is not None:
        paid_out = {"from": decided.value, "to": ApplicationStatus.DISBURSED.value}
        yield _act("disburse_loan", application, CHECKER, application.status_since, paid_out)


def _act(
    act: str, application: Application, by: str, at: datetime, details: Mapping[str, object]
) -> AuditAct:
    return AuditAct(act, "application", application.application_id, by, at, details)
