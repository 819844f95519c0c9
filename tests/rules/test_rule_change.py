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
from app.rules.rule_rows import RuleRow, RuleValue, rule_row_id
from app.rules.rule_values import RuleWordError
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


def _row(value: RuleValue, starts: date, ends: date | None = None, segment: str = "ALL") -> RuleRow:
    return RuleRow(
        rule_row_id("grace", segment, starts), "grace", segment, value, "days", "at_most",
        starts, ends, "days of grace", "board", "own", "penal", "officer", "manager",
    )  # fmt: skip


OLD, MIDDLE = date(2020, 1, 1), date(2024, 1, 1)
EVE = MIDDLE - timedelta(days=1)
GRACE = RuleChange("grace", "ALL", 5, NEXT, " board of 1 Nov 2026 ")


def test_the_new_row_keeps_what_the_rule_is_and_drops_who_looked_at_the_old_one() -> None:
    old, standing = _row(9, OLD, EVE), _row(7, MIDDLE)
    planned = plan_change(GRACE, Rulebook([standing, old], RULEBOOK.products), TODAY)
    assert planned.row == RuleRow(
        rule_row_id("grace", "ALL", NEXT), "grace", "ALL", 5, "days", "at_most",
        NEXT, None, "days of grace", "board of 1 Nov 2026", None, "penal", "", None,
    )  # fmt: skip
    assert (planned.closed, planned.closed_on) == (standing, TODAY)
    after = changed_rulebook(planned, Rulebook([standing, old], RULEBOOK.products))
    assert set(after.rows) == {old, replace(standing, effective_to=TODAY), planned.row}
    assert after.products == RULEBOOK.products


def test_a_row_before_one_that_waits_ends_exactly_on_the_day_before_it() -> None:
    waits = NEXT + timedelta(days=10)
    book = Rulebook([_row(7, OLD, waits - timedelta(days=1)), _row(3, waits)])
    fits = replace(GRACE, effective_to=waits - timedelta(days=1))
    planned = plan_change(fits, book, TODAY)
    assert (planned.row.effective_to, planned.closed_on) == (fits.effective_to, TODAY)
    bare, twice = "^No row would hold from ", "^A row already starts on "
    for days, sentence in ((0, bare), (8, bare), (10, twice), (11, twice)):
        change = replace(GRACE, effective_to=NEXT + timedelta(days=days))
        with pytest.raises(RuleChangeError, match=sentence) as refused:
            plan_change(change, book, TODAY)
        assert refused.value.field == "effective_to"
    with pytest.raises(RuleChangeError):  # the day of the row that waits is taken
        plan_change(replace(GRACE, effective_from=waits), book, TODAY)


def test_a_row_may_hold_for_one_day() -> None:
    book = Rulebook([_row(7, OLD, NEXT), _row(3, NEXT + timedelta(days=1))])
    planned = plan_change(replace(GRACE, effective_to=NEXT), book, TODAY)
    assert changed_rulebook(planned, book).days("grace", NEXT) == 5


def test_a_rule_that_ended_goes_on_from_the_day_after_only() -> None:
    ended = Rulebook([_row(7, OLD, NEXT)])
    bare = NEXT + timedelta(days=1)
    assert plan_change(replace(GRACE, effective_from=bare), ended, TODAY).closed_on == NEXT
    with pytest.raises(RuleChangeError, match=r"start this one on 25 Nov 2026$") as refused:
        plan_change(replace(GRACE, effective_from=bare + timedelta(days=1)), ended, TODAY)
    assert refused.value.field == "effective_from"


def test_a_segment_follows_its_own_newest_row_and_a_new_one_the_rule_s_newest() -> None:
    fixed = replace(_row(7, MIDDLE), compare=None)
    strict = replace(_row(7, MIDDLE, segment="STAFF"), compare=None, unit="months")
    book = Rulebook([_row(9, OLD, EVE), fixed, _row(9, OLD, EVE, "STAFF"), strict])
    for segment, value in (("ALL", None), ("STAFF", None), ("NEW", None)):
        with pytest.raises(RuleChangeError) as refused:
            plan_change(replace(GRACE, segment=segment, value=value), book, TODAY, (), ("NEW",))
        assert refused.value.field == "value"
    with pytest.raises(RuleChangeError, match=r"it has ALL, NEW, STAFF$"):
        plan_change(replace(GRACE, segment="NOBODY"), book, TODAY, (), ("NEW",))
    staff = plan_change(replace(GRACE, segment="STAFF"), book, TODAY)
    assert (staff.row.unit, staff.row.segment, staff.closed) == ("months", "STAFF", strict)
    assert plan_change(GRACE, book, TODAY).row.unit == "days"


@pytest.mark.parametrize(
    ("before", "value", "compare", "fits"),
    [
        (7, None, "at_most", True),
        (7, None, None, False),
        (None, None, None, True),
        (None, 5, None, True),
        (0, 0, None, True),
        (0, -1, None, False),
        (-1, -2, None, True),
        (None, -1, None, True),
    ],
)
def test_a_figure_keeps_its_sign_and_stays_where_arithmetic_needs_it(
    before: RuleValue, value: RuleValue, compare: str | None, *, fits: bool
) -> None:
    book = Rulebook([replace(_row(before, OLD), compare=compare)])
    if fits:
        assert plan_change(replace(GRACE, value=value), book, TODAY).row.value == value
        return
    with pytest.raises(RuleChangeError) as refused:
        plan_change(replace(GRACE, value=value), book, TODAY)
    assert refused.value.field == "value"


def test_a_word_must_be_one_of_the_rule_s_list() -> None:
    book = Rulebook([replace(_row("NET", OLD), unit="word", compare=None)])
    change = replace(GRACE, value="GROSS")
    assert plan_change(change, book, TODAY, ("NET", "GROSS")).row.value == "GROSS"
    with pytest.raises(RuleWordError):
        plan_change(change, book, TODAY, ("NET",))


LAST = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([_row(7, OLD, LAST)], ["ALL"]),
        ([_row(7, OLD, TODAY)], []),
        ([_row(7, OLD, EVE), _row(7, MIDDLE, LAST)], ["ALL"]),
        ([_row(7, OLD, TODAY, "STAFF")], []),
        ([_row(7, OLD, LAST, "STAFF"), _row(7, OLD)], []),
        ([_row(7, OLD, LAST, "STAFF"), _row(7, TODAY, None, "OTHERS")], []),
        ([_row(7, OLD, LAST, "STAFF"), _row(7, NEXT, None, "OTHERS")], ["STAFF"]),
        (
            [_row(7, OLD, EVE, "A"), _row(7, MIDDLE, LAST, "A"), _row(7, MIDDLE, None, "B")],
            ["A"],
        ),
        (
            [_row(7, MIDDLE, LAST, "A"), _row(7, OLD, EVE, "A"), _row(7, TODAY, None, "B")],
            [],
        ),
        (
            [_row(7, OLD, LAST, "A"), replace(_row(7, TODAY), code="other", segment="B")],
            ["A"],
        ),
    ],
)
def test_a_key_that_ended_is_named_unless_other_rows_go_on(
    rows: list[RuleRow], named: list[str]
) -> None:
    assert without_row_today(Rulebook(rows), TODAY) == tuple(("grace", each) for each in named)


def test_keys_without_a_row_today_are_named() -> None:
    assert without_row_today(RULEBOOK, TODAY) == ()
    ended = [
        replace(row, effective_to=TODAY - timedelta(days=1)) if row.code == CHANGE.code else row
        for row in RULEBOOK.rows
    ]
    assert without_row_today(Rulebook(ended), TODAY) == ((CHANGE.code, "ALL"),)
