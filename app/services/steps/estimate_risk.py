"""From a case to its estimate: figures, policy, feature row, model, reasons. Pure computing.

Source: architecture.md 3 (the officer changes the amount), explanations.md. No score is ever made
up: a case without a needed input is refused, a model that may not be used says so itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, cast

from app.rules.application_figures import ApplicationFigures, figures_of
from app.rules.case_facts import CaseFacts
from app.rules.credit_policy import (
    Estimate,
    PolicyLine,
    policy_lines,
    recommend,
    recommendation_text,
)
from app.rules.decision_reasons import Contribution, ReasonKind, adverse_only, pick_reasons
from app.rules.loan_plan import product_of
from app.rules.money import PPM
from app.rules.rulebook import RecordingRulebook, Rulebook
from app.rules.score_bands import credit_score, risk_level
from app.rules.score_points import shown_points
from app.services.steps.assemble_features import (
    MissingFactsError,
    assemble_known_features,
    features_from,
)
from app.services.steps.feature_labels import FEATURE_LABELS
from app.services.steps.progress import Cancelled, Progress, StoppedError, never, silent
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.risk_estimate import Contributor, GroupPoints, RiskEstimate
from app.services.steps.shipped_words import shipped_words
from db.vocabulary.decisions import Band
from db.vocabulary.operations import ModelGroup
from ml.features import FEATURES

if TYPE_CHECKING:
    from ml.runtime.explanation import Explanation
    from ml.runtime.risk_model import RiskModel

__all__ = [
    "Contributor",
    "GroupPoints",
    "RiskEstimate",
    "estimate_features",
    "estimate_many",
    "estimate_risk",
]

_CENT = Decimal("0.01")
_MILLION = 1_000_000
_BLOCK = 2_000
_MISSING_SENTENCES = {
    "monthly_income": "Enter the monthly income",
    "experience": "Enter the years of experience",
    "years_of_experience": "Enter the years of experience",
    "employment_type": "Choose the kind of employment",
    "employment_start_date": "Enter the day the present work started",
    "loan_purpose": "Choose the purpose of the loan",
    "loan_amount": "Enter the loan amount",
    "loan_tenure_months": "Enter the tenure in months",
    "interest_rate": "Enter the interest rate",
    "product_code": "Choose a product",
    "collateral_value": "Enter the value of the security",
    "first_due_date": "Enter a first due date after the application date",
    "moratorium_months": "Enter a moratorium shorter than the loan",
    "estimated_emi": "Enter amount, tenure and rate of the loan",
}


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A case with everything but the model's answer."""

    case: CaseFacts
    rulebook: RecordingRulebook
    figures: ApplicationFigures
    policy: tuple[PolicyLine, ...]
    row: tuple[float, ...]
    product_row: tuple[str, ...]


def estimate_risk(
    case: CaseFacts, rulebook: Rulebook, model: "RiskModel", *, gaps: bool = False
) -> RiskEstimate:
    """The estimate of one case.

    Args:
        case: everything known of the case.
        rulebook: dated rules; the case's own day counts.
        model: the verified champion.
        gaps: let the model fill what is not known; the case is then out of range, never clear.

    Raises:
        Refused: an input that scoring needs is not known; `fields` names each.
    """
    prepared = _prepared(case, rulebook, gaps=gaps)
    return _estimate(prepared, model.explain(prepared.row), model)


def estimate_many(
    cases: Sequence[CaseFacts],
    rulebook: Rulebook,
    model: "RiskModel",
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> tuple[RiskEstimate, ...]:
    """Estimates of many cases, equal to one by one; gaps of imported files are allowed.

    Raises:
        StoppedError: `cancelled` answered true.
    """
    done: list[RiskEstimate] = []
    for start in range(0, len(cases), _BLOCK):
        if cancelled():
            raise StoppedError(start, len(cases))
        prepared = [_prepared(each, rulebook, gaps=True) for each in cases[start : start + _BLOCK]]
        rows = cast("Any", [each.row for each in prepared])  # the model makes its own array
        found = model.explain_many(rows)
        done += [
            _estimate(each, explanation, model)
            for each, explanation in zip(prepared, found, strict=True)
        ]
        progress(len(done), len(cases))
    return tuple(done)


def estimate_features(
    row: tuple[float, ...], on: date, rulebook: Rulebook, model: "RiskModel"
) -> RiskEstimate:
    """The model's part alone, for 28 given values: no figures, no policy, no income facts."""
    prepared = _Prepared(
        CaseFacts(as_of=on), rulebook.recording(), ApplicationFigures(), (), row, ()
    )
    return _estimate(prepared, model.explain(row), model)


def policy_of(
    case: CaseFacts, rulebook: Rulebook
) -> tuple[ApplicationFigures, tuple[PolicyLine, ...]]:
    """Figures and policy lines of a case, for when there is no score."""
    figures = figures_of(case, rulebook)
    return figures, policy_lines(case, figures, rulebook, shipped_words())


def _prepared(case: CaseFacts, rulebook: Rulebook, *, gaps: bool) -> _Prepared:
    recording = rulebook.recording()
    product = product_of(case, recording)
    if product is not None and case.terms.product_code is None:
        case = replace(case, terms=replace(case.terms, product_code=product.product_code))
    figures = figures_of(case, recording)
    try:
        row = features_from(case, figures, recording)
    except MissingFactsError as missing:
        if not gaps:
            raise _not_enough(missing.fields) from missing
        row = assemble_known_features(case, recording)
    policy = policy_lines(case, figures, recording, shipped_words())
    return _Prepared(
        case, recording, figures, policy, row, () if product is None else (product.row_id,)
    )


def _not_enough(names: tuple[str, ...]) -> Refused:
    fields = {
        name: _MISSING_SENTENCES.get(name, f"Enter {name.replace('_', ' ')}") for name in names
    }
    return Refused(RefusalKind.BAD_INPUT, f"No score yet: {'; '.join(fields.values())}", fields)


def _estimate(prepared: _Prepared, found: "Explanation", model: "RiskModel") -> RiskEstimate:
    rulebook, on = prepared.rulebook, prepared.case.as_of
    contributors = _contributors(found, rulebook, on)
    strays = model.out_of_range(prepared.row, rulebook.ppm("out_of_range_margin", on) / PPM)
    level = risk_level(found.probability, rulebook, on)
    band = _band(found.probability, strays, model, rulebook, on)
    said = Estimate(band, level)
    recommendation = recommend(prepared.policy, said, rulebook, on)
    reasons = pick_reasons(
        prepared.policy,
        [Contribution(c.feature, c.group, c.value, c.score_points) for c in contributors],
        shipped_words(),
        rulebook,
        on,
    )
    start, groups = _groups(found, contributors, rulebook, on)
    return RiskEstimate(
        credit_score=credit_score(found.probability, rulebook, on),
        base_score=credit_score(found.base, rulebook, on),
        risk_probability=found.probability,
        base_probability=found.base,
        probability_of_default=model.probability_of_default(found.probability),
        risk_level=level,
        band=band,
        recommendation=recommendation,
        recommendation_text=recommendation_text(prepared.policy, said, recommendation),
        reasons=adverse_only(reasons),
        favourable=tuple(each for each in reasons if each.kind is ReasonKind.FAVOURABLE),
        contributors=contributors,
        groups=groups,
        start_points=start,
        figures=prepared.figures,
        policy=prepared.policy,
        model_id=model.model_id,
        model_sha256=model.sha256,
        model_label=model.label,
        rules_as_of=on,
        rule_rows=(*rulebook.used_rows, *prepared.product_row),
        out_of_range=strays,
    )


def _band(
    probability: float, strays: tuple[str, ...], model: "RiskModel", rulebook: Rulebook, on: date
) -> Band:
    if strays:
        return Band.OUT_OF_RANGE
    return Band(model.band(probability, rulebook.millionths("conformal_alpha", on) / _MILLION))


def _contributors(found: "Explanation", rulebook: Rulebook, on: date) -> tuple[Contributor, ...]:
    span = rulebook.points("score_span", on)
    return tuple(
        Contributor(
            feature=feature.name,
            label=FEATURE_LABELS[feature.name],
            group=ModelGroup(feature.group),
            value=value,
            impact=impact,
            score_points=-span * impact,
        )
        for feature, value, impact in zip(FEATURES, found.row, found.contributions, strict=True)
    )


def _groups(
    found: "Explanation", contributors: Sequence[Contributor], rulebook: Rulebook, on: date
) -> tuple[int, tuple[GroupPoints, ...]]:
    """The shown starting point and the points of the six groups."""
    sums = dict.fromkeys(ModelGroup, 0.0)
    for each in contributors:
        sums[each.group] += each.score_points
    start = rulebook.points("score_at_zero", on) - rulebook.points("score_span", on) * found.base
    shown = shown_points(start, list(sums.values()))
    words = shipped_words()
    groups = tuple(
        GroupPoints(group, words.label("model_group", group), points, whole)
        for (group, points), whole in zip(sums.items(), shown.parts, strict=True)
    )
    return shown.start, groups


def shown_score(estimate: RiskEstimate) -> int:
    """The internal score in whole points, as screens print it."""
    return int(estimate.credit_score.quantize(Decimal(1), rounding=ROUND_HALF_UP))
