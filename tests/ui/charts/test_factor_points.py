from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.ui.charts.factor_points import (
    FactorPoints,
    ScoreParts,
    direction_tone,
    direction_words,
    points_words,
    table_text,
)


@given(st.integers(300, 850), st.lists(st.integers(-200, 200), max_size=8))
def test_levels_run_from_start_to_score(start, points):
    rows = tuple(FactorPoints(str(i), f"group {i}", p) for i, p in enumerate(points))
    parts = ScoreParts(start, start + sum(points), rows)
    levels = parts.levels()
    assert len(levels) == len(points)
    if levels:
        assert levels[0][0] == start
        assert levels[-1][1] == parts.score
        assert all(a[1] == b[0] for a, b in pairwise(levels))


def test_points_that_lower_the_score_wear_the_colour_of_raised_risk():
    assert direction_tone(-3) == "raises"
    assert direction_tone(3) == "lowers"
    assert direction_tone(0) == "muted"
    assert direction_words(-3) == "lowered"
    assert points_words(7) == "+7"


def test_the_text_twin_has_every_number():
    parts = ScoreParts(
        648, 612, (FactorPoints("B", "Loan size", -75), FactorPoints("W", "Work", 39))
    )
    assert table_text(parts).splitlines() == [
        "Starting point\t648",
        "Loan size\tlowered\t-75",
        "Work\traised\t+39",
        "Internal score\t612",
    ]
