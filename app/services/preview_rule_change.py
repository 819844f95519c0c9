"""What a proposed change of a rule would do to the open applications of the branch.

Source: screens.md S110 (preview of impact). The newest stored case of each open application is
held against the rules of the change's first day, once without the change and once with it. Nothing
is stored, and the model's own estimate stays as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.rules.case_facts import CaseFacts
from app.rules.credit_policy import Estimate, PolicyLine, recommend
from app.rules.permissions import Act
from app.rules.rule_change import RuleChange, changed_rulebook
from app.rules.rule_values import rule_value_shown
from app.rules.rulebook import Rulebook
from app.services.steps.estimate_payload import case_from_payload
from app.services.steps.estimate_risk import policy_of
from app.services.steps.permission import permit
from app.services.steps.progress import Cancelled, Progress, StoppedError, never, silent
from app.services.steps.rule_plans import planned_rule
from app.services.steps.stored_rules import stored_rulebook
from db.records.applications import Assessment
from db.vocabulary.decisions import Recommendation
from db.vocabulary.loan_life import ApplicationStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

_OPEN = (ApplicationStatus.PENDING, ApplicationStatus.PROPOSED, ApplicationStatus.RETURNED)
MOST_APPLICATIONS = 1_000
_BLOCK = 50


@dataclass(frozen=True, slots=True)
class ImpactLine:
    """One policy check of one application that would read differently."""

    reference: str
    check: str
    before: str
    after: str
    recommendation_before: Recommendation
    recommendation_after: Recommendation


@dataclass(frozen=True, slots=True)
class RuleImpact:
    """What the change closes and begins, and whom it meets.

    Attributes:
        looked_at: open applications with a stored case, the newest first, 1,000 at most.
        moved: how many of them get another recommendation.
    """

    value_before: str
    value_after: str
    starts: date
    looked_at: int
    moved: int
    lines: tuple[ImpactLine, ...]

    @property
    def sentence(self) -> str:
        """One sentence for people."""
        if not self.looked_at:
            return "No open application has been scored yet: nothing to compare"
        changed = len({line.reference for line in self.lines})
        return (
            f"{self.looked_at:,} open applications looked at: {changed:,} read differently, "
            f"{self.moved:,} get another recommendation"
        )


def preview_rule_change(
    change: RuleChange,
    desk: "Desk",
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> RuleImpact:
    """Hold the open applications against the rules with and without a change.

    Raises:
        Refused: not permitted, or the rule book cannot take the change.
        StoppedError: `cancelled` answered true.
    """
    branch_id, today = permit(desk, Act.READ_RULES).branch_id, desk.clock.today()
    with desk.read_book() as book:
        before = stored_rulebook(book)
        planned = planned_rule(change, book, today)
        open_cases = book.applications.newest_of_open(branch_id, _OPEN, MOST_APPLICATIONS)
    after = changed_rulebook(planned, before)
    lines: list[ImpactLine] = []
    for done, (reference, stored) in enumerate(open_cases):
        if done % _BLOCK == 0:
            if cancelled():
                raise StoppedError(done, len(open_cases))
            progress(done, len(open_cases))
        case = replace(case_from_payload(stored.payload), as_of=change.effective_from)
        lines += _differences(reference, stored, case, (before, after))
    moved = {
        line.reference
        for line in lines
        if line.recommendation_before is not line.recommendation_after
    }
    closed, unit = planned.closed, planned.row.unit
    return RuleImpact(
        value_before="" if closed is None else rule_value_shown(closed.value, unit),
        value_after=rule_value_shown(change.value, unit),
        starts=change.effective_from,
        looked_at=len(open_cases),
        moved=len(moved),
        lines=tuple(lines),
    )


def _differences(
    reference: str, stored: Assessment, case: CaseFacts, books: tuple[Rulebook, Rulebook]
) -> Iterable[ImpactLine]:
    said = Estimate(stored.band, stored.risk_level)
    (old, was), (new, becomes) = (_judged(case, book, said) for book in books)
    changed = [
        (one, other)
        for one, other in zip(old, new, strict=True)
        if (one.state, one.limit, one.value) != (other.state, other.limit, other.value)
    ]
    for one, other in changed:
        yield ImpactLine(reference, one.label, _words(one), _words(other), was, becomes)
    if not changed and was is not becomes:
        yield ImpactLine(reference, "Recommendation", was.value, becomes.value, was, becomes)


def _judged(
    case: CaseFacts, rulebook: Rulebook, said: Estimate
) -> tuple[tuple[PolicyLine, ...], Recommendation]:
    lines = policy_of(case, rulebook)[1]
    return lines, recommend(lines, said, rulebook, case.as_of)


def _words(line: PolicyLine) -> str:
    """The state with figure and yardstick: `fail, 55.95 % (50 %)`."""
    shown = line.state.value.replace("_", " ")
    if not line.value:
        return shown
    return f"{shown}, {line.value} ({line.limit})" if line.limit else f"{shown}, {line.value}"
