"""Shown points add up exactly to the shown score."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.rules.score_points import shown_points

POINTS = st.floats(min_value=-550, max_value=550, allow_nan=False)


@given(st.floats(min_value=300, max_value=850), st.lists(POINTS, max_size=28))
def test_start_and_parts_add_up_and_none_moves_by_a_whole_point(
    start: float, parts: list[float]
) -> None:
    found = shown_points(start, parts)
    assert found.start + sum(found.parts) == found.score
    for shown, exact in zip((found.start, *found.parts), (start, *parts), strict=True):
        assert abs(shown - exact) < 1


def test_whole_points_stay_as_they_are() -> None:
    found = shown_points(Decimal(648), [Decimal(-75), Decimal(31), Decimal(-4), Decimal(12)])
    assert (found.start, found.parts, found.score) == (648, (-75, 31, -4, 12), 612)


def test_a_decimal_is_read_to_its_last_digit() -> None:
    assert shown_points(Decimal("0.4999999999999999999999"), []).score == 0
