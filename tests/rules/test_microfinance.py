"""What all loans of a household may take of its income."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.affordability import IncomeMissingError
from app.rules.microfinance import household_room, repayments_share
from app.rules.rulebook import NoRuleInForceError
from tests.rules.lending_vectors import RULEBOOK, TODAY


def test_half_of_the_income_is_the_most() -> None:
    free = household_room(2_40_000_00, 6_000_00, RULEBOOK, TODAY)
    assert (free.share_percent, free.largest_emi_paise, free.over_already) == (
        Decimal(30), 4_000_00, False,
    )  # fmt: skip
    full = household_room(2_40_000_00, 10_000_00, RULEBOOK, TODAY)
    assert (full.largest_emi_paise, full.over_already) == (0, False)
    over = household_room(2_40_000_00, 10_000_01, RULEBOOK, TODAY)
    assert (over.largest_emi_paise, over.over_already) == (0, True)


def test_the_room_is_whole_paise_cut_off_below_the_line() -> None:
    # Half of 1,00,000 a year over 12 months is 4,166.666...
    assert household_room(1_00_000_00, 0, RULEBOOK, TODAY).largest_emi_paise == 4_166_66


def test_without_income_or_rule_there_is_no_answer() -> None:
    with pytest.raises(IncomeMissingError):
        household_room(0, 100_00, RULEBOOK, TODAY)
    with pytest.raises(NoRuleInForceError):
        household_room(1_00_000_00, 100_00, RULEBOOK, date(2021, 1, 1))


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=0, max_value=10**8))
def test_the_room_is_the_last_paisa_that_still_fits(income: int, paid: int) -> None:
    found = household_room(income, paid, RULEBOOK, TODAY)
    if found.over_already:
        assert found.largest_emi_paise == 0
    else:
        assert repayments_share(paid + found.largest_emi_paise, income) <= 50
        assert repayments_share(paid + found.largest_emi_paise + 1, income) > 50
