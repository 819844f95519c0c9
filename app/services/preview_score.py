"""The estimate of a case while it is being typed: nothing is stored, no database is asked.

Source: architecture.md 3 (the officer changes the amount), screens.md S31 (score preview).
"""

from typing import TYPE_CHECKING

from app.rules.case_facts import CaseFacts
from app.services.steps.estimate_risk import estimate_features, estimate_risk
from app.services.steps.refusal import bad_input
from app.services.steps.risk_estimate import RiskEstimate

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


def preview_score(case: CaseFacts, desk: "Desk") -> RiskEstimate:
    """Estimate a case.

    Raises:
        Refused: an input that scoring needs is not known (BAD_INPUT), or the model may not be
            used (MODEL).
    """
    return estimate_risk(case, desk.rulebook(), desk.model())


def preview_features(row: tuple[float, ...], desk: "Desk") -> RiskEstimate:
    """Estimate 28 given feature values: the model alone, without figures and policy.

    Raises:
        Refused: a value is infinite, or the model may not be used.
    """
    model = desk.model()
    try:
        return estimate_features(row, desk.clock.today(), desk.rulebook(), model)
    except ValueError as fault:
        raise bad_input({"features": "Enter 28 finite numbers, one for each name"}) from fault
