"""Money as text: groups, signs, words, per cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import money
from tests.rules.lending_vectors import check, vectors_of

AMOUNTS = st.integers(min_value=-(10**15), max_value=10**15)


@vectors_of("rupee_format")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(AMOUNTS)
def test_printed_amounts_read_back_to_the_same_paise(amount_paise: int) -> None:
    for printed in (
        money.rupees(amount_paise),
        money.rupees_shown(amount_paise),
        money.rupees_ascii(amount_paise),
        money.rupees_text(amount_paise),
    ):
        assert money.parse_money(printed) == amount_paise


@given(st.integers(min_value=0, max_value=10**15))
def test_groups_are_lakh_and_crore(amount_paise: int) -> None:
    whole = money.rupees(amount_paise).removeprefix("₹").split(".")[0].split(",")
    assert all(len(group) == 2 for group in whole[1:-1])
    assert len(whole) == 1 or (len(whole[-1]) == 3 and len(whole[0]) in {1, 2})


@pytest.mark.parametrize(
    ("amount_paise", "text"),
    [
        (0, "₹0"),
        (99_999_99, "₹99,999.99"),
        (1_00_000_00, "₹1 L"),
        (12_34_567_00, "₹12.35 L"),
        (-12_34_567_00, "-₹12.35 L"),
        (99_99_999_00, "₹1 Cr"),
        (3_20_00_000_00, "₹3.2 Cr"),
        (67_62_34_00_000_00, "₹6,762.34 Cr"),
    ],
)
def test_compact_amounts(amount_paise: int, text: str) -> None:
    assert money.rupees_compact(amount_paise) == text


@pytest.mark.parametrize(
    ("amount_paise", "words"),
    [
        (0, "Zero rupees"),
        (1_00, "One rupee"),
        (1, "Zero rupees and one paisa"),
        (-19_00, "Minus nineteen rupees"),
        (42_05, "Forty-two rupees and five paise"),
        (1_05_10_030_00, "One crore five lakh ten thousand thirty rupees"),
        (1_23_456_00, "One lakh twenty-three thousand four hundred fifty-six rupees"),
        (10**15, "Ten lakh crore rupees"),
    ],
)
def test_amounts_in_words(amount_paise: int, words: str) -> None:
    assert money.amount_in_words(amount_paise) == words


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_percent_text_reads_back(rate_ppm: int) -> None:
    assert money.ppm_of_percent(Decimal(money.percent_text(rate_ppm))) == rate_ppm


def test_percent_forms() -> None:
    assert money.percent_text(122_500) == "12.25"
    assert money.percent_text(-5_000) == "-0.50"
    assert money.percent_shown(500_000) == "50 %"
    assert money.ratio_shown(Decimal("55.951")) == "55.95 %"
    assert money.number_shown(Decimal("16.665")) == "16.67"
    assert money.number_shown(Decimal(100)) == "100"


def test_a_share_is_rounded_half_up() -> None:
    assert money.share_of(5, 500_000) == 3
    assert money.share_of(-5, 500_000) == -3


def test_a_half_goes_up() -> None:
    assert money.rupees_compact(1_00_500_00) == "₹1.01 L"
    assert money.ratio_shown(Decimal("0.125")) == "0.13 %"
    assert money.amount_in_words(20_00) == "Twenty rupees"
