"""The families of a portfolio refuse what does not fit, by the name of the field."""

from typing import Any

import pytest

from tests.rules.lending_vectors import RULEBOOK, TODAY, VECTORS, calculate

BASE: dict[str, dict[str, Any]] = {}
for _vector in VECTORS:
    BASE.setdefault(_vector["family"], _vector["input"])


def _refusal(family: str, **changed: object) -> dict[str, Any]:
    answer = calculate(family, {**BASE[family], **changed}, RULEBOOK, TODAY)
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize(
    ("family", "field", "value"),
    [
        ("ecl_twelve_month", "pd", "1.01"),
        ("ecl_twelve_month", "pd", "NaN"),
        ("ecl_twelve_month", "lgd", "-0.1"),
        ("ecl_twelve_month", "ead", "-1.00"),
        ("ecl_lifetime", "marginal_pds", []),
        ("ecl_lifetime", "marginal_pds", ["0.5", "0.5", "0.5"]),
        ("ecl_lifetime", "marginal_pds", ["0.5", "NaN", "0"]),
        ("ecl_lifetime", "year_eads", ["1.00"]),
        ("ecl_lifetime", "discount_rate", "-1"),
        ("ecl_floor", "stage", 4),
        ("ecl_floor", "segment", "SHIPS"),
        ("ecl_floor", "ead", "-1"),
        ("ecl_floor", "model_ecl", "-1"),
        ("ecl_stage", "days_past_due", [-1]),
        ("ecl_stage", "days_past_due", [1.5]),
        ("ecl_stage", "days_past_due", 30),
        ("stress_applicant", "income_shock_percent", "-100"),
        ("stress_applicant", "monthly_income", "0"),
        ("stress_applicant", "monthly_income", None),
        ("stress_applicant", "existing_emis", "-1"),
        ("stress_portfolio", "pd_multiplier", "-1"),
        ("stress_portfolio", "pd", "2"),
        ("vintage", "loans", 0),
        ("vintage", "first_90_plus_months", [1] * 51),
        ("vintage", "first_90_plus_months", [-1]),
        ("vintage", "months_on_book", ["soon"]),
        ("roll_rates", "opening_balance", "0.00"),
        ("roll_rates", "moves", []),
        ("roll_rates", "moves", [{"bucket": "CURRENT", "balance": "199.99"}]),
        ("roll_rates", "moves", [{"bucket": "CURRENT", "balance": "100.00"}] * 2),
        ("late_streak", "instalments", ["LATE", "NEVER"]),
        ("late_streak", "instalments", [None]),
        ("concentration", "exposures", []),
        ("concentration", "exposures", ["0.00"]),
        ("concentration", "exposures", ["5.00", "-1.00"]),
        ("population_stability", "expected_shares", ["0.5", "0.4"]),
        ("population_stability", "actual_shares", ["NaN", "0.2", "0.2", "0.2", "0.2"]),
        ("population_stability", "actual_shares", ["1"]),
        ("model_statistics", "outcomes", []),
        ("model_statistics", "outcomes", [1] * 8),
        ("model_statistics", "risk_probabilities", ["0.5"]),
        ("model_statistics", "risk_probabilities", ["2"] * 8),
        ("approval_fairness", "a_total", 0),
        ("approval_fairness", "a_approved", 101),
        ("approval_fairness", "b_approved", -1),
        ("equal_opportunity", "b_repaid", 0),
        ("equal_opportunity", "a_approved", 201),
    ],
)
def test_a_misfit_is_refused_with_its_field(family: str, field: str, value: object) -> None:
    answer = _refusal(family, **{field: value})
    assert (answer["refused"], answer["field"]) == (True, field)
    assert answer["message"]


def test_a_third_stage_asks_for_the_npa_date_and_goes_by_its_years() -> None:
    assert _refusal("ecl_floor", stage=3)["field"] == "npa_since"
    found = _refusal("ecl_floor", stage=3, npa_since="2027-03-31", rule_date="2028-03-31")
    assert found == {"floor": "500000.00", "booked": "500000.00"}


def test_a_floor_before_its_day_is_refused() -> None:
    answer = _refusal("ecl_floor", rule_date="2027-03-31")
    assert answer["refused"]
    assert "in force on 31 Mar 2027" in answer["message"]


def test_a_streak_that_is_over_warns_no_more() -> None:
    states = ["LATE", "UNPAID_PAST_DUE", "LATE", "ON_TIME", "NOT_DUE"]
    found = _refusal("late_streak", instalments=states)
    assert found == {"warning": False, "raised_at": None}
