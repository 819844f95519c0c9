"""Words about estimates, policy results and decisions.

Stored codes of resources/rules/words.json, one StrEnum a list; a test holds both equal.
"""

from enum import StrEnum


class RiskLevel(StrEnum):
    """List ``risk_level``."""

    LOW = "Low"
    MEDIUM = "Medium"
    HIGH = "High"


class Band(StrEnum):
    """List ``band``."""

    CLEAR = "clear"
    BORDERLINE = "borderline"
    OUT_OF_RANGE = "out_of_range"


class Recommendation(StrEnum):
    """List ``recommendation``."""

    APPROVE = "Approve"
    REFER = "Refer"
    REJECT = "Reject"


class RecommendationText(StrEnum):
    """List ``recommendation_text``."""

    SUPPORTS = "SUPPORTS"
    BORDERLINE = "BORDERLINE"
    DOES_NOT_SUPPORT = "DOES_NOT_SUPPORT"
    JUDGEMENT = "JUDGEMENT"
    NOT_ENOUGH = "NOT_ENOUGH"
    OUT_OF_RANGE = "OUT_OF_RANGE"


class PolicyState(StrEnum):
    """List ``policy_state``."""

    PASS = "pass"  # noqa: S105  # a policy result, not a secret
    NOTE = "note"
    REFER = "refer"
    FAIL = "fail"
    UNVERIFIED = "unverified"
    NOT_APPLICABLE = "not_applicable"


class Decision(StrEnum):
    """List ``decision``."""

    APPROVE = "approve"
    APPROVE_WITH_CHANGES = "approve_with_changes"
    REJECT = "reject"
    RETURN = "return"
    HOLD = "hold"


class CaseStep(StrEnum):
    """List ``case_step``."""

    PROPOSE = "propose"
    WITHDRAW = "withdraw"
    CLAIM = "claim"
    RELEASE = "release"
    FORWARD = "forward"
    DECIDE = "decide"
    DECIDE_AUTOMATICALLY = "decide_automatically"
    RECALL = "recall"


class QueueFlag(StrEnum):
    """List ``queue_flag``."""

    OVERRIDE = "override"
    BORDERLINE = "borderline"
    UNSCORED = "unscored"
    RESUBMITTED = "resubmitted"
    ABOVE_LIMIT = "above_limit"
