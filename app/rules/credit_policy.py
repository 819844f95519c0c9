"""The policy lines of a case and the recommendation that follows; it never decides.

Source: products-and-rules.md (from checks to recommendation); words.json ``policy_check`` says what
a breach does and which sentence gives the reason. A missing input is *not checked*, never a pass.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.rules import policy_loan, policy_papers, policy_person, policy_security
from app.rules.application_figures import ApplicationFigures
from app.rules.case_facts import CaseFacts
from app.rules.loan_plan import product_of
from app.rules.policy_findings import CaseView, Finding
from app.rules.products import Product
from app.rules.rulebook import Rulebook
from app.rules.wording import Wording
from db.vocabulary.decisions import (
    Band,
    PolicyState,
    Recommendation,
    RecommendationText,
    RiskLevel,
)
from db.vocabulary.reasons import PolicyCheck, RejectReason

_LIST = "policy_check"

PERSON_CHECKS: Mapping[PolicyCheck, Callable[[CaseView], Finding]] = {
    PolicyCheck.KYC_DONE: policy_person.kyc_done,
    PolicyCheck.GOLD_WEIGHT: policy_security.gold_weight,
    PolicyCheck.GOLD_TERM: policy_security.gold_term,
    PolicyCheck.DOC_INCOME: policy_papers.income_seen,
    PolicyCheck.DOC_SET: policy_papers.papers_complete,
    PolicyCheck.BUR_FRESH: policy_person.bureau_fresh,
    PolicyCheck.NPA_OWN: policy_person.no_own_npa,
}
PRODUCT_CHECKS: Mapping[PolicyCheck, Callable[[CaseView, Product], Finding]] = {
    PolicyCheck.AGE_MIN: policy_person.age_min,
    PolicyCheck.AGE_APP: policy_person.age_at_application,
    PolicyCheck.AGE_MAT: policy_person.age_at_maturity,
    PolicyCheck.INC_MIN: policy_person.income_min,
    PolicyCheck.EXP_MIN: policy_person.experience_min,
    PolicyCheck.FOIR_CAP: policy_loan.foir_cap,
    PolicyCheck.EMI_REFER: policy_loan.emi_refer,
    PolicyCheck.EMI_MAX: policy_loan.emi_max,
    PolicyCheck.LTI_CAP: policy_loan.lti_cap,
    PolicyCheck.LTV_CAP: policy_security.ltv_cap,
    PolicyCheck.SEC_REQ: policy_security.security_given,
    PolicyCheck.CO_REQ: policy_security.co_applicant_named,
    PolicyCheck.PROD_AMT: policy_loan.product_amount,
    PolicyCheck.PROD_TEN: policy_loan.product_tenure,
    PolicyCheck.PROD_RATE: policy_loan.product_rate,
    PolicyCheck.PURP_OK: policy_loan.purpose_allowed,
    PolicyCheck.EMP_OK: policy_person.employment_allowed,
    PolicyCheck.MFI_INCOME: policy_loan.household_income,
    PolicyCheck.MFI_SHARE: policy_loan.household_share,
    PolicyCheck.MFI_ROUTE: policy_loan.microfinance_route,
}

_SEVERITY = (Recommendation.APPROVE, Recommendation.REFER, Recommendation.REJECT)
_STATE_WEIGHT = {
    PolicyState.REFER: Recommendation.REFER,
    PolicyState.FAIL: Recommendation.REJECT,
}


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One rule, its result and the sentence for people.

    Attributes:
        value: what was measured, as text; empty when not known.
        limit: the yardstick, as text; empty when there is none.
        on_breach: what a breach of this rule does.
        reason: code of the sentence for a letter, None where a breach is no reason.
        measure: name of the fact that was measured.
        label: the check in a few words.
    """

    rule: PolicyCheck
    label: str
    state: PolicyState
    value: str
    limit: str
    text: str
    on_breach: PolicyState
    reason: RejectReason | None
    measure: str

    @property
    def breached(self) -> bool:
        """Whether the rule was broken, softly or hard."""
        return self.state in {PolicyState.NOTE, PolicyState.REFER, PolicyState.FAIL}


def policy_lines(
    case: CaseFacts, figures: ApplicationFigures, rulebook: Rulebook, wording: Wording
) -> tuple[PolicyLine, ...]:
    """Every policy check of the case, in the order of the word list."""
    view, product = CaseView(case, figures, rulebook, wording), product_of(case, rulebook)
    lines = []
    for check in PolicyCheck:
        if check in PERSON_CHECKS:
            finding = PERSON_CHECKS[check](view)
        elif product is None:
            finding = Finding(holds=None)
        else:
            finding = PRODUCT_CHECKS[check](view, product)
        lines.append(_line(check, finding, wording))
    return tuple(lines)


def _line(check: PolicyCheck, finding: Finding, wording: Wording) -> PolicyLine:
    entry = wording.entry(_LIST, check)
    on_breach = PolicyState(entry["on_breach"])
    reason = None if entry["reason"] is None else RejectReason(entry["reason"])
    state = on_breach
    if not finding.applies:
        state = PolicyState.NOT_APPLICABLE
    elif finding.holds is None:
        state = PolicyState.UNVERIFIED
    elif finding.holds:
        state = PolicyState.PASS
    label = wording.label(_LIST, check)
    if state is on_breach and reason is not None:
        text = wording.sentence("reject_reason", reason, finding.value, finding.limit)
    elif state is PolicyState.UNVERIFIED:
        text = f"{label}: {wording.label('policy_state', state).lower()}"
    else:
        text = _fact_words(label, finding, breached=state is on_breach)
    return PolicyLine(
        rule=check,
        label=label,
        state=state,
        value=finding.value,
        limit=finding.limit,
        text=text,
        on_breach=on_breach,
        reason=reason,
        measure=str(entry["measure"]),
    )


def _fact_words(label: str, finding: Finding, *, breached: bool) -> str:
    """The check with its figure, and with its yardstick where that was missed."""
    words = f"{label}: {finding.value}" if finding.value else label
    missed = breached and finding.limit not in {"", finding.value}
    return f"{words}; the card says {finding.limit}" if missed else words


def worst(recommendations: Iterable[Recommendation]) -> Recommendation:
    """The most severe of several; nothing at all supports approval.

    >>> worst([Recommendation.REFER, Recommendation.APPROVE]).value
    'Refer'
    """
    return max(recommendations, key=_SEVERITY.index, default=Recommendation.APPROVE)


def line_weight(line: PolicyLine) -> Recommendation:
    """What one line pulls to: not checked weighs as its breach, at most Refer."""
    if line.state is PolicyState.UNVERIFIED:
        hard = line.on_breach is not PolicyState.NOTE
        return Recommendation.REFER if hard else Recommendation.APPROVE
    return _STATE_WEIGHT.get(line.state, Recommendation.APPROVE)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the model said: both None when there is no score."""

    band: Band | None = None
    risk_level: RiskLevel | None = None


def recommend(
    lines: Iterable[PolicyLine], estimate: Estimate, rulebook: Rulebook, on: date
) -> Recommendation:
    """The worst of policy, band and risk level; without a score a person must look."""
    return worst([*map(line_weight, lines), *_model_weights(estimate, rulebook, on)])


def _model_weights(estimate: Estimate, rulebook: Rulebook, on: date) -> list[Recommendation]:
    if estimate.risk_level is None:
        return [Recommendation.REFER]
    level = rulebook.word("risk_level_recommendation", on, estimate.risk_level.name)
    weights = [Recommendation(level)]
    if estimate.band is not None:
        row = rulebook.optional_row("band_recommendation", on, estimate.band.name)
        weights += [] if row is None else [Recommendation(str(row.value))]
    return weights


def recommendation_text(
    lines: Iterable[PolicyLine], estimate: Estimate, recommendation: Recommendation
) -> RecommendationText:
    """The sentence of S40 that belongs to a recommendation."""
    if recommendation is Recommendation.REJECT:
        return RecommendationText.DOES_NOT_SUPPORT
    if recommendation is Recommendation.APPROVE:
        return RecommendationText.SUPPORTS
    if estimate.band is Band.OUT_OF_RANGE:
        return RecommendationText.OUT_OF_RANGE
    if estimate.band is Band.BORDERLINE:
        return RecommendationText.BORDERLINE
    soft = any(line.state is PolicyState.REFER for line in lines)
    if soft or estimate.risk_level is RiskLevel.MEDIUM:
        return RecommendationText.JUDGEMENT
    return RecommendationText.NOT_ENOUGH
