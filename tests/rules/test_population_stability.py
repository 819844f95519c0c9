"""The index is 0 for equal shares, never below, and blind to the order of the bins."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import population_stability as stability
from app.rules.measure_inputs import MeasureInputError
from db.vocabulary.operations import PsiStatus
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

BINS = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=1, max_size=12)
FILLED = BINS.filter(lambda bins: all(sum(side) for side in zip(*bins, strict=True)))


def _index(bins: list[tuple[int, int]]) -> Decimal:
    expected, actual = zip(*bins, strict=True)
    return stability.stability_of_counts(expected, actual, RULEBOOK, TODAY).index


@vectors_of("population_stability")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(FILLED)
def test_it_is_never_below_0_and_0_for_equal_shares(bins: list[tuple[int, int]]) -> None:
    assert _index(bins) >= 0
    assert _index([(expected, 3 * expected) for expected, _ in bins]) == 0
    assert _index([(expected, expected) for expected, _ in bins]) == 0


@given(FILLED, st.randoms(use_true_random=False))
def test_the_order_of_the_bins_leaves_no_trace(bins: list[tuple[int, int]], random) -> None:
    shuffled = list(bins)
    random.shuffle(shuffled)
    assert _index(shuffled) == _index(bins)


@given(FILLED)
def test_it_is_the_same_seen_from_either_side(bins: list[tuple[int, int]]) -> None:
    assert abs(_index([pair[::-1] for pair in bins]) - _index(bins)) < Decimal("1e-20")


def test_an_empty_bin_takes_its_small_share_and_all_are_rescaled() -> None:
    half = [Decimal("0.5")] * 2
    found = stability.stability_index(half, [Decimal(1), Decimal(0)], RULEBOOK, TODAY)
    full, least = Decimal(1) / Decimal("1.0001"), Decimal("0.0001") / Decimal("1.0001")
    wanted = (full - half[0]) * (2 * full).ln() + (least - half[0]) * (2 * least).ln()
    assert abs(found - wanted) < Decimal("1e-24")
    assert stability.stability_index([*half, Decimal(0)], [*half, Decimal(0)], RULEBOOK, TODAY) == 0


@pytest.mark.parametrize(
    ("index", "status"),
    [
        ("0.099999", PsiStatus.STABLE),
        ("0.1", PsiStatus.WATCH),
        ("0.25", PsiStatus.WATCH),
        ("0.25000001", PsiStatus.SHIFTED),
    ],
)
def test_the_bands_begin_where_their_rows_say(index: str, status: PsiStatus) -> None:
    assert stability.status_of(Decimal(index), RULEBOOK, TODAY) is status


def test_few_rows_have_an_index_but_no_band() -> None:
    few = stability.stability_of_counts([100, 100], [150, 49], RULEBOOK, TODAY)
    assert (few.rows, few.status) == (199, PsiStatus.TOO_FEW)
    assert few.index > 0
    enough = stability.stability_of_counts([100, 100], [150, 50], RULEBOOK, TODAY)
    assert (enough.rows, enough.status) == (200, PsiStatus.SHIFTED)


@pytest.mark.parametrize(
    ("expected", "actual", "field"),
    [
        (["0.5", "0.4"], ["0.5", "0.5"], "expected_shares"),
        (["0.5", "0.5"], ["0.5", "0.6"], "actual_shares"),
        (["1.5", "-0.5"], ["0.5", "0.5"], "expected_shares"),
        (["0.5", "0.5"], ["NaN", "0.5"], "actual_shares"),
        ([], [], "expected_shares"),
        (["1"], ["0.5", "0.5"], "actual_shares"),
    ],
)
def test_shares_that_do_not_fit_are_refused(expected, actual, field: str) -> None:
    shares = [[Decimal(each) for each in side] for side in (expected, actual)]
    with pytest.raises(MeasureInputError) as refusal:
        stability.stability_index(*shares, RULEBOOK, TODAY)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("expected", "actual", "field"),
    [
        ([], [1], "expected_counts"),
        ([1], [0], "actual_counts"),
        ([2, -1], [1, 1], "expected_counts"),
        ([1, 1], [1], "actual_counts"),
    ],
)
def test_counts_that_do_not_fit_are_refused(expected, actual, field: str) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        stability.stability_of_counts(expected, actual, RULEBOOK, TODAY)
    assert refusal.value.field == field
