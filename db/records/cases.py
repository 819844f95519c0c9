"""Steps of an application between maker and checker, and the queue they make."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from db.vocabulary.decisions import Band, CaseStep, Decision, Recommendation, RiskLevel
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import SanctionAuthority


@dataclass(frozen=True, slots=True)
class FrozenReason:
    """A reason as it was given: its code and its English sentence with the figures of that day."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseStepRecord:
    """One step; append-only, numbered from 1 within its application.

    Attributes:
        decision: what was proposed or decided.
        amount_paise, tenure_months, rate_ppm: terms of an approval.
        assessment_id: the estimate it was made on, with the terms of this step.
        recommendation: what the estimate recommended then; None for an unscored case.
    """

    step_id: UUID
    application_id: UUID
    number: int
    step: CaseStep
    actor_id: UUID
    at: datetime
    from_status: ApplicationStatus
    to_status: ApplicationStatus
    decision: Decision | None = None
    amount_paise: int | None = None
    tenure_months: int | None = None
    rate_ppm: int | None = None
    conditions: str = ""
    reasons: tuple[FrozenReason, ...] = ()
    override_reason: str = ""
    note: str = ""
    forward_to: SanctionAuthority | None = None
    assessment_id: UUID | None = None
    recommendation: Recommendation | None = None


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """An application that waits for a decision, with its newest estimate."""

    application_id: UUID
    reference: str
    full_name: str
    product_code: str
    officer_id: UUID
    version: int
    credit_score_hundredths: int | None = None
    risk_level: RiskLevel | None = None
    band: Band | None = None
