"""The bank's automatic policy decides a proposal at once, where the bank has switched it on.

Source: app/rules/automatic_decision.py. It is a decision of its own kind: another step, another
line in the audit chain, and nobody's name as the checker.
"""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.automatic_decision import AutomaticCase, needs_a_person
from app.rules.maker_checker import Verdict
from app.services.steps.case_work import JudgedCase, OpenCase, new_step, with_verdict, write_step
from db.records.applications import DecisionRecord
from db.records.book import AuditAct
from db.records.cases import CaseStepRecord
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

# Nobody's id: the policy signs with it, and PostgreSQL accepts it for no other step.
POLICY_ID = UUID("0d8a4a55-70c3-5d7d-9c1e-000000000000")
POLICY_NAME = "automatic policy"


def decided_by_policy(
    book: "UnitOfWork", opened: OpenCase, verdict: Verdict, found: JudgedCase, desk: "Desk"
) -> tuple[OpenCase, CaseStepRecord | None]:
    """The case after the policy decided it; as it was, and None, where a person has to look."""
    estimate = found.estimate
    case = AutomaticCase(
        verdict=verdict,
        asked=opened.asked,
        judged=found.judged,
        band=None if estimate is None else estimate.band,
        risk_level=None if estimate is None else estimate.risk_level,
    )
    if needs_a_person(case, desk.rulebook()):
        return opened, None
    step = new_step(opened, CaseStep.DECIDE_AUTOMATICALLY, ApplicationStatus.APPROVED, desk)
    step = replace(with_verdict(step, verdict, found), actor_id=POLICY_ID)
    after = write_step(book, opened, step)
    branch_id = opened.application.branch_id
    book.applications.add_decision(branch_id, _decision(opened, step))
    details = {
        "from": step.from_status.value,
        "to": step.to_status.value,
        "amount_paise": step.amount_paise,
    }
    book.audit.append(
        branch_id,
        AuditAct(
            step.step.value, "application", step.application_id, POLICY_NAME, step.at, details
        ),
    )
    return after, step


def _decision(opened: OpenCase, step: CaseStepRecord) -> DecisionRecord:
    proposal = opened.steps[-1]
    return DecisionRecord(
        decision_id=step.step_id,
        application_id=step.application_id,
        decision=Decision.APPROVE,
        maker_id=proposal.actor_id,
        checker_id=step.actor_id,
        decided_at=step.at,
        reason_code=step.reasons[0].code,
        note=step.note,
        amount_paise=step.amount_paise,
        tenure_months=step.tenure_months,
        rate_ppm=step.rate_ppm,
        assessment_id=step.assessment_id,
    )
