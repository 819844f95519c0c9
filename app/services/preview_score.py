"""The estimate of a case while it is being typed: nothing is stored.

Source: architecture.md 3 (the officer changes the amount), screens.md S31 (score preview);
commands.md (`score`). `preview_score` and `preview_features` ask no database.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.rules.case_facts import ApplicantFacts, CaseFacts, ObligationFacts, OwnRecord
from app.services.steps.application_checks import check_application
from app.services.steps.application_facts import ApplicationFacts
from app.services.steps.application_record import settled
from app.services.steps.case_builder import application_context, case_of, incomes_of
from app.services.steps.customer_checks import check_applicant
from app.services.steps.estimate_risk import estimate_features, estimate_risk
from app.services.steps.refusal import bad_input
from app.services.steps.risk_estimate import RiskEstimate

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

__all__ = [
    "PreviewApplication",
    "RiskEstimate",
    "preview_application",
    "preview_features",
    "preview_score",
]


@dataclass(frozen=True, slots=True)
class PreviewApplication:
    """An application that is not to be stored, of a customer or of somebody unknown.

    Attributes:
        applicant: None takes the customer named in the facts.
    """

    facts: ApplicationFacts
    applicant: ApplicantFacts | None = None
    obligations: tuple[ObligationFacts, ...] = ()


def preview_score(case: CaseFacts, desk: "Desk") -> RiskEstimate:
    """Estimate a case.

    Raises:
        Refused: an input that scoring needs is not known (BAD_INPUT), or the model may not be
            used (MODEL).
    """
    return estimate_risk(case, desk.rulebook(), desk.model())


def preview_application(request: PreviewApplication, desk: "Desk") -> RiskEstimate:
    """Estimate an application as `apply` would, and forget it.

    Raises:
        Refused: a field is wrong, an input is not known, or the model may not be used.
        NotFound: the branch has no such customer.
    """
    rulebook, today = desk.rulebook(), desk.clock.today()
    faults = check_application(request.facts, rulebook, today)
    if request.applicant is not None:
        faults.pop("customer_id", None)
        faults |= check_applicant(request.applicant, today)
    if faults:
        raise bad_input(faults)
    return preview_score(_case(request, desk), desk)


def _case(request: PreviewApplication, desk: "Desk") -> CaseFacts:
    today = desk.clock.today()
    facts = settled(request.facts, desk.rulebook(), today)
    incomes = incomes_of(facts.co_applicants, desk)
    if request.applicant is None and facts.customer_id is not None:
        context = application_context(facts.customer_id, desk)
        return case_of(facts, context.customer, context.own_record, incomes, today)
    case = case_of(facts, None, OwnRecord(), incomes, today)
    applicant = request.applicant or ApplicantFacts()
    return replace(case, applicant=applicant, obligations=request.obligations)


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
