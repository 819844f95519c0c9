from hypothesis import given
from hypothesis import strategies as st

from app.services.steps.axis_scale import scale_to


@given(st.floats(min_value=0.001, max_value=1e9))
def test_the_top_holds_the_value_and_grid_lines_stay_few(highest):
    scale = scale_to(highest)
    assert scale.top >= highest * 0.999999
    assert scale.top <= highest * 2.6
    assert 3 <= len(scale.steps) <= 6
    assert scale.steps[0] == 0


def test_numbers_at_the_axis_are_round():
    assert scale_to(4.2).words == ("0", "1", "2", "3", "4", "5")
    assert scale_to(13.1).words == ("0", "5", "10", "15")
    assert scale_to(100).words == ("0", "20", "40", "60", "80", "100")
    assert scale_to(0).words[-1] == "1"
