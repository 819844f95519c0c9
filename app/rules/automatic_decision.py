"""Whether a proposed approval may be decided by the bank's automatic policy, without a checker.

Source: rows automatic_approval (off as shipped) and automatic_approval_up_to. Only small, clear,
fully verified cases qualify, on exactly the terms asked for. Every reason against is told, so that
a case that goes to a person says why.
"""

from dataclasses import dataclass

from app.rules.case_standing import Terms
from app.rules.maker_checker import Judged, Verdict
from app.rules.money import rupees_shown
from app.rules.rulebook import Rulebook
from db.vocabulary.decisions import Band, Decision, PolicyState, Recommendation, RiskLevel

_SETTLED = frozenset({PolicyState.PASS, PolicyState.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class AutomaticCase:
    """What the policy looks at. An unscored case has neither band nor level."""

    verdict: Verdict
    asked: Terms
    judged: Judged
    band: Band | None
    risk_level: RiskLevel | None


def automatic_approval_on(judged: Judged, rulebook: Rulebook) -> bool:
    """Whether the bank has switched the policy on; a book without the row has not."""
    row = rulebook.optional_row("automatic_approval", judged.on)
    return row is not None and row.value is True


def needs_a_person(case: AutomaticCase, rulebook: Rulebook) -> tuple[str, ...]:
    """Why a checker has to look at the case; nothing when the policy may decide it.

    Raises:
        NoRuleInForceError: the policy is on and has no limit of the amount.
    """
    if not automatic_approval_on(case.judged, rulebook):
        return ("The automatic policy is switched off",)
    limit = rulebook.paise("automatic_approval_up_to", case.judged.on)
    open_checks = [line for line in case.judged.lines if line.state not in _SETTLED]
    against = (
        (case.verdict.decision is not Decision.APPROVE, "It is not a plain approval"),
        (case.verdict.terms != case.asked, "The terms differ from those asked for"),
        (bool(case.verdict.conditions.strip()), "It has conditions"),
        (case.asked.amount_paise > limit, f"The amount is above {rupees_shown(limit)}"),
        (case.band is not Band.CLEAR, "The estimate is not clear"),
        (case.risk_level is not RiskLevel.LOW, "The risk is not low"),
        (
            case.judged.recommendation is not Recommendation.APPROVE,
            "It is not recommended for approval",
        ),
        (bool(open_checks), "A check is open, noted or not passed"),
    )
    return tuple(words for holds, words in against if holds)
