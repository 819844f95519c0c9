"""The index lies between 1 / n and 1, and its inverse between 1 and n."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.concentration import LargeGroup, concentration, largest_groups
from app.rules.measure_inputs import MeasureInputError
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

EXPOSURES = st.lists(st.integers(0, 10**13), min_size=1, max_size=40).filter(any)


@vectors_of("concentration")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(EXPOSURES)
def test_the_index_lies_between_equal_spread_and_one_name(exposures: list[int]) -> None:
    found = concentration(exposures)
    assert Fraction(1, len(exposures)) <= found.index <= 1
    assert 1 <= found.effective_number <= len(exposures)
    assert found.index_points == 10_000 * found.index


@given(EXPOSURES, st.integers(1, 40))
def test_top_shares_rise_to_all(exposures: list[int], count: int) -> None:
    found = concentration(exposures)
    assert found.top_share(count) <= found.top_share(count + 1)
    assert found.top_share(len(exposures)) == 100
    assert found.top_share(1) == Fraction(100 * max(exposures), sum(exposures))


@given(st.integers(1, 50), st.integers(1, 10**12))
def test_equal_exposures_count_as_many_as_they_are(count: int, exposure: int) -> None:
    assert concentration([exposure] * count).effective_number == count


def test_the_largest_groups_are_as_many_as_the_rule_lists() -> None:
    book = {f"Employer {number:02d}": number for number in range(1, 25)}
    found = largest_groups({**book, "Also 24": 24}, RULEBOOK, TODAY)
    assert len(found) == 20
    total = sum(book.values()) + 24
    assert found[:2] == [
        LargeGroup("Also 24", 24, Fraction(2400, total)),
        LargeGroup("Employer 24", 24, Fraction(2400, total)),
    ]


@pytest.mark.parametrize("exposures", [[], [0, 0], [5, -1]])
def test_nothing_and_less_are_refused(exposures: list[int]) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        concentration(exposures)
    assert refusal.value.field == "exposures"
