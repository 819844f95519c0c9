"""A stored assessment as canonical text: the case it was made of and what came out.

Source: explanations.md X15 (reasons are frozen), machine-learning.md 8. The same text gives the
same objects back, so a replay can be compared field by field.
"""

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast
from uuid import UUID

from app.rules.case_facts import CaseFacts
from app.services.steps.command import canonical
from app.services.steps.feature_labels import FEATURE_LABELS
from app.services.steps.ids import new_id
from app.services.steps.plain_json import from_plain, to_plain
from app.services.steps.risk_estimate import Contributor, GroupPoints, RiskEstimate
from app.services.steps.shipped_words import shipped_words
from db.records.applications import Assessment
from db.vocabulary.operations import ModelGroup

if TYPE_CHECKING:
    from datetime import datetime

    from app.services.steps.desk import Desk

_HUNDRED = 100


def estimate_to_payload(estimate: RiskEstimate, case: CaseFacts) -> str:
    """Canonical JSON of a case and its estimate.

    Labels are words, not results, and are looked up again; the 28 contributors stand as rows.
    """
    bare = replace(estimate, contributors=(), groups=())
    plain = {
        **cast("dict[str, object]", to_plain(bare)),
        "contributors": [
            [each.feature, each.group.value, each.value, each.impact, each.score_points]
            for each in estimate.contributors
        ],
        "groups": [
            [each.group.value, each.score_points, each.shown_points] for each in estimate.groups
        ],
    }
    return canonical({"case": to_plain(case), "estimate": plain})


def estimate_from_payload(payload: str) -> RiskEstimate:
    """The estimate of a stored payload.

    Raises:
        PlainFormError: the text is not such a payload.
    """
    plain = json.loads(payload)["estimate"]
    bare = from_plain(RiskEstimate, {**plain, "contributors": [], "groups": []})
    words = shipped_words()
    return replace(
        bare,
        contributors=tuple(
            Contributor(name, FEATURE_LABELS[name], ModelGroup(group), *rest)
            for name, group, *rest in plain["contributors"]
        ),
        groups=tuple(
            GroupPoints(ModelGroup(group), words.label("model_group", group), *rest)
            for group, *rest in plain["groups"]
        ),
    )


def case_from_payload(payload: str) -> CaseFacts:
    """The case of a stored payload, exactly as it was scored.

    Raises:
        PlainFormError: the text is not such a payload.
    """
    return from_plain(CaseFacts, json.loads(payload)["case"])


def case_hash(case: CaseFacts) -> str:
    """The sha256 of everything a case was judged on."""
    return hashlib.sha256(canonical(to_plain(case)).encode()).hexdigest()


def assessment_of(
    estimate: RiskEstimate, case: CaseFacts, application_id: UUID, desk: "Desk"
) -> Assessment:
    """The row of the book for an estimate made now by the person at the desk."""
    return assessment_at(estimate, case, application_id, desk, desk.clock.now())


def assessment_at(
    estimate: RiskEstimate,
    case: CaseFacts,
    application_id: UUID,
    desk: "Desk",
    assessed_at: "datetime",
) -> Assessment:
    """As `assessment_of`, at another instant: sample books and imports date their own rows."""
    return Assessment(
        assessment_id=new_id(desk),
        application_id=application_id,
        assessed_at=assessed_at,
        as_of=case.as_of,
        assessed_by=desk.person().user_id,
        model_id=estimate.model_id,
        model_sha256=estimate.model_sha256,
        credit_score_hundredths=int(estimate.credit_score * _HUNDRED),
        risk_probability=estimate.risk_probability,
        risk_level=estimate.risk_level,
        band=estimate.band,
        recommendation=estimate.recommendation,
        inputs_sha256=case_hash(case),
        payload=estimate_to_payload(estimate, case),
        rule_row_ids=estimate.rule_rows,
    )
