"""Policy checks on security and people beside the applicant: LTV, security, co-applicant, gold.

Source: words.json ``policy_check`` (limits and ids), lending-rules.md 8.7 to 8.11. Securities of
several kinds are held against the sum of what each may carry.
"""

from decimal import Decimal

from app.rules.affordability import GOLD_CAP, percent_of, tier_of
from app.rules.money import PPM, percent_shown, ratio_shown, round_half_up, share_of
from app.rules.moratorium import simple_interest
from app.rules.policy_findings import NOT_APPLICABLE, CaseView, Finding
from app.rules.policy_papers import stated_finding
from app.rules.products import LtvCap, Product
from db.vocabulary.lending import CollateralType, RepaymentType, SecurityRule
from db.vocabulary.reasons import PolicyCheck


def ltv_cap(view: CaseView, product: Product) -> Finding:
    """LTV-CAP: the loan against the accepted value of the kinds the product takes."""
    amount, value, carried = view.case.terms.amount_paise, 0, 0
    caps = [(item, product.ltv_cap(item.collateral_type)) for item in view.case.collateral]
    taken = [(item, cap) for item, cap in caps if cap is not None]
    if not taken:
        return NOT_APPLICABLE
    if amount is None or amount <= 0:
        return Finding(holds=None)
    for item, cap in taken:
        counted = share_of(item.value_paise, item.accepted_share_ppm)
        cap_ppm = _cap_ppm(view, cap, amount)
        if cap_ppm is None:
            return NOT_APPLICABLE
        value += counted
        carried += counted * cap_ppm
    if value <= 0:
        return Finding(holds=None)
    exposure = _exposure(view, product, amount)
    return Finding(
        holds=exposure * PPM <= carried,
        value=ratio_shown(percent_of(exposure, value)),
        limit=percent_shown(round_half_up(Decimal(carried) / value)),
    )


def _cap_ppm(view: CaseView, cap: LtvCap, amount_paise: int) -> int | None:
    """The cap on that day, by tier of the loan or by the kind of security."""
    on, segment = view.case.as_of, cap.segment
    if segment is None:
        if view.row(cap.cap_rule, "TIER_1") is None:
            return None
        segment = tier_of(cap.cap_rule, amount_paise, view.rulebook, on)
    return view.rulebook.limit(cap.cap_rule, on, segment)


def _exposure(view: CaseView, product: Product, amount_paise: int) -> int:
    """A gold loan repaid at the end counts with what is due then."""
    terms = view.case.terms
    bullet = terms.repayment_type is RepaymentType.BULLET
    if not bullet or terms.tenure_months is None or not _takes_gold(product):
        return amount_paise
    rate = product.card_rate_ppm if terms.rate_ppm is None else terms.rate_ppm
    return amount_paise + simple_interest(amount_paise, rate, terms.tenure_months)


def _takes_gold(product: Product) -> bool:
    cap = product.ltv_cap(CollateralType.GOLD)
    return cap is not None and cap.cap_rule == GOLD_CAP


def security_given(view: CaseView, product: Product) -> Finding:
    """SEC-REQ: security of a kind the product takes, where rule or amount ask for it."""
    above, amount = product.security_required_above_paise, view.case.terms.amount_paise
    limit = ", ".join(
        view.wording.label("collateral_type", kind) for kind in product.security_types
    )
    needed: bool | None = product.security is SecurityRule.REQUIRED
    if not needed and above is not None:
        needed = None if amount is None else amount > above
    if needed is None:
        return Finding(holds=None, limit=limit)
    if not needed:
        return NOT_APPLICABLE
    given = any(
        item.collateral_type in product.security_types and item.value_paise > 0
        for item in view.case.collateral
    )
    return Finding(holds=given, limit=limit)


def co_applicant_named(view: CaseView, product: Product) -> Finding:
    """CO-REQ: a co-applicant where the product asks for one."""
    if not product.co_applicant_required:
        return NOT_APPLICABLE
    named = view.case.co_applicants
    return Finding(holds=named >= 1, value=str(named), limit="1")


def _offers_gold(view: CaseView) -> bool:
    return any(item.collateral_type is CollateralType.GOLD for item in view.case.collateral)


def gold_weight(view: CaseView) -> Finding:
    """GOLD-WEIGHT: the weight is read off the assay paper by a person, who records the result."""
    if view.row("gold_weight_max", "GOLD_ORNAMENTS") is None or not _offers_gold(view):
        return NOT_APPLICABLE
    return stated_finding(PolicyCheck.GOLD_WEIGHT, view) or Finding(holds=None)


def gold_term(view: CaseView) -> Finding:
    """GOLD-TERM: a gold loan repaid at the end may run so many months."""
    row, terms = view.row("gold_bullet_max_months"), view.case.terms
    bullet = terms.repayment_type is RepaymentType.BULLET
    if row is None or not bullet or not _offers_gold(view):
        return NOT_APPLICABLE
    if terms.tenure_months is None:
        return Finding(holds=None, limit=str(row.value))
    months = terms.tenure_months
    return Finding(holds=row.holds(months), value=str(months), limit=str(row.value))
