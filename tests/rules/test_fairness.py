"""Groups side by side: exactly four fifths passes, whatever floats say."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import fairness
from app.rules.fairness import GroupCounts
from app.rules.measure_inputs import MeasureInputError
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

COUNTS = st.integers(1, 400).flatmap(
    lambda total: st.builds(GroupCounts, st.integers(0, total), st.just(total))
)
GROUPS = st.dictionaries(st.text(max_size=3), COUNTS, min_size=2, max_size=6)


@vectors_of("approval_fairness", "equal_opportunity")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(GROUPS)
def test_ratio_and_gap_lie_between_0_and_1(groups: dict[str, GroupCounts]) -> None:
    found = fairness.compare_groups(groups)
    assert 0 <= found.gap <= 1
    assert found.ratio is None or 0 <= found.ratio <= 1
    assert (found.ratio == 1) == (found.gap == 0 and max(found.rates.values()) > 0)
    turned = dict(reversed(groups.items()))
    assert fairness.compare_groups(turned) == found


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 5))
def test_exactly_four_fifths_passes_and_one_less_fails(large: int, small: int, share: int) -> None:
    groups = {
        "A": GroupCounts(share * large, 5 * large),
        "B": GroupCounts(4 * share * small, 25 * small),
    }
    ratio = fairness.compare_groups(groups).ratio
    assert ratio == Fraction(4, 5)
    assert fairness.passes_four_fifths(ratio, RULEBOOK, TODAY)
    groups["B"] = GroupCounts(4 * share * small - 1, 25 * small)
    assert not fairness.passes_four_fifths(fairness.compare_groups(groups).ratio, RULEBOOK, TODAY)


def test_60_against_75_of_100_passes_where_floats_fail_it() -> None:
    groups = {"A": GroupCounts(75, 100), "B": GroupCounts(60, 100)}
    assert 0.6 / 0.75 < 0.8
    assert fairness.passes_four_fifths(fairness.compare_groups(groups).ratio, RULEBOOK, TODAY)


def test_groups_without_any_approval_are_alike() -> None:
    found = fairness.compare_groups({"A": GroupCounts(0, 9), "B": GroupCounts(0, 4)})
    assert (found.ratio, found.gap) == (None, 0)
    assert fairness.passes_four_fifths(found.ratio, RULEBOOK, TODAY)


def test_small_groups_stay_out_of_the_comparison() -> None:
    groups = {"A": GroupCounts(15, 30), "B": GroupCounts(0, 29), "C": GroupCounts(31, 31)}
    assert fairness.too_few(groups, RULEBOOK, TODAY) == ("B",)
    found = fairness.compare_large_groups(groups, RULEBOOK, TODAY)
    assert found == fairness.compare_groups({"A": groups["A"], "C": groups["C"]})
    del groups["C"]
    assert fairness.compare_large_groups(groups, RULEBOOK, TODAY) is None


@pytest.mark.parametrize(
    ("groups", "field"),
    [
        ({}, "groups"),
        ({"a": GroupCounts(1, 2)}, "groups"),
        ({"a": GroupCounts(1, 2), "b": GroupCounts(0, 0)}, "b_total"),
        ({"a": GroupCounts(3, 2), "b": GroupCounts(0, 1)}, "a_approved"),
        ({"a": GroupCounts(-1, 2), "b": GroupCounts(0, 1)}, "a_approved"),
    ],
)
def test_counts_that_do_not_fit_are_refused(groups, field: str) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        fairness.compare_groups(groups)
    assert refusal.value.field == field
