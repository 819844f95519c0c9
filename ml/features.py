"""The feature contract: 28 names, their order, units, ranges, directions and groups.

Values come from one function only, `app/services/steps/assemble_features.py`. A row is a tuple or
an array of 28 floats in this order. Money is rupees, ratios are per cent or years as `unit` says.
Sign +1: the risk never falls when the value rises; -1: it never rises; 0: free.
Groups: B size and burden, S security, W income and work, T terms, H relationship and history,
O other. Protected attributes and their proxies are never among the names (FORBIDDEN_WORDS).
"""

from dataclasses import dataclass
from typing import Final

LARGEST_MONEY: Final = 1e13
SMALLEST_MONEY: Final = 0.01


@dataclass(frozen=True, slots=True)
class Feature:
    """One model input.

    Attributes:
        name: column name, stored in model files and assessments.
        unit: for readers.
        low: smallest value that can be true.
        high: largest value that can be true.
        sign: direction of risk: +1, -1 or 0 (free).
        group: letter of the group whose contributions are summed for people.
        missing_flag: name of the 0/1 feature that says this one is unknown; None = always known.
    """

    name: str
    unit: str
    low: float
    high: float
    sign: int
    group: str
    missing_flag: str | None = None


FEATURES: Final[tuple[Feature, ...]] = (
    Feature("debt_to_income_ratio", "%", 0.0, 500.0, 1, "B"),
    Feature("loan_to_income_ratio", "years", 0.0, 50.0, 1, "B"),
    Feature("estimated_emi", "rupees a month", 0.0, LARGEST_MONEY, 1, "B"),
    Feature("monthly_income", "rupees a month", SMALLEST_MONEY, LARGEST_MONEY, -1, "W"),
    Feature("loan_amount", "rupees", SMALLEST_MONEY, LARGEST_MONEY, 1, "B"),
    Feature("loan_amount_category", "0-3", 0.0, 3.0, 1, "B"),
    Feature("loan_tenure_months", "months", 1.0, 360.0, 0, "T"),
    Feature("tenure_category", "0-3", 0.0, 3.0, 0, "T"),
    Feature("interest_rate", "% a year", 0.0, 60.0, 1, "T"),
    Feature("years_of_experience", "years", 0.0, 60.0, -1, "W"),
    Feature("fixed_obligation_to_income_ratio", "%", 0.0, 500.0, 1, "B"),
    Feature("existing_emi", "rupees a month", 0.0, LARGEST_MONEY, 1, "B"),
    Feature("net_monthly_surplus", "rupees a month", -LARGEST_MONEY, LARGEST_MONEY, -1, "B"),
    Feature("loan_to_value_ratio", "%", 0.0, 150.0, 1, "S"),
    Feature("collateral_cover", "times", 0.0, 3.0, -1, "S"),
    Feature("bureau_score", "points", 300.0, 900.0, -1, "H", "bureau_score_missing"),
    Feature("bureau_score_missing", "0/1", 0.0, 1.0, 0, "H"),
    Feature("active_loan_count", "loans", 0.0, 50.0, 1, "H"),
    Feature("prior_late_payments", "instalments", 0.0, 100.0, 1, "H"),
    Feature("months_as_customer", "months", 0.0, 720.0, -1, "H"),
    Feature("months_with_employer", "months", 0.0, 720.0, -1, "W"),
    Feature("has_guarantor", "0/1", 0.0, 1.0, -1, "S"),
    Feature("employment_self_employed", "0/1", 0.0, 1.0, 0, "W"),
    Feature("employment_business", "0/1", 0.0, 1.0, 0, "W"),
    Feature("purpose_home", "0/1", 0.0, 1.0, 0, "O"),
    Feature("purpose_vehicle", "0/1", 0.0, 1.0, 0, "O"),
    Feature("purpose_education", "0/1", 0.0, 1.0, 0, "O"),
    Feature("purpose_business", "0/1", 0.0, 1.0, 0, "O"),
)

FEATURE_NAMES: Final[tuple[str, ...]] = tuple(feature.name for feature in FEATURES)
FEATURE_COUNT: Final = len(FEATURES)
GROUPS: Final = ("B", "S", "W", "T", "H", "O")
SIGNS: Final[tuple[int, ...]] = tuple(feature.sign for feature in FEATURES)

# Words that may not be part of a feature's name: protected attributes and their usual proxies.
FORBIDDEN_WORDS: Final[frozenset[str]] = frozenset(
    {
        *("sex", "gender", "religion", "caste", "tribe", "race", "ethnicity", "nationality"),
        *("birth", "birthplace", "born", "age", "dob", "language", "marital", "married"),
        *("spouse", "children", "pregnant", "disability", "political", "union", "community"),
        *("name", "surname", "photo", "face", "address", "place", "village", "city", "district"),
        *("region", "state", "foreign", "pincode", "pin", "zip", "postcode", "latitude"),
        *("longitude", "gps", "device", "browser", "phone", "email", "domain"),
    }
)


def position(name: str) -> int:
    """Return where a feature stands in a row.

    >>> position("loan_amount")
    4
    """
    return FEATURE_NAMES.index(name)


def forbidden_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that contain a protected word.

    >>> forbidden_names(("loan_amount", "gender", "home_state"))
    ('gender', 'home_state')
    """
    return tuple(name for name in names if FORBIDDEN_WORDS & set(name.lower().split("_")))
