"""Roll rates: every row adds up to exactly 100, and buckets begin where classes do."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.asset_classification import class_by_days
from app.rules.measure_inputs import MeasureInputError
from app.rules.roll_rates import (
    CLOSED,
    CURRENT,
    WRITTEN_OFF,
    Move,
    bucket_names,
    bucket_of,
    roll_matrix,
    roll_row,
)
from app.rules.rulebook import Rulebook
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

NAMES = bucket_names(RULEBOOK, TODAY)
MOVES = st.lists(
    st.builds(Move, st.sampled_from(NAMES[:-2]), st.sampled_from(NAMES), st.integers(0, 10**12))
)


@vectors_of("roll_rates")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(MOVES)
def test_each_row_adds_up_to_exactly_100(moves: list[Move]) -> None:
    matrix = roll_matrix(moves)
    assert {move.opened_in for move in moves if move.balance_paise} == set(matrix)
    for row in matrix.values():
        assert sum(row.values()) == 100
        assert all(0 <= rate <= 100 for rate in row.values())


def test_a_matrix_adds_up_the_moves_of_a_bucket() -> None:
    moves = [
        Move(CURRENT, CURRENT, 1),
        Move(CURRENT, "1-30", 1),
        Move(CURRENT, CURRENT, 1),
        Move("1-30", WRITTEN_OFF, 5),
        Move("31-60", CLOSED, 0),
    ]
    assert roll_matrix(moves) == {
        CURRENT: {CURRENT: Fraction(200, 3), "1-30": Fraction(100, 3)},
        "1-30": {WRITTEN_OFF: Fraction(100)},
    }


def test_the_buckets_are_those_of_the_portfolio_screen() -> None:
    assert NAMES == (CURRENT, "1-30", "31-60", "61-90", "90+", CLOSED, WRITTEN_OFF)
    found = [bucket_of(days, RULEBOOK, TODAY) for days in (0, 1, 30, 31, 60, 61, 90, 91, 4000)]
    assert found == [
        CURRENT, "1-30", "1-30", "31-60", "31-60", "61-90", "61-90", "90+", "90+",
    ]  # fmt: skip


@given(st.integers(0, 400))
def test_a_bucket_changes_with_the_class(days: int) -> None:
    same_bucket = bucket_of(days, RULEBOOK, TODAY) == bucket_of(days + 1, RULEBOOK, TODAY)
    same_class = class_by_days(days, RULEBOOK, TODAY) == class_by_days(days + 1, RULEBOOK, TODAY)
    assert same_bucket == same_class


def test_buckets_follow_their_rows() -> None:
    rows = [
        replace(row, value=16) if (row.code, row.segment) == ("dpd_class_from", "SMA-1") else row
        for row in RULEBOOK.rows
    ]
    assert bucket_names(Rulebook(rows), TODAY)[1:3] == ("1-15", "16-60")


@pytest.mark.parametrize(
    ("opening", "moved", "field"),
    [
        (0, {CURRENT: 0}, "opening_balance"),
        (-1, {CURRENT: -1}, "opening_balance"),
        (5, {}, "moves"),
        (5, {CURRENT: 6, CLOSED: -1}, "moves"),
        (5, {CURRENT: 4}, "moves"),
        (5, {CURRENT: 6}, "moves"),
    ],
)
def test_moves_that_miss_the_opening_are_refused(
    opening: int, moved: dict[str, int], field: str
) -> None:
    with pytest.raises(MeasureInputError) as refusal:
        roll_row(opening, moved)
    assert refusal.value.field == field


def test_a_negative_move_is_refused_in_a_matrix() -> None:
    with pytest.raises(MeasureInputError) as refusal:
        roll_matrix([Move(CURRENT, CURRENT, 2), Move(CURRENT, CLOSED, -1)])
    assert refusal.value.field == "moves"
