"""What a verdict form begins with: the terms that stand, what was recommended, reasons to give."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.rules.case_standing import Terms
from app.rules.credit_policy import PolicyLine
from app.rules.maker_checker import APPROVING
from app.services.steps.risk_estimate import RiskEstimate
from app.services.steps.shipped_words import shipped_words
from app.ui.widgets.given_reasons import OfferedReason
from app.ui.widgets.picker import Choice
from db.vocabulary.decisions import Decision, PolicyState, Recommendation
from db.vocabulary.reasons import ApproveReason

_SUPPORTED = {
    Recommendation.APPROVE: ApproveReason.APP_POLICY,
    Recommendation.REFER: ApproveReason.APP_JUDGEMENT,
    Recommendation.REJECT: ApproveReason.APP_OVERRIDE,
}
_OWN_SENTENCE = "kind"
_MODEL = "model"
_BLANK = "{"  # a sentence that waits for a figure nobody can fill in by hand


@dataclass(frozen=True, slots=True)
class VerdictStart:
    """What is known before a person speaks.

    Attributes:
        terms: asked for, or proposed; an approval without changes means these.
        recommendation: of the estimate; None for an unscored case.
        offered: the reasons of a rejection, as they were frozen with the estimate.
        agreed: the maker's reasons, which a checker may take over.
    """

    terms: Terms
    recommendation: Recommendation | None = None
    offered: tuple[OfferedReason, ...] = ()
    agreed: tuple[str, ...] = ()
    agreed_decision: Decision | None = None
    conditions: str = ""

    def approval_reason(self, decision: Decision) -> str:
        """The reason that fits an approval as things stand; empty where none is plain."""
        if decision is Decision.APPROVE and self.agreed_decision in APPROVING and self.agreed:
            return self.agreed[0]
        if decision is Decision.APPROVE_WITH_CHANGES:
            return str(ApproveReason.APP_CHANGED)
        return "" if self.recommendation is None else str(_SUPPORTED[self.recommendation])


def offered_reasons(
    estimate: RiskEstimate | None, lines: Sequence[PolicyLine]
) -> tuple[OfferedReason, ...]:
    """The frozen reasons of the estimate; those of the policy alone for an unscored case."""
    failed = {
        str(line.reason)
        for line in lines
        if line.state is PolicyState.FAIL and line.reason is not None
    }
    if estimate is not None:
        told = [(str(reason.code), reason.text) for reason in estimate.reasons]
    else:
        told = [(str(line.reason), line.text) for line in lines if line.breached and line.reason]
    return tuple(
        OfferedReason(code, text, stays=code in failed) for code, text in dict(told).items()
    )


def addable_reasons() -> list[Choice]:
    """Reasons a person may add: whole sentences of the bank, none of the model."""
    entries = shipped_words().lists["reject_reason"]
    return [
        Choice(code, str(entry["en"]))
        for code, entry in entries.items()
        if entry[_OWN_SENTENCE] != _MODEL and _BLANK not in str(entry["en"])
    ]


def override_choices(towards: str) -> list[Choice]:
    """Why a decision goes against the recommendation; `towards` is APPROVE or REJECT."""
    entries = shipped_words().lists["override_reason"]
    return [
        Choice(code, str(entry["en"]))
        for code, entry in entries.items()
        if entry["direction"] in {towards, "BOTH"}
    ]
