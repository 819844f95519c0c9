"""The reasons of an estimate: policy first, at most four adverse, one model reason a group.

Source: explanations.md X3, X4, X7 and X14; lending-rules.md 11.2 and 11.3. The same frozen object
goes to screen, letter and audit. A model reason comes only from a group that is adverse in sum, and
never repeats the fact of a policy reason. Sentences are those of words.json.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.rules.credit_policy import PolicyLine
from app.rules.reason_values import (
    is_unsecured,
    may_be_adverse,
    may_be_favourable,
    value_shown,
    year_since,
)
from app.rules.rulebook import Rulebook
from app.rules.wording import Wording
from db.vocabulary.decisions import PolicyState
from db.vocabulary.reasons import FavourableReason, RejectReason

_REJECT = "reject_reason"
_FAVOURABLE = "favourable_reason"
_RANK = {PolicyState.FAIL: 0, PolicyState.REFER: 1}

# A policy reason states one fact; these features would state it again in other words.
_SAME_FACT: Mapping[str, frozenset[str]] = {
    "fixed_obligation_to_income_ratio": frozenset(
        {"fixed_obligation_to_income_ratio", "debt_to_income_ratio"}
    ),
    "new_emi_ratio": frozenset({"estimated_emi", "debt_to_income_ratio"}),
    "loan_to_income_months": frozenset({"loan_to_income_ratio"}),
    "loan_to_value_ratio": frozenset({"loan_to_value_ratio", "collateral_cover"}),
    "collateral": frozenset({"loan_to_value_ratio", "collateral_cover"}),
}


class ReasonKind(StrEnum):
    """Where a reason comes from and which way it points."""

    POLICY = "policy"
    ADVERSE = "adverse"
    FAVOURABLE = "favourable"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One feature's part of an estimate.

    Attributes:
        value: the feature's own value, in the unit of the feature list.
        score_points: below 0 lowered the score, above 0 raised it.
    """

    feature: str
    group: str
    value: float
    score_points: float


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence with its origin: a policy rule id or a feature name."""

    code: str
    text: str
    source: str
    group: str | None
    kind: ReasonKind


def pick_reasons(
    lines: Iterable[PolicyLine],
    contributions: Sequence[Contribution],
    wording: Wording,
    rulebook: Rulebook,
    on: date,
) -> tuple[Reason, ...]:
    """Adverse reasons in order of weight, then the favourable ones for the screen."""
    broken = _broken(lines)
    values = {each.feature: each.value for each in contributions}
    against = _Teller(
        adverse=True, values=values, stated=_stated_facts(broken), wording=wording, on=on
    )
    adverse = [_policy_reason(line) for line in broken]
    adverse += _model_reasons(contributions, against)
    favourable = _model_reasons(contributions, replace(against, adverse=False))
    most = rulebook.count("reasons_max_adverse", on)
    most_favourable = rulebook.count("reasons_max_favourable", on)
    return tuple(adverse[:most] + favourable[:most_favourable])


def adverse_only(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons that a letter and the field ``reasons`` of an assessment carry."""
    return tuple(reason for reason in reasons if reason.kind is not ReasonKind.FAVOURABLE)


def _broken(lines: Iterable[PolicyLine]) -> list[PolicyLine]:
    """Broken rules that give a reason, hard ones first, each sentence once."""
    found = [line for line in lines if line.state in _RANK and line.reason is not None]
    found.sort(key=lambda line: _RANK[line.state])
    first: dict[RejectReason | None, PolicyLine] = {}
    for line in found:
        first.setdefault(line.reason, line)
    return list(first.values())


def _policy_reason(line: PolicyLine) -> Reason:
    return Reason(str(line.reason), line.text, line.rule, None, ReasonKind.POLICY)


def _stated_facts(broken: Iterable[PolicyLine]) -> frozenset[str]:
    stated: set[str] = set()
    for line in broken:
        stated |= _SAME_FACT.get(line.measure, frozenset({line.measure}))
    return frozenset(stated)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Finds the sentence of a feature, pointing one way."""

    adverse: bool
    values: Mapping[str, float]
    stated: frozenset[str]
    wording: Wording
    on: date

    @property
    def sign(self) -> int:
        """-1 where lowered scores are told, +1 where raised ones are."""
        return -1 if self.adverse else 1

    def tell(self, each: Contribution) -> Reason | None:
        """The reason of one contribution; None where it has no fitting sentence."""
        if self.sign * each.score_points <= 0 or each.feature in self.stated:
            return None
        fits = may_be_adverse if self.adverse else may_be_favourable
        value, code = value_shown(each.feature, each.value), self._code(each.feature)
        if value is None or code is None or not fits(each.feature, self.values):
            return None
        if code == FavourableReason.FAV_EMPLOYER:
            value = year_since(each.value, self.on)
        list_name, kind = _REJECT, ReasonKind.ADVERSE
        if not self.adverse:
            list_name, kind = _FAVOURABLE, ReasonKind.FAVOURABLE
        text = self.wording.sentence(list_name, code, value)
        return Reason(code, text, each.feature, each.group, kind)

    def _code(self, feature: str) -> str | None:
        if self.adverse and is_unsecured(feature, self.values):
            return RejectReason.REJ_M_UNSECURED
        words = self.wording.lists[_REJECT if self.adverse else _FAVOURABLE]
        plain = (code for code, word in words.items() if "when" not in word)
        return next((code for code in plain if words[code].get("feature") == feature), None)


def _model_reasons(contributions: Sequence[Contribution], teller: _Teller) -> list[Reason]:
    """One reason for each group that points the teller's way in sum, heaviest group first."""
    groups: defaultdict[str, list[Contribution]] = defaultdict(list)
    for each in contributions:
        groups[each.group].append(each)
    weights = {
        name: teller.sign * sum(each.score_points for each in group)
        for name, group in groups.items()
    }
    reasons = []
    for name in sorted((name for name in weights if weights[name] > 0), key=lambda n: -weights[n]):
        heaviest = sorted(groups[name], key=lambda each: -teller.sign * each.score_points)
        told = (teller.tell(each) for each in heaviest)
        reason = next((found for found in told if found is not None), None)
        if reason is not None:
            reasons.append(reason)
    return reasons
