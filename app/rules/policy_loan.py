"""Policy checks on the loan: its share of income, its size, term, rate and purpose.

Source: words.json ``policy_check`` (limits and ids), lending-rules.md section 8; the 50 % household
rule of microfinance is RBI/DOR/2021-22/89 of 14 Mar 2022. FOIR is a guide that refers; the 40 and
50 % of ``dti_policy`` measure the new instalment over income.
"""

from app.rules.emi import MONTHS_PER_YEAR
from app.rules.microfinance import repayments_share
from app.rules.money import (
    PPM_PER_PERCENT,
    number_shown,
    percent_shown,
    percent_text,
    ratio_shown,
    rupees_shown,
)
from app.rules.policy_findings import NOT_APPLICABLE, CaseView, Finding, within
from app.rules.products import Product
from app.rules.rulebook import RuleRow


def _figure(row: RuleRow) -> int:
    """The row's whole number; rows of these checks always have one."""
    return row.value if isinstance(row.value, int) else 0


def foir_cap(view: CaseView, product: Product) -> Finding:
    """FOIR-CAP: all fixed dues over income, unless so small a gold loan is exempt."""
    cap, ratio = product.foir_cap_ppm, view.figures.fixed_obligation_to_income_ratio
    if cap is None or _exempt(view, product):
        return NOT_APPLICABLE
    if ratio is None:
        return Finding(holds=None, limit=percent_shown(cap))
    holds = ratio * PPM_PER_PERCENT <= cap
    return Finding(holds=holds, value=ratio_shown(ratio), limit=percent_shown(cap))


def _exempt(view: CaseView, product: Product) -> bool:
    """The rule names an amount above which the check starts."""
    rule, amount = product.foir_exempt_up_to_rule, view.case.terms.amount_paise
    row = None if rule is None else view.row(rule)
    return row is not None and amount is not None and not row.holds(amount)


def _new_emi(view: CaseView, rule: str | None) -> Finding:
    """A level of the new instalment over income; the row says from where it acts."""
    row = None if rule is None else view.row(rule)
    ratio = view.figures.new_emi_ratio
    if row is None:
        return NOT_APPLICABLE
    limit = percent_shown(_figure(row))
    if ratio is None:
        return Finding(holds=None, limit=limit)
    return Finding(holds=not within(row, ratio), value=ratio_shown(ratio), limit=limit)


def emi_refer(view: CaseView, product: Product) -> Finding:
    """EMI-REFER: from this share of income on a person must look."""
    return _new_emi(view, product.emi_refer_rule)


def emi_max(view: CaseView, product: Product) -> Finding:
    """EMI-MAX: above this share of income the loan is refused."""
    return _new_emi(view, product.emi_reject_rule)


def lti_cap(view: CaseView, product: Product) -> Finding:
    """LTI-CAP: the loan in months of income."""
    cap, months = product.lti_cap_months, view.figures.loan_to_income_months
    if cap is None:
        return NOT_APPLICABLE
    if months is None:
        return Finding(holds=None, limit=str(cap))
    return Finding(holds=months <= cap, value=number_shown(months), limit=str(cap))


def product_amount(view: CaseView, product: Product) -> Finding:
    """PROD-AMT: the amount lies inside the product's range."""
    amount, steps = view.case.terms.amount_paise, product.amount_paise
    limit = f"{rupees_shown(steps.least)} – {rupees_shown(steps.most)}"  # noqa: RUF001  # a range
    if amount is None:
        return Finding(holds=None, limit=limit)
    return Finding(holds=steps.allows(amount), value=rupees_shown(amount), limit=limit)


def product_tenure(view: CaseView, product: Product) -> Finding:
    """PROD-TEN: the tenure lies inside the product's range."""
    months, steps = view.case.terms.tenure_months, product.tenure_months
    limit = f"{steps.least} – {steps.most}"  # noqa: RUF001  # a range
    if months is None:
        return Finding(holds=None, limit=limit)
    return Finding(holds=steps.allows(months), value=str(months), limit=limit)


def product_rate(view: CaseView, product: Product) -> Finding:
    """PROD-RATE: the rate is one of the card's; none typed is the card rate itself."""
    typed, steps = view.case.terms.rate_ppm, product.rate_ppm
    rate = product.card_rate_ppm if typed is None else typed
    limit = f"{percent_text(steps.least)} – {percent_text(steps.most)} %"  # noqa: RUF001  # a range
    return Finding(holds=steps.on_step(rate), value=f"{percent_text(rate)} %", limit=limit)


def purpose_allowed(view: CaseView, product: Product) -> Finding:
    """PURP-OK: the product is given for the purpose."""
    purpose = view.case.terms.loan_purpose
    limit = ", ".join(view.wording.label("loan_purpose", each) for each in product.purposes)
    if purpose is None:
        return Finding(holds=None, limit=limit)
    label = view.label("loan_purpose", purpose)
    return Finding(holds=purpose in product.purposes, value=label, limit=limit)


def household_income(view: CaseView, product: Product) -> Finding:
    """MFI-INCOME: the household's yearly income is low enough for microfinance."""
    rule, income = product.household_income_rule, view.case.terms.household_income_paise
    row = None if rule is None else view.row(rule)
    if row is None:
        return NOT_APPLICABLE
    limit = rupees_shown(_figure(row))
    if income is None or income <= 0:
        return Finding(holds=None, limit=limit)
    return Finding(holds=row.holds(income), value=rupees_shown(income), limit=limit)


def household_share(view: CaseView, product: Product) -> Finding:
    """MFI-SHARE: monthly repayments of the household, this loan included, over its income."""
    terms, rule = view.case.terms, product.household_share_rule
    row = None if rule is None else view.row(rule)
    if row is None:
        return NOT_APPLICABLE
    limit = percent_shown(_figure(row))
    income, paid = terms.household_income_paise, terms.household_repayments_paise
    emi = view.figures.estimated_emi_paise
    if not income or income < 0 or paid is None or emi is None:
        return Finding(holds=None, limit=limit)
    share = repayments_share(paid + emi, income)
    return Finding(holds=within(row, share), value=ratio_shown(share), limit=limit)


def microfinance_route(view: CaseView, product: Product) -> Finding:
    """MFI-ROUTE: a free loan to an income this low is microfinance by law; only a note."""
    row, income = view.row("mfi_household_income_max"), view.figures.monthly_income_paise
    if row is None or product.household_income_rule is not None or view.case.collateral:
        return NOT_APPLICABLE
    limit = rupees_shown(_figure(row))
    if income is None:
        return Finding(holds=None, limit=limit)
    yearly = income * MONTHS_PER_YEAR
    return Finding(holds=not row.holds(yearly), value=rupees_shown(yearly), limit=limit)
