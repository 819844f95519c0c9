"""Typed money: everything people write, and refusals with a sentence."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.money import rupees_shown
from app.rules.money_entry import MoneyTextError, parse_money


@pytest.mark.parametrize(
    ("text", "paise"),
    [
        ("350000", 350000_00),
        ("3,50,000", 350000_00),
        ("350,000", 350000_00),
        ("12,345,678.50", 12345678_50),
        ("3.5L", 350000_00),
        ("3.5 lakh", 350000_00),
        ("2 lacs", 200000_00),
        ("1.2cr", 12000000_00),
        ("45k", 45000_00),
        ("₹ 1,00,000/-", 100000_00),
        ("Rs. 500", 500_00),
        ("INR 500.555", 500_56),
        ("45000*12", 540000_00),
        ("45000 \N{MULTIPLICATION SIGN} 12", 540000_00),
        ("(1L + 20000) / 2 - 500", 59500_00),
        ("\N{ZERO WIDTH SPACE}5\N{NO-BREAK SPACE}000", 5000_00),
        ("१२३", 123_00),
        ("-5", -5_00),
        (".5", 50),
        ("1,2,3", 123_00),
        ("2*-3", -6_00),
        (".125", 13),
        ("\N{MINUS SIGN}5", -5_00),
        ("٣५", 35_00),
        ("5".rjust(100, "0"), 5_00),
    ],
)
def test_reads_what_people_type(text: str, paise: int) -> None:
    assert parse_money(text) == paise


@pytest.mark.parametrize(
    "text",
    ["", "  ", "abc", "12 apples", "1..2", "5+", "(5", "5)", "5/0", "()", "1e5", "__import__", "*5",
     "9" * 40, "5" + "0" * 200, "3.5 lakh lakh", "+5"],
)  # fmt: skip
def test_refuses_with_a_sentence(text: str) -> None:
    with pytest.raises(MoneyTextError) as refused:
        parse_money(text)
    sentence = str(refused.value)
    assert sentence
    assert not any(word in sentence.lower() for word in ("invalid", "required", "please", "sorry"))


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    with suppress(MoneyTextError):
        assert isinstance(parse_money(text), int)


def test_a_sum_that_breaks_off_is_repeated_in_the_refusal() -> None:
    for text in ("2*", "2*-", "5+", "-", "2/"):
        with pytest.raises(MoneyTextError) as refused:
            parse_money(text)
        assert f"“{text}”" in str(refused.value)


PAISE = st.integers(min_value=0, max_value=10**13)
BLANKS = st.sampled_from(["", " ", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}"])


@given(PAISE, BLANKS, st.sampled_from(["", "₹", "Rs. ", "INR "]))
def test_every_amount_reads_back_as_it_is_shown(paise: int, blank: str, sign: str) -> None:
    shown = rupees_shown(paise).removeprefix("₹")
    assert parse_money(f"{blank}{sign}{blank}{shown}{blank}") == paise
    rupees, rest = divmod(paise, 100)
    for grouped in (f"{rupees}.{rest:02d}", f"{rupees:,}.{rest:02d}"):
        assert parse_money(sign + grouped) == paise


@given(st.integers(0, 10**5), st.integers(0, 99), st.sampled_from(["l", " lakh", "L", " Lakhs"]))
def test_lakh_and_crore_are_sizes(whole: int, part: int, word: str) -> None:
    text = f"{whole}.{part:02d}"
    lakhs = whole * 100_000_00 + part * 1_000_00
    assert parse_money(text + word) == lakhs
    assert parse_money(text + "cr") == 100 * lakhs


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 360))
def test_sums_are_worked_out_exactly(first: int, second: int, months: int) -> None:
    assert parse_money(f"{first}+{second}") == 100 * (first + second)
    assert parse_money(f"{first} * {months}") == 100 * first * months
    assert parse_money(f"({first}-{second})*{months}") == 100 * (first - second) * months
