"""Values of rule rows as people type and read them."""

import pytest

from app.rules.rule_rows import RuleValue
from app.rules.rule_values import (
    RuleValueError,
    RuleWordError,
    check_value,
    parse_rule_value,
    rule_value_shown,
)
from tests.rules.lending_vectors import RULEBOOK, load


def test_every_shipped_value_reads_as_the_file_says() -> None:
    for row in load("rule-rows.json")["rows"]:
        assert rule_value_shown(row["value"], row["unit"]) == row["shown"], row


def test_what_is_shown_is_read_back() -> None:
    for row in RULEBOOK.rows:
        words = (str(row.value),) if row.unit == "word" else ()
        assert parse_rule_value(rule_value_shown(row.value, row.unit), row.unit, words) == row.value
        check_value(row.value, row.unit, words)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("much", "paise"), ("1.00001 %", "ppm"), ("x", "ppm"), ("nan", "ppm"), ("1e30", "count"),
        ("perhaps", "flag"), ("31 Feb", "date"), ("", "text"), ("8 o'clock", "time"),
        ("x", "number"), ("2.5", "days"), ("nan", "number"), ("inf", "number"),
        ("30 %", "days"), ("0.3 %", "millionths"), ("5 ppm", "ppm"), ("30 years", "days"),
        ("9e999999", "ppm"), ("snan", "count"), ("1,000,000,000,000,001", "count"),
        ("-1,000,000,000,000,001", "count"),
    ],
)  # fmt: skip
def test_a_text_that_does_not_fit_its_unit_is_refused(text: str, unit: str) -> None:
    with pytest.raises(RuleValueError, match=r"^Enter "):
        parse_rule_value(text, unit)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("12.25 %", "ppm", 122_500), ("12.25", "ppm", 122_500), ("0.0001 %", "ppm", 1),
        ("0.3", "millionths", 300_000), ("-0.000001", "millionths", -1),
        ("1 day", "days", 1), ("30 days", "days", 30), ("30", "days", 30),
        ("1 working day", "working_days", 1), ("7 working days", "working_days", 7),
        ("1,000 grams", "grams", 1_000), ("1,000,000,000,000,000", "count", 10**15),
        ("3.5 lakh", "paise", 3_50_000_00), ("  a text ", "text", "a text"),
        ("0.000000001", "number", "0.000000001"), ("2026-09-30", "date", "2026-09-30"),
        ("08:00", "time", "08:00"), ("No Limit", "ppm", None), (" - ", "word", None),
        ("TRUE", "flag", True), ("False", "flag", False),
    ],
)  # fmt: skip
def test_a_typed_value_is_read_by_its_unit(text: str, unit: str, value: object) -> None:
    assert parse_rule_value(text, unit) == value


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (1, "millionths", "0.000001"), (300_000, "millionths", "0.3"),
        (30_000_000, "millionths", "30"), (1, "working_days", "1 working day"),
        (0, "days", "0 days"), (30, "count", "30"), (False, "flag", "no"), ("NET", "word", "NET"),
        (None, "days", "no limit"),
    ],
)  # fmt: skip
def test_a_value_is_shown_by_its_unit(value: RuleValue, unit: str, shown: str) -> None:
    assert rule_value_shown(value, unit) == shown


@pytest.mark.parametrize(
    ("unit", "sentence"),
    [
        ("paise", "Enter an amount like 3,50,000 or 3.5 lakh"),
        ("working_days", "Enter a whole number of working days, like 30"),
        ("flag", "Enter yes or no"),
        ("time", "Enter a time like 08:00"),
    ],
)
def test_a_refusal_says_what_the_unit_wants(unit: str, sentence: str) -> None:
    with pytest.raises(RuleValueError) as refusal:
        parse_rule_value("much", unit)
    assert (str(refusal.value), refusal.value.field) == (sentence, "value")


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (1, "flag"),
        (True, "paise"),
        ("5", "ppm"),
        (10**15 + 1, "count"),
        (5, "text"),
        ("x", "date"),
        (-(10**15) - 1, "count"),
        ("  ", "text"),
        (0, "flag"),
        ("NaN", "number"),
        (1, "date"),
    ],
)
def test_a_stored_value_of_another_kind_is_refused(value: object, unit: str) -> None:
    with pytest.raises(RuleValueError):
        check_value(value, unit)


def test_words_and_flags() -> None:
    assert parse_rule_value("net", "word", ("NET", "GROSS")) == "NET"
    assert parse_rule_value("Yes", "flag") is True
    assert parse_rule_value("no", "flag") is False
    assert parse_rule_value("-", "paise") is None
    with pytest.raises(RuleWordError, match=r"^Choose one of: NET, GROSS$") as refusal:
        parse_rule_value("other", "word", ("NET", "GROSS"))
    assert refusal.value.field == "value"
    with pytest.raises(RuleWordError):
        check_value("other", "word", ("NET",))
    check_value(None, "paise")


def test_the_largest_values_and_words_of_their_kind_may_be_stored() -> None:
    for value in (10**15, -(10**15)):
        check_value(value, "paise")
    check_value(False, "flag")
    check_value("NET", "word", ("NET", "GROSS"))
