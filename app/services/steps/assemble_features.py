"""The one place where feature values come from: form, preview, batch, what-if and training.

Source: machine-learning.md section 3. The names and their order are `ml/features.py`; every ratio
comes from `app/rules`, so the form's figures and the model's inputs cannot differ. The batch path
is this function mapped over cases, hence bit for bit the same.
A missing bureau score is NaN with its flag set; the model fills it from its own file.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.affordability import FIXED_COSTS
from app.rules.application_figures import ApplicationFigures, figures_of
from app.rules.case_facts import CaseFacts, ObligationFacts
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.people import BureauScoreState, EmploymentType
from ml.features import FEATURE_NAMES

Row = tuple[float, ...]

LAKH_PAISE = 10_000_000
AMOUNT_CATEGORY_TOPS_PAISE = (5 * LAKH_PAISE, 15 * LAKH_PAISE, 30 * LAKH_PAISE)
TENURE_CATEGORY_TOPS_MONTHS = (24, 60, 120)
UNSECURED_LOAN_TO_VALUE = 150.0
LARGEST_COVER = 3.0
HOME_PURPOSES = frozenset({LoanPurpose.HOME_PURCHASE, LoanPurpose.HOME_RENOVATION})


class MissingFactsError(ValueError):
    """Inputs that the form requires are not known.

    Attributes:
        fields: names of the inputs, in the words of the form.
    """

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(f"not known: {', '.join(fields)}")
        self.fields = fields


@dataclass(frozen=True, slots=True)
class _Source:
    """Everything one row is read from."""

    case: CaseFacts
    figures: ApplicationFigures
    card_rate_ppm: int | None


def assemble_features(case: CaseFacts, rulebook: Rulebook) -> Row:
    """Return the 28 features in order; only `bureau_score` may be NaN (no usable score).

    Raises:
        MissingFactsError: an input that the form requires is not known.
        NoRuleInForceError: the case lies before the rule book starts.
    """
    return features_from(case, figures_of(case, rulebook), rulebook)


def features_from(case: CaseFacts, figures: ApplicationFigures, rulebook: Rulebook) -> Row:
    """Return the row of a case whose figures are at hand; as `assemble_features` otherwise."""
    missing = missing_facts(case, figures)
    if missing:
        raise MissingFactsError(missing)
    return _row(_source(case, figures, rulebook))


def assemble_known_features(case: CaseFacts, rulebook: Rulebook) -> Row:
    """Return the row with NaN for what is not known: for imported files only.

    The model fills such a gap, names it and calls the case out of range; it is never clear.
    """
    return _row(_source(case, figures_of(case, rulebook), rulebook))


def assemble_many(cases: Iterable[CaseFacts], rulebook: Rulebook) -> list[Row]:
    """Return the rows of many cases: the same function, mapped."""
    return [assemble_features(case, rulebook) for case in cases]


def missing_facts(case: CaseFacts, figures: ApplicationFigures) -> tuple[str, ...]:
    """Return the names of the inputs without which there is no honest row."""
    person = case.applicant
    known = {
        "years_of_experience": person.experience_months,
        "employment_type": person.employment_type,
        "employment_start_date": person.employment_start_date,
        "loan_purpose": case.terms.loan_purpose,
        "estimated_emi": figures.estimated_emi_paise,
    }
    absent = [name for name, value in known.items() if value is None]
    if figures.missing and "estimated_emi" in absent:
        absent.remove("estimated_emi")
    return tuple(dict.fromkeys((*figures.missing, *absent)))


def _source(case: CaseFacts, figures: ApplicationFigures, rulebook: Rulebook) -> _Source:
    code = case.terms.product_code
    product = None if code is None else rulebook.product(code, case.as_of)
    return _Source(case, figures, None if product is None else product.card_rate_ppm)


def _row(source: _Source) -> Row:
    values = {
        **_burden(source),
        **_security(source),
        **_work(source.case),
        **_history(source.case),
        **_purpose(source.case.terms.loan_purpose),
    }
    return tuple(values[name] for name in FEATURE_NAMES)


def _burden(source: _Source) -> dict[str, float]:
    figures, terms = source.figures, source.case.terms
    rate = None if source.card_rate_ppm is None else Decimal(source.card_rate_ppm) / 10_000
    return {
        "debt_to_income_ratio": _number(figures.debt_to_income_ratio),
        "loan_to_income_ratio": _number(figures.loan_to_income_ratio),
        "estimated_emi": _rupees(figures.estimated_emi_paise),
        "monthly_income": _rupees(figures.monthly_income_paise),
        "loan_amount": _rupees(terms.amount_paise),
        "loan_amount_category": _category(terms.amount_paise, AMOUNT_CATEGORY_TOPS_PAISE),
        "loan_tenure_months": _number(terms.tenure_months),
        "tenure_category": _category(terms.tenure_months, TENURE_CATEGORY_TOPS_MONTHS),
        "interest_rate": _number(rate),
        "fixed_obligation_to_income_ratio": _number(figures.fixed_obligation_to_income_ratio),
        "existing_emi": _rupees(figures.existing_emi_paise),
        "net_monthly_surplus": _rupees(figures.net_monthly_surplus_paise),
    }


def _security(source: _Source) -> dict[str, float]:
    ratio, cover = source.figures.loan_to_value_ratio, source.figures.collateral_cover
    unsecured = ratio is None
    return {
        "loan_to_value_ratio": UNSECURED_LOAN_TO_VALUE
        if ratio is None
        else min(float(ratio), UNSECURED_LOAN_TO_VALUE),
        "collateral_cover": 0.0
        if unsecured or cover is None
        else min(max(float(cover), 0.0), LARGEST_COVER),
        "has_guarantor": float(source.case.guarantors > 0),
    }


def _work(case: CaseFacts) -> dict[str, float]:
    person = case.applicant
    months = person.experience_months
    kind = person.employment_type
    return {
        "years_of_experience": math.nan if months is None else months / 12,
        "months_with_employer": _months_since(person.employment_start_date, case.as_of),
        "employment_self_employed": _flag(kind, kind is EmploymentType.SELF_EMPLOYED),
        "employment_business": _flag(kind, kind is EmploymentType.BUSINESS),
    }


def _history(case: CaseFacts) -> dict[str, float]:
    bureau, own = case.bureau, case.own_record
    scored = bureau.score is not None and bureau.score_state in (None, BureauScoreState.SCORED)
    kept = sum(_is_running_debt(due) for due in case.obligations)
    closed = sum(
        due.closed_by_this_loan and due.obligation_type not in FIXED_COSTS
        for due in case.obligations
    )
    reported = (bureau.active_loans or 0) - closed
    since = case.applicant.customer_since
    return {
        "bureau_score": float(bureau.score) if scored and bureau.score else math.nan,
        "bureau_score_missing": float(not scored),
        "active_loan_count": float(max(own.active_loans + kept, reported)),
        "prior_late_payments": float(max(own.late_payments, bureau.late_payments or 0)),
        "months_as_customer": 0.0 if since is None else _months_since(since, case.as_of),
    }


def _purpose(purpose: LoanPurpose | None) -> dict[str, float]:
    return {
        "purpose_home": _flag(purpose, purpose in HOME_PURPOSES),
        "purpose_vehicle": _flag(purpose, purpose is LoanPurpose.VEHICLE_PURCHASE),
        "purpose_education": _flag(purpose, purpose is LoanPurpose.EDUCATION),
        "purpose_business": _flag(purpose, purpose is LoanPurpose.BUSINESS_EXPANSION),
    }


def _is_running_debt(due: ObligationFacts) -> bool:
    return not due.closed_by_this_loan and due.obligation_type not in FIXED_COSTS


def _number(value: Decimal | int | None) -> float:
    return math.nan if value is None else float(value)


def _rupees(paise: int | None) -> float:
    return math.nan if paise is None else paise / 100


def _flag(known: object | None, holds: bool) -> float:  # noqa: FBT001  # the flag is the value
    return math.nan if known is None else float(holds)


def _category(value: int | None, tops: tuple[int, ...]) -> float:
    return math.nan if value is None else float(sum(value > top for top in tops))


def _months_since(start: date | None, day: date) -> float:
    """Return whole months from `start` to `day`, never below 0; NaN when unknown."""
    if start is None:
        return math.nan
    months = (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)
    return float(max(months, 0))
