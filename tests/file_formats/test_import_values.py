from datetime import date
from decimal import Decimal

import pytest

from app.file_formats.import_values import (
    ImportValueError,
    day,
    leading_number,
    number,
    shown,
    text_line,
    whole,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", "12"), (" 1,234.50 ", "1234.50"), ("12,34,567", "1234567"), ("-3", "-3")],
)
def test_numbers(text, value):
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "NaN", "Infinity", "1e400", "12 months", "1,2", "0x10", "1" + "0" * 30, "₹5", "٣"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ImportValueError):
        number(text)


@pytest.mark.parametrize(
    ("text", "value"), [(" 36 months", 36), ("10+ years", 10), ("< 1 year", 0), ("1 year", 1)]
)
def test_leading_numbers(text, value):
    assert leading_number(text) == value


def test_a_text_without_a_leading_number_is_refused():
    with pytest.raises(ImportValueError, match="does not begin with a number"):
        leading_number("months: 36")


def test_whole_numbers():
    assert whole(Decimal("36.00"), "36.00") == 36
    for value in ("36.5", "-1"):
        with pytest.raises(ImportValueError, match="whole number"):
            whole(Decimal(value), value)


def test_dates():
    assert day("2026-09-30", None) == date(2026, 9, 30)
    assert day("30/09/26", "%d/%m/%y") == date(2026, 9, 30)
    # A file damaged by a spreadsheet is refused, not guessed at.
    with pytest.raises(ImportValueError, match="not a date"):
        day("40:48.0", None)


def test_text_of_a_file_never_brings_control_characters():
    assert text_line(" a\x07 b\n c ") == "a b c"
    assert shown("x\x1b[31m" + "y" * 100) == "x?[31m" + "y" * 34 + "…"
