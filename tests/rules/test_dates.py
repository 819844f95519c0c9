"""Typed dates: short forms, keys and two-digit years."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.dates import DateTextError, YearReading, date_shown, month_shown, parse_date

TODAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03 Apr 2026", date(2026, 4, 3)),
        ("3 april 2026", date(2026, 4, 3)),
        ("3apr26", date(2026, 4, 3)),
        ("3/4/2026", date(2026, 4, 3)),
        ("3-4-26", date(2026, 4, 3)),
        ("3.4.26", date(2026, 4, 3)),
        ("030426", date(2026, 4, 3)),
        ("03042026", date(2026, 4, 3)),
        ("2026-04-03", date(2026, 4, 3)),
        ("20260930", date(2026, 9, 30)),
        ("5/10", date(2026, 10, 5)),
        ("5 jan", date(2027, 1, 5)),
        ("29/2/28", date(2028, 2, 29)),
        ("t", TODAY),
        ("T", TODAY),
        ("+", date(2026, 10, 1)),
        ("-", date(2026, 9, 29)),
        ("]", date(2026, 10, 30)),
        ("[", date(2026, 8, 30)),
        ("m", date(2026, 9, 1)),
        ("h", TODAY),
        ("+3", date(2026, 10, 3)),
        ("-1m", date(2026, 8, 30)),
        ("+2w", date(2026, 10, 14)),
        ("-1y", date(2025, 9, 30)),
        ("\N{ZERO WIDTH SPACE}3/4/26 ", date(2026, 4, 3)),
        ("1/1/80", date(1980, 1, 1)),
    ],
)
def test_due_dates(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/4/85", date(1985, 4, 3)),
        ("030485", date(1985, 4, 3)),
        ("3 apr 85", date(1985, 4, 3)),
        ("1/10/26", date(1926, 10, 1)),
        ("30/9/26", TODAY),
        ("5/10", date(2025, 10, 5)),
    ],
)
def test_birth_dates_lie_in_the_past(text: str, day: date) -> None:
    assert parse_date(text, TODAY, YearReading.BIRTH) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "31/2/2026",
        "29/2/27",
        "99/99/99",
        "3/13/26",
        "3 xyz 26",
        "32",
        "+99999y",
        "0000-01-01",
    ],
)
def test_refuses_with_a_sentence(text: str) -> None:
    with pytest.raises(DateTextError, match="Enter a date like"):
        parse_date(text, TODAY)


def test_candidates_outside_the_calendar_are_left_out() -> None:
    assert parse_date("1/1/01", date(9999, 6, 1)) == date(9901, 1, 1)
    assert parse_date("1/1", date(1, 6, 1)) == date(1, 1, 1)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_what_is_shown_reads_back(day: date) -> None:
    assert parse_date(date_shown(day), TODAY) == day
    assert month_shown(day) == date_shown(day)[3:]


def test_a_refusal_repeats_what_was_typed_where_something_was() -> None:
    with pytest.raises(DateTextError) as nothing:
        parse_date(" ", TODAY)
    assert str(nothing.value) == "Enter a date like 03 Apr 2026"
    with pytest.raises(DateTextError, match="“abc” is not one"):
        parse_date(" abc ", TODAY)


def test_a_short_year_is_the_nearest_also_across_a_century() -> None:
    assert parse_date("1/1/05", date(2098, 6, 1)) == date(2105, 1, 1)
    assert parse_date("1/1/99", date(9990, 6, 1)) == date(9999, 1, 1)
    assert parse_date("+ 3 w", TODAY) == date(2026, 10, 21)


WRITTEN = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)), st.sampled_from(WRITTEN))
def test_every_day_reads_back_however_it_is_written(day: date, form: str) -> None:
    text = day.strftime(form)
    assert parse_date(text, TODAY) == day
    assert parse_date(f"\N{ZERO WIDTH SPACE} {text.lower()} ", TODAY, YearReading.BIRTH) == day


@given(st.dates(min_value=date(1927, 1, 1), max_value=TODAY))
def test_a_short_birth_year_never_lies_in_the_future(day: date) -> None:
    assert parse_date(day.strftime("%d/%m/%y"), TODAY, YearReading.BIRTH) == day


@given(st.dates(min_value=date(1978, 1, 1), max_value=date(2075, 1, 1)))
def test_a_short_due_year_is_the_nearest(day: date) -> None:
    assert parse_date(day.strftime("%d%m%y"), TODAY) == day


@given(st.integers(0, 9_999))
def test_steps_count_days_from_today(count: int) -> None:
    assert parse_date(f"+{count}", TODAY) == TODAY + timedelta(days=count)
    assert parse_date(f"-{count}d", TODAY) == TODAY - timedelta(days=count)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    with suppress(DateTextError):
        assert isinstance(parse_date(text, TODAY, YearReading.BIRTH), date)
