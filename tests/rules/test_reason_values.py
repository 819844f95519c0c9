"""How a feature's value stands in a reason."""

from datetime import date

import pytest

from app.rules.reason_values import (
    is_unsecured,
    may_be_adverse,
    may_be_favourable,
    value_shown,
    year_since,
)
from ml.features import FEATURE_NAMES
from tests.rules.lending_vectors import load

WORDS = load("words.json")["lists"]


@pytest.mark.parametrize(
    ("feature", "value", "text"),
    [
        ("debt_to_income_ratio", 52.61833333333333, "52.62 %"),
        ("loan_to_income_ratio", 1.3888888888888888, "1.39"),
        ("net_monthly_surplus", -1500.5, "-₹1,500.50"),
        ("bureau_score", 712.0, "712"),
        ("months_as_customer", 0.0, "0"),
        ("bureau_score_missing", 1.0, None),
    ],
)
def test_values_are_printed_in_their_unit(feature: str, value: float, text: str | None) -> None:
    assert value_shown(feature, value) == text


def test_every_feature_with_a_sentence_is_one_of_the_28_and_has_a_form() -> None:
    for name in ("reject_reason", "favourable_reason"):
        for word in WORDS[name]["words"]:
            if "feature" in word:
                assert word["feature"] in FEATURE_NAMES
                assert value_shown(word["feature"], 1.0) is not None


def test_odd_sentences_are_not_told() -> None:
    values = {
        "has_guarantor": 0.0, "prior_late_payments": 0.0, "bureau_score": 650.0,
        "bureau_score_missing": 1.0, "collateral_cover": 0.0, "loan_to_value_ratio": 150.0,
        "monthly_income": 1.0, "net_monthly_surplus": -1.0,
    }  # fmt: skip
    adverse = {name for name in values if may_be_adverse(name, values)}
    assert adverse == set(values) - {"prior_late_payments", "bureau_score"}
    favourable = {name for name in values if may_be_favourable(name, values)}
    assert favourable == {"bureau_score_missing", "loan_to_value_ratio", "monthly_income"}
    assert {name for name in values if is_unsecured(name, values)} == {
        "collateral_cover", "loan_to_value_ratio",
    }  # fmt: skip
    better = {**values, "has_guarantor": 1.0, "bureau_score_missing": 0.0, "collateral_cover": 1.2}
    assert not may_be_adverse("has_guarantor", better)
    assert may_be_adverse("bureau_score", better)
    assert may_be_favourable("bureau_score", better)
    assert not is_unsecured("collateral_cover", better)


def test_a_year_counts_back_from_the_day_of_the_case() -> None:
    assert year_since(65.0, date(2026, 9, 30)) == "2021"


def test_the_smallest_figure_is_one_and_no_figure_is_no_security() -> None:
    assert may_be_adverse("existing_emi", {"existing_emi": 0.5})
    assert may_be_favourable("collateral_cover", {"collateral_cover": 0.5})
    assert is_unsecured("loan_to_value_ratio", {})
