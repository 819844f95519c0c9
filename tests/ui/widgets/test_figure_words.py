from decimal import Decimal

import pytest

from app.ui.widgets.figure_words import (
    amount_words,
    percent_words,
    plain_amount,
    raw_amount,
    raw_number,
    signed_points,
)


def test_unknown_is_a_dash_on_screen_and_empty_for_scripts():
    assert percent_words(None) == amount_words(None) == plain_amount(None) == "—"
    assert raw_number(None) == raw_amount(None) == ""


@pytest.mark.parametrize(
    ("value", "shown"), [("55.945", "55.95 %"), ("55.944999", "55.94 %"), ("0", "0.00 %")]
)
def test_ratios_round_half_up_to_two_places(value, shown):
    assert percent_words(Decimal(value)) == shown


def test_amounts_group_in_lakh():
    assert amount_words(2_237_100) == "₹22,371"
    assert plain_amount(10_00_000_00) == "10,00,000"
    assert raw_amount(2_237_100) == "22371.00"


def test_points_carry_their_sign():
    assert [signed_points(p) for p in (31, -4, 0)] == ["+31", "-4", "0"]
