"""Fractions are rounded once, half away from zero, and meet a row without division."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.exact_fractions import holds_exactly, percent_of_whole, rounded
from app.rules.rulebook import RuleRow, WrongRuleUnitError

LINE = RuleRow("1", "line", "ALL", 800_000, "millionths", "less_than", date(2020, 1, 1), None)


@given(st.fractions(), st.integers(min_value=0, max_value=8))
def test_rounding_is_off_by_half_a_unit_at_most_and_odd(value: Fraction, places: int) -> None:
    found = rounded(value, places)
    assert abs(Fraction(found) - value) <= Fraction(1, 2 * 10**places)
    assert rounded(-value, places) == found.copy_negate()
    assert -found.as_tuple().exponent == places


def test_a_half_goes_away_from_zero_and_long_numbers_keep_every_digit() -> None:
    assert str(rounded(Fraction(5, 1000), 2)) == "0.01"
    assert str(rounded(Fraction(-5, 1000), 2)) == "-0.01"
    assert str(rounded(Fraction(10**60, 3), 2)) == "3" * 60 + ".33"
    assert percent_of_whole(1, 8) == Fraction(25, 2)


def test_a_fraction_on_the_line_is_told_from_one_beside_it() -> None:
    assert not holds_exactly(LINE, Fraction(4, 5))
    assert holds_exactly(LINE, Fraction(4 * 10**40 - 1, 5 * 10**40))


def test_no_limit_holds_and_a_row_that_does_not_compare_is_refused() -> None:
    assert holds_exactly(replace(LINE, value=None), Fraction(9))
    for value, compare in ((True, "at_most"), ("0.8", "at_most"), (5, None)):
        with pytest.raises(WrongRuleUnitError):
            holds_exactly(replace(LINE, value=value, compare=compare), Fraction(1))
