"""The contract: 28 names in order, lawful, with units, ranges, signs and groups."""

import pytest

from ml.features import (
    FEATURE_COUNT,
    FEATURE_NAMES,
    FEATURES,
    GROUPS,
    SIGNS,
    forbidden_names,
    position,
)


def test_there_are_28_distinct_names_in_the_documented_order() -> None:
    assert FEATURE_COUNT == len(set(FEATURE_NAMES)) == 28
    assert FEATURE_NAMES[0] == "debt_to_income_ratio"
    assert FEATURE_NAMES[15] == "bureau_score"
    assert FEATURE_NAMES[27] == "purpose_business"
    assert position("collateral_cover") == 14


def test_no_feature_is_protected_or_a_proxy() -> None:
    assert forbidden_names(FEATURE_NAMES) == ()


@pytest.mark.parametrize("name", ["gender", "home_state", "age_group", "pin_code", "Religion"])
def test_forbidden_words_are_found(name: str) -> None:
    assert forbidden_names((name,)) == (name,)


def test_groups_ranges_and_signs_are_whole() -> None:
    assert {feature.group for feature in FEATURES} == set(GROUPS)
    assert all(feature.low < feature.high and feature.unit for feature in FEATURES)
    assert set(SIGNS) == {-1, 0, 1}
    flagged = [feature.name for feature in FEATURES if feature.missing_flag]
    assert flagged == ["bureau_score"]
