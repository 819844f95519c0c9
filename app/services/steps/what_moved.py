"""What moved between two estimates of one application: inputs, checks, groups and score.

Source: screens.md S31 and S50 (the difference is shown). Both estimates are stored ones, so the
answer is the same whenever it is asked.
"""

from dataclasses import dataclass

from app.rules.credit_policy import PolicyLine
from app.rules.reason_values import value_shown
from app.services.steps.risk_estimate import Contributor, RiskEstimate


@dataclass(frozen=True, slots=True)
class MovedInput:
    """A model input with another value, and what its part of the score became.

    Attributes:
        before, after: the values in words; the bare number where an input has no words.
        points: score points gained (above 0) or lost by this input's part.
    """

    label: str
    before: str
    after: str
    points: float


@dataclass(frozen=True, slots=True)
class MovedCheck:
    """A policy check that reads differently."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WhatMoved:
    """The difference between two estimates.

    Attributes:
        score: score points of the whole, later minus earlier; the sum of the 28 parts and of a
            moved starting point (another model).
        inputs: those with another value, the largest move first.
        checks: policy checks with another state, value or limit.
        model_changed: the two came from different model files.
    """

    score: float
    inputs: tuple[MovedInput, ...]
    checks: tuple[MovedCheck, ...]
    model_changed: bool

    @property
    def anything(self) -> bool:
        """Whether the two differ in what people are shown."""
        return bool(self.inputs or self.checks or self.model_changed)


def what_moved(before: RiskEstimate, after: RiskEstimate) -> WhatMoved:
    """Compare an earlier estimate with a later one."""
    was = {each.feature: each for each in before.contributors}
    inputs = [
        _input(was[each.feature], each)
        for each in after.contributors
        if was[each.feature].value != each.value
    ]
    start = before.base_probability - after.base_probability
    span = _span(after)
    total = sum(each.score_points - was[each.feature].score_points for each in after.contributors)
    return WhatMoved(
        score=total + span * start,
        inputs=tuple(sorted(inputs, key=lambda moved: -abs(moved.points))),
        checks=_checks(before.policy, after.policy),
        model_changed=before.model_sha256 != after.model_sha256,
    )


def _span(estimate: RiskEstimate) -> float:
    """Score points of a whole probability, read off any contribution that is not zero."""
    for each in estimate.contributors:
        if each.impact:
            return -each.score_points / each.impact
    return 0.0


def _input(was: Contributor, now: Contributor) -> MovedInput:
    return MovedInput(
        label=now.label,
        before=_shown(was),
        after=_shown(now),
        points=now.score_points - was.score_points,
    )


def _shown(part: Contributor) -> str:
    return value_shown(part.feature, part.value) or f"{part.value:g}"


def _checks(
    before: tuple[PolicyLine, ...], after: tuple[PolicyLine, ...]
) -> tuple[MovedCheck, ...]:
    was = {line.rule: line for line in before}
    return tuple(
        MovedCheck(line.label, _words(was[line.rule]), _words(line))
        for line in after
        if line.rule in was and _words(was[line.rule]) != _words(line)
    )


def _words(line: PolicyLine) -> str:
    value = f", {line.value}" if line.value else ""
    limit = f" (limit {line.limit})" if line.limit else ""
    return f"{line.state.value.replace('_', ' ')}{value}{limit}"
