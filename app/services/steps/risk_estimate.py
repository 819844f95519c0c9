"""One estimate as every screen, letter, verb and audit reads it; frozen once stored.

Source: commands.md (assessment), explanations.md X6, X7 and X15.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.application_figures import ApplicationFigures
from app.rules.credit_policy import PolicyLine
from app.rules.decision_reasons import Reason
from db.vocabulary.decisions import Band, Recommendation, RecommendationText, RiskLevel
from db.vocabulary.operations import ModelGroup


@dataclass(frozen=True, slots=True)
class Contributor:
    """What one model input did.

    Attributes:
        value: the value the model used, in the unit of the feature list.
        impact: in probability; above 0 pushes towards High risk.
        score_points: -550 times the impact; above 0 raised the score.
    """

    feature: str
    label: str
    group: ModelGroup
    value: float
    impact: float
    score_points: float


@dataclass(frozen=True, slots=True)
class GroupPoints:
    """What one group of inputs did; `shown_points` are whole and add up to the shown score."""

    group: ModelGroup
    label: str
    score_points: float
    shown_points: int


@dataclass(frozen=True, slots=True)
class RiskEstimate:
    """The assessment of one case.

    Attributes:
        credit_score: two decimals, half up, of the unrounded probability.
        probability_of_default: None while the model is calibrated on synthetic data only.
        reasons: at most four, policy first; `favourable` only for screens.
        start_points: the shown starting point; with the groups' shown points it gives the
            shown score.
        rule_rows: ids of the rule rows used, in order of first use.
        out_of_range: model inputs this model was not made for.
    """

    credit_score: Decimal
    base_score: Decimal
    risk_probability: float
    base_probability: float
    probability_of_default: float | None
    risk_level: RiskLevel
    band: Band
    recommendation: Recommendation
    recommendation_text: RecommendationText
    reasons: tuple[Reason, ...]
    favourable: tuple[Reason, ...]
    contributors: tuple[Contributor, ...]
    groups: tuple[GroupPoints, ...]
    start_points: int
    figures: ApplicationFigures
    policy: tuple[PolicyLine, ...]
    model_id: str
    model_sha256: str
    model_label: str
    rules_as_of: date
    rule_rows: tuple[str, ...] = ()
    out_of_range: tuple[str, ...] = ()
