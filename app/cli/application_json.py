"""Applications, decisions and assessments as JSON; the 28 features as a verb takes them."""

import math
from collections.abc import Sequence
from decimal import Decimal

from app.cli.json_messages import money, percent
from app.services.enter_application import ApplicationSubmitted
from app.services.read_application import ApplicationView
from app.services.steps.assessment_json import assessment_json
from app.services.steps.feature_labels import FEATURE_LABELS
from app.services.steps.refusal import bad_input
from db.records.applications import DecisionRecord, TrailEntry

MAY_BE_UNKNOWN = frozenset({"bureau_score"})
HUNDRED = 100
LONGEST_NAME = 60


def submitted_json(done: ApplicationSubmitted) -> dict[str, object]:
    """The answer of `apply`."""
    head: dict[str, object] = {
        "application_id": done.application_id,
        "reference": done.reference,
        "customer_id": done.customer_id,
        "status": done.status,
        "version": done.version,
    }
    if done.estimate is None:
        return {**head, "credit_score": None, "no_score": done.no_score_sentence}
    return {**head, **assessment_json(done.estimate), "no_score": None}


def application_json(view: ApplicationView) -> dict[str, object]:
    """The answer of `application`."""
    application = view.application
    stored, estimate = view.assessment, view.estimate
    score = None if stored is None else stored.credit_score_hundredths / HUNDRED
    return {
        "application_id": application.application_id,
        "reference": application.reference,
        "customer_id": application.customer_id,
        "full_name": view.customer.full_name,
        "loan_amount": money(application.amount_paise),
        "loan_tenure_months": application.tenure_months,
        "interest_rate": percent(application.rate_ppm),
        "loan_purpose": application.loan_purpose,
        "product_code": application.product_code,
        "status": application.status,
        "credit_score": score,
        "risk_probability": None if stored is None else stored.risk_probability,
        "risk_level": None if stored is None else stored.risk_level,
        "application_date": application.application_date,
        "version": application.version,
        "outdated": view.outdated,
        "no_score": view.no_score_sentence,
        "assessment": None if estimate is None else assessment_json(estimate),
        "decision": decision_json(view.decisions),
        "trail": [trail_json(each) for each in view.trail],
    }


def trail_json(entry: TrailEntry) -> dict[str, object]:
    """One line of a history."""
    return {
        "act": entry.act,
        "by": entry.by,
        "at": entry.at,
        "from": entry.from_status,
        "to": entry.to_status,
        "reason": entry.reason,
        "note": entry.note,
    }


def decision_json(decisions: Sequence[DecisionRecord]) -> dict[str, object] | None:
    """The last decision, None while nobody has decided."""
    if not decisions:
        return None
    last = max(decisions, key=lambda each: each.decided_at)
    return {
        "decision_id": last.decision_id,
        "decision": last.decision,
        "decided_at": last.decided_at,
        "reason": last.reason_code,
        "note": last.note or None,
        "loan_amount": money(last.amount_paise),
        "loan_tenure_months": last.tenure_months,
        "interest_rate": percent(last.rate_ppm),
    }


def features_of(given: object) -> tuple[float, ...]:
    """The 28 values in order; `bureau_score` alone may be null.

    Raises:
        Refused: a name is missing or unknown, or a value is no finite number.
    """
    if not isinstance(given, dict):
        raise bad_input({"features": "Give an object with the 28 names"})
    faults = {
        name[:LONGEST_NAME]: "There is no such feature: check the spelling"
        for name in given
        if name not in FEATURE_LABELS
    }
    row: list[float] = []
    for name in FEATURE_LABELS:
        value = _feature(name, given.get(name))
        if value is None:
            faults[name] = "Enter a number"
        else:
            row.append(value)
    if faults:
        raise bad_input(faults)
    return tuple(row)


def _feature(name: str, value: object) -> float | None:
    if value is None and name in MAY_BE_UNKNOWN:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
