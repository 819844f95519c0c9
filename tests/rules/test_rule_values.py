"""Values of rule rows as people type and read them."""

import pytest

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
        ("x", "number"), ("2.5", "days"),
    ],
)  # fmt: skip
def test_a_text_that_does_not_fit_its_unit_is_refused(text: str, unit: str) -> None:
    with pytest.raises(RuleValueError, match=r"^Enter "):
        parse_rule_value(text, unit)


@pytest.mark.parametrize(
    ("value", "unit"),
    [(1, "flag"), (True, "paise"), ("5", "ppm"), (10**16, "count"), (5, "text"), ("x", "date")],
)
def test_a_stored_value_of_another_kind_is_refused(value: object, unit: str) -> None:
    with pytest.raises(RuleValueError):
        check_value(value, unit)


def test_words_and_flags() -> None:
    assert parse_rule_value("net", "word", ("NET", "GROSS")) == "NET"
    assert parse_rule_value("Yes", "flag") is True
    assert parse_rule_value("no", "flag") is False
    assert parse_rule_value("-", "paise") is None
    with pytest.raises(RuleWordError, match="NET"):
        parse_rule_value("other", "word", ("NET",))
    with pytest.raises(RuleWordError):
        check_value("other", "word", ("NET",))
    check_value(None, "paise")
