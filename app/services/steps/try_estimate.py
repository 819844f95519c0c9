"""An estimate, or the sentence why there is none: never a stand-in (explanations.md X17)."""

import logging
from typing import TYPE_CHECKING

from app.rules.case_facts import CaseFacts
from app.services.steps.estimate_risk import estimate_risk
from app.services.steps.refusal import Refused

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from app.services.steps.risk_estimate import RiskEstimate


def try_estimate(case: CaseFacts, desk: "Desk") -> "tuple[RiskEstimate | None, str | None]":
    """The estimate with None, or None with the reason: a fact is missing, the model refused."""
    try:
        return estimate_risk(case, desk.rulebook(), desk.model()), None
    except Refused as refusal:
        logging.getLogger(__name__).info("no score: %s", refusal.kind.name)
        return None, refusal.sentence
