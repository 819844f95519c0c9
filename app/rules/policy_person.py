"""Policy checks on the person: age, income, experience, work, report, own record.

Source: words.json ``policy_check`` (limits and ids), lending-rules.md sections 8 and 12.
"""

from datetime import date
from decimal import Decimal

from app.rules.day_count import whole_years
from app.rules.emi import MONTHS_PER_YEAR
from app.rules.money import number_shown, rupees_shown
from app.rules.policy_findings import NOT_APPLICABLE, CaseView, Finding
from app.rules.products import Product
from db.vocabulary.people import KycStatus


def kyc_done(view: CaseView) -> Finding:
    """KYC-DONE: papers complete and not past their review."""
    status = view.case.applicant.kyc_status
    if status is None:
        return Finding(holds=None)
    return Finding(
        holds=status is KycStatus.COMPLETE,
        value=view.wording.label("kyc_status", status),
        limit=view.wording.label("kyc_status", KycStatus.COMPLETE),
    )


def _age(view: CaseView, on: date | None) -> int | None:
    born = view.case.applicant.date_of_birth
    if born is None or on is None or born > on:
        return None
    return whole_years(born, on)


def age_min(view: CaseView, product: Product) -> Finding:
    """AGE-MIN: completed years on the day of the application."""
    age, least = _age(view, view.case.as_of), product.min_age_at_application_years
    if age is None:
        return Finding(holds=None, limit=str(least))
    return Finding(holds=age >= least, value=str(age), limit=str(least))


def age_at_application(view: CaseView, product: Product) -> Finding:
    """AGE-APP: highest age on the day of the application."""
    age, most = _age(view, view.case.as_of), product.max_age_at_application_years
    if age is None:
        return Finding(holds=None, limit=str(most))
    return Finding(holds=age <= most, value=str(age), limit=str(most))


def age_at_maturity(view: CaseView, product: Product) -> Finding:
    """AGE-MAT: completed years on the last due date; the limit goes by the kind of work."""
    work = view.case.applicant.employment_type
    most = None if work is None else product.max_age_at_maturity_years.get(work)
    age = _age(view, view.figures.last_due_date)
    if age is None or most is None:
        return Finding(holds=None, limit="" if most is None else str(most))
    return Finding(holds=age <= most, value=str(age), limit=str(most))


def income_min(view: CaseView, product: Product) -> Finding:
    """INC-MIN: income that counts against the product's least."""
    least, income = product.min_monthly_income_paise, view.figures.monthly_income_paise
    if least is None:
        return NOT_APPLICABLE
    if income is None:
        return Finding(holds=None, limit=rupees_shown(least))
    return Finding(holds=income >= least, value=rupees_shown(income), limit=rupees_shown(least))


def experience_min(view: CaseView, product: Product) -> Finding:
    """EXP-MIN: years of work or business; a product that asks for none has no check."""
    least, months = product.min_experience_years, view.case.applicant.experience_months
    if least == 0:
        return NOT_APPLICABLE
    if months is None:
        return Finding(holds=None, limit=str(least))
    years = number_shown(Decimal(months) / MONTHS_PER_YEAR)
    return Finding(holds=months >= least * MONTHS_PER_YEAR, value=years, limit=str(least))


def employment_allowed(view: CaseView, product: Product) -> Finding:
    """EMP-OK: the kind of work is one the product takes."""
    work = view.case.applicant.employment_type
    kinds = product.employment_types
    limit = ", ".join(view.wording.label("employment_type", kind) for kind in kinds)
    if work is None:
        return Finding(holds=None, limit=limit)
    label = view.label("employment_type", work)
    return Finding(holds=work in kinds, value=label, limit=limit)


def bureau_fresh(view: CaseView) -> Finding:
    """BUR-FRESH: the report is no older than the rule row; none taken is not a pass."""
    row, taken = view.row("bureau_report_max_age_days"), view.case.bureau.report_date
    if row is None:
        return NOT_APPLICABLE
    if taken is None or taken > view.case.as_of:
        return Finding(holds=None, limit=str(row.value))
    days = (view.case.as_of - taken).days
    return Finding(holds=row.holds(days), value=str(days), limit=str(row.value))


def no_own_npa(view: CaseView) -> Finding:
    """NPA-OWN: no loan of the customer with this bank is an NPA."""
    row = view.row("own_npa_blocks")
    if row is None or row.value is not True:
        return NOT_APPLICABLE
    return Finding(holds=not view.case.own_record.has_npa)
