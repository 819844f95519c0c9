"""The answer of a step between maker and checker, and its line in the audit chain."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.maker_checker import Verdict
from app.services.steps.case_work import OpenCase
from app.services.steps.command import Done
from app.services.steps.refusal import bad_input
from db.vocabulary.loan_life import ApplicationStatus

if TYPE_CHECKING:
    from app.services.steps.command import Answer
    from db.records.cases import CaseStepRecord

LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """Where the application stands after a step; `decision_id` is the step's own id."""

    application_id: UUID
    status: ApplicationStatus
    decision_id: UUID
    version: int


def check_texts(verdict: Verdict) -> None:
    """Refuse texts that are too long or hold control characters.

    Raises:
        Refused: names the field.
    """
    for field, text in (("note", verdict.note), ("conditions", verdict.conditions)):
        if len(text) > LONGEST_TEXT:
            raise bad_input({field: f"This may have {LONGEST_TEXT:,} characters"})
        if any(not (letter.isprintable() or letter in "\n\t") for letter in text):
            raise bad_input({field: "This holds a character that cannot be shown"})


def step_done(
    after: OpenCase, step: "CaseStepRecord", details: "dict[str, object] | None" = None
) -> Done:
    """The answer of a step and its line in the audit chain."""
    reasons = ", ".join(reason.code for reason in step.reasons)
    said: dict[str, object] = {
        "from": step.from_status.value,
        "to": step.to_status.value,
        "step": step.number,
        **({} if step.decision is None else {"decision": step.decision.value}),
        **({"reason": reasons} if reasons else {}),
        **({"note": step.note} if step.note else {}),
        **({} if step.assessment_id is None else {"assessment_id": str(step.assessment_id)}),
        **(details or {}),
    }
    answer: dict[str, object] = {
        "application_id": str(step.application_id),
        "status": after.application.status.value,
        "decision_id": str(step.step_id),
        "version": after.application.version,
    }
    return Done(answer, "application", step.application_id, said)


def answered(answer: "Answer") -> CaseAnswer:
    """The typed answer of a step's command."""
    return CaseAnswer(
        application_id=UUID(str(answer["application_id"])),
        status=ApplicationStatus(str(answer["status"])),
        decision_id=UUID(str(answer["decision_id"])),
        version=int(str(answer["version"])),
    )
