"""The assessment as `score`, `apply` and `explain` print it.

Source: commands.md (assessment): money as text in rupees, rates and shares as numbers in per cent,
probabilities 0 to 1, unknown as None.
"""

from decimal import Decimal

from app.rules.application_figures import ApplicationFigures
from app.rules.credit_policy import PolicyLine
from app.rules.money import rupees_text
from app.services.steps.risk_estimate import RiskEstimate

_DIGITS = 6


def assessment_json(estimate: RiskEstimate) -> dict[str, object]:
    """Plain JSON values of an estimate."""
    return {
        "credit_score": float(estimate.credit_score),
        "base_score": float(estimate.base_score),
        "risk_probability": estimate.risk_probability,
        "base_probability": estimate.base_probability,
        "probability_of_default": estimate.probability_of_default,
        "risk_level": estimate.risk_level.value,
        "band": estimate.band.value,
        "recommendation": estimate.recommendation.value,
        "recommendation_text": estimate.recommendation_text.value,
        "reasons": [reason.text for reason in estimate.reasons],
        "reason_codes": [reason.code for reason in estimate.reasons],
        "contributors": [
            {
                "feature": each.feature,
                "group": each.group.value,
                "value": each.value,
                "impact": each.impact,
                "score_points": each.score_points,
            }
            for each in estimate.contributors
        ],
        "groups": [
            {"group": each.group.value, "label": each.label, "score_points": each.score_points}
            for each in estimate.groups
        ],
        "factors": factors_json(estimate.figures),
        "policy": [policy_json(line) for line in estimate.policy],
        "out_of_range": list(estimate.out_of_range),
        "model_id": estimate.model_id,
        "model_sha256": estimate.model_sha256,
        "rules_as_of": estimate.rules_as_of.isoformat(),
        "rule_rows": list(estimate.rule_rows),
    }


def factors_json(figures: ApplicationFigures) -> dict[str, object]:
    """The figures of the application."""
    return {
        "estimated_emi": _money(figures.estimated_emi_paise),
        "debt_to_income_ratio": _number(figures.debt_to_income_ratio),
        "fixed_obligation_to_income_ratio": _number(figures.fixed_obligation_to_income_ratio),
        "new_emi_to_income_ratio": _number(figures.new_emi_ratio),
        "loan_to_income_ratio": _number(figures.loan_to_income_ratio),
        "loan_to_income_months": _number(figures.loan_to_income_months),
        "loan_to_value_ratio": _number(figures.loan_to_value_ratio),
        "annual_percentage_rate": _number(figures.annual_percentage_rate),
        "monthly_income": _money(figures.monthly_income_paise),
        "total_interest": _money(figures.total_interest_paise),
        "last_instalment": _money(figures.last_instalment_paise),
        "existing_emi": _money(figures.existing_emi_paise),
        "net_monthly_surplus": _money(figures.net_monthly_surplus_paise),
    }


def policy_json(line: PolicyLine) -> dict[str, object]:
    """One policy line; a value or limit that is not known is None."""
    return {
        "rule": line.rule.value,
        "state": line.state.value,
        "value": line.value or None,
        "limit": line.limit or None,
        "text": line.text,
    }


def _money(paise: int | None) -> str | None:
    return None if paise is None else rupees_text(paise)


def _number(value: Decimal | None) -> float | None:
    """Per cent or years, enough digits for any reader to round again."""
    return None if value is None else float(round(value, _DIGITS))
