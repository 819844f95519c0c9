"""What a proposal and a decision must say: terms, reasons, notes and whose limit it needs.

Source: screens.md S40 and S50, explanations.md X4 and X13; lists approve_reason, reject_reason,
return_reason and override_reason of words.json. Terms may tighten, never loosen. A failed or
unchecked knock-out rule blocks an approval; an override goes against the model or a referral rule
only, with a code and a note. Faults are sentences by field name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.rules.case_standing import Terms
from app.rules.credit_policy import PolicyLine
from app.rules.money import percent_shown, rupees_shown
from app.rules.products import Product
from app.rules.rulebook import Rulebook
from app.rules.wording import Wording
from db.vocabulary.decisions import Decision, PolicyState, Recommendation
from db.vocabulary.people import SanctionAuthority
from db.vocabulary.reasons import ApproveReason, RejectReason, ReturnReason

_MODEL_REASON = "REJ-M-"
_REJECT_REASONS = "reject_reason"
APPROVING = frozenset({Decision.APPROVE, Decision.APPROVE_WITH_CHANGES})
_AUTHORITY_SEGMENT = {
    SanctionAuthority.SUPERVISOR: "SUPERVISOR",
    SanctionAuthority.REGIONAL_CREDIT_DESK: "REGIONAL_CREDIT_DESK",
}
_BOTH = "BOTH"

Faults = dict[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a maker proposes or a checker decides.

    Attributes:
        reasons: codes of the list that belongs to the decision, the main one first.
        override_reason: code, when it goes against the recommendation.
        conflict_of_interest: the person has an interest of their own in the case.
    """

    decision: Decision
    terms: Terms | None = None
    reasons: tuple[str, ...] = ()
    override_reason: str = ""
    note: str = ""
    conditions: str = ""
    conflict_of_interest: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """The case as it was assessed with the verdict's terms.

    Attributes:
        on: the application date, on which dated rules are read.
        model_reasons: codes of the model's own adverse reasons, as frozen with the estimate.
    """

    recommendation: Recommendation
    lines: tuple[PolicyLine, ...]
    on: date
    model_reasons: frozenset[str] = frozenset()


def is_override(decision: Decision, recommendation: Recommendation) -> bool:
    """Whether a decision goes against a clear recommendation; Refer leaves it to the person.

    >>> is_override(Decision.APPROVE, Recommendation.REJECT)
    True
    >>> is_override(Decision.REJECT, Recommendation.REFER)
    False
    """
    if decision in APPROVING:
        return recommendation is Recommendation.REJECT
    return decision is Decision.REJECT and recommendation is Recommendation.APPROVE


def blocking(lines: Iterable[PolicyLine]) -> tuple[PolicyLine, ...]:
    """Knock-out rules that failed or could not be checked."""
    stops = {PolicyState.FAIL, PolicyState.UNVERIFIED}
    return tuple(
        line for line in lines if line.on_breach is PolicyState.FAIL and line.state in stops
    )


def verdict_faults(
    verdict: Verdict, judged: Judged, rulebook: Rulebook, wording: Wording
) -> Faults:
    """What a proposal or decision lacks, whoever makes it; terms are looked at apart."""
    faults: Faults = {}
    if verdict.conflict_of_interest:
        faults["conflict_of_interest"] = "With an interest of your own, leave it to a colleague"
    if verdict.decision in APPROVING:
        faults |= _approval_faults(verdict, judged)
    elif verdict.decision is Decision.REJECT:
        faults |= _rejection_faults(verdict, judged, rulebook, wording)
    elif verdict.decision is Decision.RETURN:
        faults |= _return_faults(verdict)
    return _word_faults(verdict, judged, rulebook, wording) | faults


def _approval_faults(verdict: Verdict, judged: Judged) -> Faults:
    faults: Faults = {}
    stopped = blocking(judged.lines)
    if stopped:
        said = "; ".join(line.text for line in stopped)
        faults["decision"] = f"A knock-out rule stands in the way: {said}"
    main = verdict.reasons[:1]
    if not main or main[0] not in set(ApproveReason):
        faults["reason"] = "Choose the reason for the approval"
    elif (
        main[0] == ApproveReason.APP_POLICY and judged.recommendation is not Recommendation.APPROVE
    ):
        faults["reason"] = "The estimate or a rule does not support it: choose another reason"
    elif judged.recommendation is Recommendation.REJECT and main[0] != ApproveReason.APP_OVERRIDE:
        faults["reason"] = "This goes against the recommendation: choose that reason"
    return faults


def _rejection_faults(
    verdict: Verdict, judged: Judged, rulebook: Rulebook, wording: Wording
) -> Faults:
    most = rulebook.count("reasons_max_adverse", judged.on)
    unknown = [code for code in verdict.reasons if code not in set(RejectReason)]
    foreign = [
        code
        for code in verdict.reasons
        if code.startswith(_MODEL_REASON) and code not in judged.model_reasons
    ]
    failed = [
        line.reason
        for line in judged.lines
        if line.state is PolicyState.FAIL and line.reason is not None
    ]
    kept = list(dict.fromkeys(failed))[:most]
    if not verdict.reasons or unknown:
        return {"reason": "Choose at least one reason for the rejection"}
    if len(verdict.reasons) > most:
        return {"reason": f"Give at most {most} reasons"}
    if foreign:
        return {"reason": "A reason of the model must be one that the estimate gave"}
    if _without_figures(verdict, judged, wording):
        return {"reason": "A reason of a rule must be one that this case broke"}
    if any(code not in verdict.reasons for code in kept):
        return {"reason": "A failed rule stays among the reasons"}
    return {}


def _without_figures(verdict: Verdict, judged: Judged, wording: Wording) -> list[str]:
    """Rules named as reasons that the case keeps: their sentences would have no figure."""
    broken = {str(line.reason) for line in judged.lines if line.breached}
    listed = wording.lists[_REJECT_REASONS]
    return [
        code
        for code in verdict.reasons
        if listed[code]["kind"] == "policy"
        and "{" in wording.bare(_REJECT_REASONS, code)
        and code not in broken
    ]


def _return_faults(verdict: Verdict) -> Faults:
    faults: Faults = {}
    if not verdict.reasons or verdict.reasons[0] not in set(ReturnReason):
        faults["reason"] = "Choose what is to be put right"
    if not verdict.note.strip():
        faults["return_questions"] = "Write what the maker should answer or put right"
    return faults


def _word_faults(verdict: Verdict, judged: Judged, rulebook: Rulebook, wording: Wording) -> Faults:
    """Notes and override codes: length, and the direction of the code."""
    faults: Faults = {}
    override = is_override(verdict.decision, judged.recommendation)
    least = rulebook.count("decision_note_min_chars", judged.on)
    if (override or _note_needed(verdict, wording)) and len(verdict.note.strip()) < least:
        faults["note"] = f"Write a note of {least} characters or more"
    if override and not _override_fits(verdict, wording):
        faults["override_reason"] = "Choose why this goes against the recommendation"
    return faults


def _note_needed(verdict: Verdict, wording: Wording) -> bool:
    if verdict.decision not in APPROVING or not verdict.reasons:
        return False
    entry = wording.lists["approve_reason"].get(verdict.reasons[0], {})
    return bool(entry.get("note_needed"))


def _override_fits(verdict: Verdict, wording: Wording) -> bool:
    entry = wording.lists["override_reason"].get(verdict.override_reason)
    if entry is None:
        return False
    wanted = "APPROVE" if verdict.decision in APPROVING else "REJECT"
    return entry["direction"] in {wanted, _BOTH}


def proposed_terms_faults(verdict: Verdict, asked: Terms, product: Product) -> Faults:
    """What a maker may propose: what was asked for, or changed terms that the product allows."""
    terms = verdict.terms
    if verdict.decision not in APPROVING:
        return {} if terms is None else {"decision": "Only an approval has terms"}
    if terms is None:
        return {"approved_amount": "Enter the amount, the tenure and the rate"}
    faults: Faults = {}
    if terms.amount_paise > asked.amount_paise:
        faults["approved_amount"] = f"Not more than asked for: {rupees_shown(asked.amount_paise)}"
    elif terms.amount_paise <= 0:
        faults["approved_amount"] = "The amount must be more than ₹0"
    if terms.tenure_months < 1:
        faults["approved_tenure_months"] = "The tenure must be at least 1 month"
    if terms != asked and not product.rate_ppm.allows(terms.rate_ppm):
        faults["final_interest_rate"] = "Choose a rate of the product's card"
    return faults | _named_faults(verdict.decision, changed=terms != asked)


def decided_terms_faults(verdict: Verdict, proposed: Terms) -> Faults:
    """What a checker may decide: the proposal's terms, or tighter ones, never looser."""
    terms = verdict.terms
    if verdict.decision not in APPROVING:
        return {} if terms is None else {"decision": "Only an approval has terms"}
    if terms is None:
        return {"approved_amount": "Enter the amount, the tenure and the rate"}
    faults: Faults = {}
    if not 0 < terms.amount_paise <= proposed.amount_paise:
        limit = rupees_shown(proposed.amount_paise)
        faults["approved_amount"] = f"Terms may only tighten: at most the proposed {limit}"
    if not 1 <= terms.tenure_months <= proposed.tenure_months:
        limit = f"{proposed.tenure_months} months"
        faults["approved_tenure_months"] = f"Terms may only tighten: at most the proposed {limit}"
    if terms.rate_ppm < proposed.rate_ppm:
        limit = percent_shown(proposed.rate_ppm)
        faults["final_interest_rate"] = f"Terms may only tighten: at least the proposed {limit}"
    return faults | _named_faults(verdict.decision, changed=terms != proposed)


def _named_faults(decision: Decision, *, changed: bool) -> Faults:
    if changed and decision is Decision.APPROVE:
        return {"decision": "The terms differ: choose approve with changes"}
    if not changed and decision is Decision.APPROVE_WITH_CHANGES:
        return {"decision": "Nothing was changed: choose approve"}
    return {}


def sanction_limit_paise(
    authority: SanctionAuthority, product: Product, rulebook: Rulebook, on: date
) -> int:
    """The highest amount an authority may sanction: the lower of product's and rule's limit.

    Raises:
        NoRuleInForceError: no limit of that authority on that day.
    """
    general = rulebook.paise("sanction_limit", on, _AUTHORITY_SEGMENT[authority])
    return min(general, product.sanction_limits_paise.get(authority, general))


def limits_by_authority(
    product: Product, rulebook: Rulebook, on: date
) -> Mapping[SanctionAuthority, int]:
    """The limit of every authority, the lowest first."""
    found = {who: sanction_limit_paise(who, product, rulebook, on) for who in SanctionAuthority}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))
