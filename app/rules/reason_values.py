"""How a feature's own value stands in a reason, and when it may stand in one at all.

Source: words.json ``reject_reason`` and ``favourable_reason`` ({value} arrives formatted);
machine-learning.md section 3 (units, and what a filled-in value means).
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from app.rules.day_count import add_months
from app.rules.money import (
    PAISE_PER_RUPEE,
    number_shown,
    ratio_shown,
    round_half_up,
    rupees_shown,
)


def _money(value: Decimal) -> str:
    return rupees_shown(round_half_up(value * PAISE_PER_RUPEE))


def _whole(value: Decimal) -> str:
    return str(round_half_up(value))


_SHOWN: Mapping[str, Callable[[Decimal], str]] = {
    "debt_to_income_ratio": ratio_shown,
    "fixed_obligation_to_income_ratio": ratio_shown,
    "loan_to_income_ratio": number_shown,
    "loan_amount": _money,
    "estimated_emi": _money,
    "existing_emi": _money,
    "net_monthly_surplus": _money,
    "monthly_income": _money,
    "years_of_experience": number_shown,
    "months_with_employer": _whole,
    "loan_to_value_ratio": ratio_shown,
    "collateral_cover": number_shown,
    "has_guarantor": _whole,
    "loan_tenure_months": _whole,
    "interest_rate": ratio_shown,
    "bureau_score": _whole,
    "prior_late_payments": _whole,
    "active_loan_count": _whole,
    "months_as_customer": _whole,
}
# An adverse sentence about a count of nothing would read oddly, and be untrue as a cause.
_ADVERSE_ABOVE_ZERO = frozenset({"existing_emi", "prior_late_payments", "active_loan_count"})


def value_shown(feature: str, value: float) -> str | None:
    """The value as a sentence prints it, None for features that never become a reason.

    >>> value_shown("loan_amount", 1000000.0), value_shown("purpose_home", 1.0)
    ('₹10,00,000', None)
    """
    shown = _SHOWN.get(feature)
    return None if shown is None else shown(Decimal(repr(float(value))))


def year_since(months: float, on: date) -> str:
    """The year in which something began so many months ago.

    >>> year_since(60.0, date(2026, 9, 30))
    '2021'
    """
    return str(add_months(on, -round_half_up(Decimal(repr(float(months))))).year)


def may_be_adverse(feature: str, values: Mapping[str, float]) -> bool:
    """Whether the feature's value can be told as something against the applicant."""
    value = values[feature]
    if feature in _ADVERSE_ABOVE_ZERO:
        return value > 0
    if feature == "has_guarantor":
        return value == 0
    return feature != "bureau_score" or not values.get("bureau_score_missing")


def may_be_favourable(feature: str, values: Mapping[str, float]) -> bool:
    """Whether the feature's value can be told as something in the applicant's favour."""
    value = values[feature]
    if feature in {"has_guarantor", "collateral_cover", "net_monthly_surplus"}:
        return value > 0
    if feature == "prior_late_payments":
        return False  # the sentence counts payments on time, which the feature does not
    return feature != "bureau_score" or not values.get("bureau_score_missing")


def is_unsecured(feature: str, values: Mapping[str, float]) -> bool:
    """Whether a security feature only says that there is none (cover 0, value ratio filled in)."""
    return feature in {"collateral_cover", "loan_to_value_ratio"} and not values.get(
        "collateral_cover", 0
    )
