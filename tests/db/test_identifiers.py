"""Ids rise, carry their time and version; references and branches read back."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import rule_rows
from db.identifiers import (
    IdMaker,
    branch_code,
    branch_id,
    format_reference,
    parse_reference,
    product_row_id,
    rule_row_id,
    uuid7,
)

AT = datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=UTC)


def test_a_uuid7_carries_its_time() -> None:
    made = uuid7(AT, lambda _bits: 5)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(AT.timestamp() * 1000)
    assert made.int & (1 << 62) - 1 == 5
    assert made < uuid7(AT + timedelta(microseconds=1), lambda _bits: 0)


def test_published_vector() -> None:
    """RFC 9562 A.6: 2022-02-22 14:22:22.00 -05:00 is 0x17F22E279B0 milliseconds."""
    at = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    assert uuid7(at, lambda _bits: 0) == UUID("017f22e2-79b0-7000-8000-000000000000")


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=50))
def test_ids_rise_whatever_the_clock_does(steps: list[int]) -> None:
    maker = IdMaker()
    made, at = [], AT
    for step in steps:
        at += timedelta(microseconds=step)
        made.append(maker.make(at))
    assert made == sorted(set(made))
    assert {one.version for one in made} == {7}


@given(st.sampled_from("CAL"), st.integers(0, 999_999_999))
def test_references_read_back(kind: str, number: int) -> None:
    assert parse_reference(format_reference(kind, number)) == (kind, number)


@pytest.mark.parametrize("text", ["", "C", "C-", "X-1", "C-1a", "C-१", "C-1234567890"])
def test_other_texts_are_no_reference(text: str) -> None:
    assert parse_reference(text) is None


def test_branches() -> None:
    assert (branch_code(412), branch_id("0412")) == ("0412", 412)
    for text in ("412", "04125", "04a2", "०४१२"):
        with pytest.raises(ValueError, match="4 digits"):
            branch_id(text)


def test_rule_ids_are_the_rule_books_own() -> None:
    day = date(2000, 1, 1)
    assert str(rule_row_id("a", "ALL", day)) == rule_rows.rule_row_id("a", "ALL", day)
    assert str(product_row_id("P", day)) == rule_rows.product_row_id("P", day)
