"""The draw is the same for everybody and grows with the shock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.income_loss_draw import who_loses_income
from app.rules.measure_inputs import MeasureInputError

KEYS = st.sets(st.text(max_size=8), max_size=30)
SHARES = st.integers(0, 1_000_000)


@given(KEYS, SHARES, st.integers(0, 99), st.randoms(use_true_random=False))
def test_the_order_of_the_book_does_not_matter(keys, share, state, random) -> None:
    shuffled = list(keys)
    random.shuffle(shuffled)
    found = who_loses_income(sorted(keys), share, state)
    assert found == who_loses_income([*shuffled, *shuffled], share, state)
    assert found <= keys
    assert abs(len(found) * 1_000_000 - len(keys) * share) <= 500_000


@given(KEYS, SHARES, SHARES)
def test_a_larger_shock_hits_all_of_a_smaller_one(keys, one, other) -> None:
    smaller, larger = sorted((one, other))
    assert who_loses_income(keys, smaller, 42) <= who_loses_income(keys, larger, 42)


def test_the_random_state_decides_who() -> None:
    keys = [f"C{number:03d}" for number in range(100)]
    drawn = who_loses_income(keys, 50_000, 42)
    assert len(drawn) == 5
    assert drawn == who_loses_income(keys, 50_000, 42)
    assert drawn != who_loses_income(keys, 50_000, 43)
    assert who_loses_income(keys, 1_000_000, 42) == set(keys)
    assert who_loses_income([], 50_000, 42) == frozenset()


@pytest.mark.parametrize("share", [-1, 1_000_001])
def test_a_share_beyond_nobody_and_all_is_refused(share: int) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        who_loses_income(["A"], share, 42)
    assert refusal.value.field == "unemployment_points"
