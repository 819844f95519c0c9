"""Which row a change closes and which it adds, or why it may not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.rule_change import (
    RuleChange,
    RuleChangeError,
    changed_rulebook,
    plan_change,
    without_row_today,
)
from app.rules.rulebook import Rulebook
from tests.rules.lending_vectors import RULEBOOK, TODAY

NEXT = TODAY + timedelta(days=1)
CHANGE = RuleChange("foir_band_high_above", "ALL", 450_000, NEXT, "board of 1 Nov 2026")


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=1, max_value=2000))
def test_a_change_moves_nothing_before_its_day(value: int, days: int) -> None:
    starts = TODAY + timedelta(days=days)
    after = changed_rulebook(
        plan_change(replace(CHANGE, value=value, effective_from=starts), RULEBOOK, TODAY), RULEBOOK
    )
    for day in (date(2001, 1, 1), TODAY, starts - timedelta(days=1)):
        assert after.ppm(CHANGE.code, day) == RULEBOOK.ppm(CHANGE.code, day)
    assert after.ppm(CHANGE.code, starts) == value


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "no_such_rule"}, "code"),
        ({"segment": "NOBODY"}, "segment"),
        ({"value": "x"}, "value"),
        ({"value": -1}, "value"),
        ({"source": " "}, "source"),
        ({"effective_from": TODAY}, "effective_from"),
        ({"effective_to": TODAY}, "effective_to"),
        ({"effective_to": NEXT}, "effective_to"),
        ({"code": "day_count_year_days", "value": None}, "value"),
        ({"code": "contact_from", "value": "09:00"}, "effective_to"),
        ({"code": "contact_from", "value": "09:00", "effective_to": NEXT}, "effective_to"),
        (
            {"code": "prepayment_bar_non_business", "segment": "COMMERCIAL_BANK", "value": True},
            "effective_from",
        ),
    ],
)
def test_changes_the_book_cannot_take(changes: dict[str, object], field: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # the field is what is asserted
        plan_change(replace(CHANGE, **changes), RULEBOOK, TODAY)
    assert refused.value.field == field


def test_a_row_may_be_put_before_one_that_waits_and_a_segment_may_get_its_first() -> None:
    between = replace(CHANGE, code="contact_from", value="09:00", effective_to=date(2026, 12, 31))
    planned = plan_change(between, RULEBOOK, TODAY)
    assert planned.closed is not None
    assert changed_rulebook(planned, RULEBOOK).text("contact_from", NEXT) == "09:00"
    first = plan_change(replace(CHANGE, segment="NEW"), RULEBOOK, TODAY, segments=("NEW",))
    assert (first.closed, first.closed_on) == (None, None)
    assert changed_rulebook(first, RULEBOOK).ppm(CHANGE.code, NEXT, "NEW") == 450_000
    with pytest.raises(RuleChangeError):
        plan_change(between, changed_rulebook(planned, RULEBOOK), TODAY)


def test_keys_without_a_row_today_are_named() -> None:
    assert without_row_today(RULEBOOK, TODAY) == ()
    ended = [
        replace(row, effective_to=TODAY - timedelta(days=1)) if row.code == CHANGE.code else row
        for row in RULEBOOK.rows
    ]
    assert without_row_today(Rulebook(ended), TODAY) == ((CHANGE.code, "ALL"),)
