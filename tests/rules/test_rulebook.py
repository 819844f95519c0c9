"""Dated look-up, typed values, products by purpose and the recording view."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.rulebook import (
    NoProductInForceError,
    NoRuleInForceError,
    Rulebook,
    RulePeriodsError,
    RuleRow,
    RuleWithoutLimitError,
    WrongRuleUnitError,
)
from db.vocabulary.lending import LoanPurpose
from tests.rules.lending_vectors import RULEBOOK, TODAY

ROW = RuleRow("1", "cap", "ALL", 5, "days", "at_most", date(2020, 1, 1), None)


def _changed(value: int, on: date) -> Rulebook:
    """The book of one rule that takes another value on a day."""
    before = replace(ROW, effective_to=date.fromordinal(on.toordinal() - 1))
    return Rulebook([replace(ROW, row_id="2", value=value, effective_from=on), before])


def test_a_changed_row_moves_the_result_on_and_after_its_date_only() -> None:
    book = _changed(7, date(2026, 4, 1))
    assert [book.days("cap", day) for day in (date(2026, 3, 31), date(2026, 4, 1), TODAY)] == [
        5, 7, 7,
    ]  # fmt: skip


def test_overlap_and_gap_are_refused_when_the_book_is_made() -> None:
    with pytest.raises(RulePeriodsError, match="two rows"):
        Rulebook([ROW, replace(ROW, effective_from=date(2021, 1, 1))])
    closed = replace(ROW, effective_to=date(2020, 12, 30))
    with pytest.raises(RulePeriodsError, match="no row"):
        Rulebook([closed, replace(ROW, effective_from=date(2021, 1, 1))])


def test_a_segment_comes_before_all_and_no_row_is_an_error() -> None:
    segment = replace(ROW, segment="NPA", value=9)
    book = Rulebook([ROW, segment])
    assert book.days("cap", TODAY, "NPA") == 9
    assert book.days("cap", TODAY, "OTHER") == 5
    assert book.optional_row("cap", date(2019, 12, 31)) is None
    with pytest.raises(NoRuleInForceError, match="no rule “cap” for NPA in force on 31 Dec 2019"):
        book.row("cap", date(2019, 12, 31), "NPA")
    with pytest.raises(NoRuleInForceError, match="no rule “other” in force"):
        book.row("other", TODAY)


def test_a_closed_row_does_not_answer_after_its_end() -> None:
    book = Rulebook([replace(ROW, effective_to=date(2020, 12, 31))])
    assert book.optional_row("cap", date(2021, 1, 1)) is None


def test_typed_values_refuse_another_unit() -> None:
    on, book = TODAY, RULEBOOK
    assert book.paise("largest_loan_round_down", on) == 1000_00
    assert book.ppm("gst_rate", on) == 180_000
    assert book.millionths("risk_high_from", on) == 500_000
    assert book.months("gold_bullet_max_months", on) == 12
    assert book.years("kyc_review_years", on, "LOW") == 10
    assert book.points("score_span", on) == 550
    assert book.count("reasons_max_adverse", on) == 4
    assert book.flag("apr_include_gst", on) is True
    assert book.word("emi_rounding", on) == "RUPEE"
    assert book.text("contact_from", on) == "08:00"
    assert book.limit("ltv_housing_tier_top", on, "TIER_3") is None
    for wrong in (
        lambda: book.paise("gst_rate", on),
        lambda: book.flag("gst_rate", on),
        lambda: book.text("gst_rate", on),
        lambda: book.word("contact_from", on),
        lambda: book.limit("emi_rounding", on),
    ):
        with pytest.raises(WrongRuleUnitError):
            wrong()
    with pytest.raises(RuleWithoutLimitError):
        book.paise("ltv_housing_tier_top", on, "TIER_3")
    assert book.knows("gst_rate")
    assert not book.knows("no_such_rule")


def test_each_purpose_has_one_default_product_and_days_before_the_start_have_none() -> None:
    for purpose in LoanPurpose:
        product = RULEBOOK.default_product_for(purpose, TODAY)
        assert purpose in product.purposes
        defaults = [p for p in RULEBOOK.products_on(TODAY) if purpose in p.default_for]
        assert defaults == [product]
        assert RULEBOOK.product(product.product_code, TODAY) is product
    with pytest.raises(NoProductInForceError):
        RULEBOOK.default_product_for(LoanPurpose.EDUCATION, date(2019, 1, 1))
    with pytest.raises(NoProductInForceError):
        RULEBOOK.product("PERSONAL", date(2019, 1, 1))


def test_a_product_has_its_newest_name_and_one_that_is_gone_keeps_its_own() -> None:
    first, other = RULEBOOK.products[:2]
    after = first.effective_from.replace(year=first.effective_from.year + 1)
    until = date.fromordinal(after.toordinal() - 1)
    newer = replace(first, effective_from=after, names={"en": "Newer"})
    gone = replace(other, effective_to=until, names={"en": "Gone"})
    book = Rulebook([], [newer, replace(first, effective_to=until), gone])
    assert book.product_names() == {first.product_code: "Newer", other.product_code: "Gone"}


def test_the_recording_view_keeps_the_rows_it_answered_with() -> None:
    book = RULEBOOK.recording()
    assert book.product("PERSONAL", TODAY) is RULEBOOK.product("PERSONAL", TODAY)
    book.ppm("gst_rate", TODAY)
    book.ppm("gst_rate", TODAY, "PENAL")
    assert book.optional_row("no_such_rule", TODAY) is None
    assert [(row.code, row.segment) for row in book.used_rows.values()] == [
        ("gst_rate", "ALL"), ("gst_rate", "PENAL"),
    ]  # fmt: skip
    assert list(book.used_rows) == [row.row_id for row in book.used_rows.values()]


def test_rows_compare_on_the_side_they_name() -> None:
    for compare, holds in (
        ("at_most", (True, True, False)),
        ("less_than", (True, False, False)),
        ("at_least", (False, True, True)),
        ("more_than", (False, False, True)),
    ):
        row = replace(ROW, compare=compare)
        assert tuple(row.holds(Decimal(value)) for value in (4, 5, 6)) == holds
    assert replace(ROW, value=None).holds(10**12)
    for value, compare in ((True, "at_most"), ("5", "at_most"), (5, None)):
        with pytest.raises(WrongRuleUnitError):
            replace(ROW, value=value, compare=compare).holds(1)


QUESTIONS = st.lists(
    st.tuples(
        st.sampled_from(sorted({row.code for row in RULEBOOK.rows})),
        st.dates(date(1999, 1, 1), date(2040, 1, 1)),
        st.sampled_from(sorted({row.segment for row in RULEBOOK.rows})),
    ),
    max_size=20,
)


@given(QUESTIONS, st.randoms(use_true_random=False))
def test_an_answer_depends_on_its_question_only(questions: list, random) -> None:
    # Neither the order of the questions, nor earlier ones, nor the order of the rows matters.
    shuffled_rows, shuffled = list(RULEBOOK.rows), [*questions, *questions]
    random.shuffle(shuffled_rows)
    random.shuffle(shuffled)
    first = {question: RULEBOOK.optional_row(*question) for question in questions}
    for book in (RULEBOOK, RULEBOOK.recording(), Rulebook(shuffled_rows)):
        assert {question: book.optional_row(*question) for question in shuffled} == first


@given(QUESTIONS)
def test_a_row_that_answers_is_in_force_for_its_code_and_segment(questions: list) -> None:
    for code, on, segment in questions:
        row = RULEBOOK.optional_row(code, on, segment)
        if row is not None:
            assert (row.code, row.segment in {segment, "ALL"}) == (code, True)
            assert row.in_force(on)


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: RULEBOOK.paise("gst_rate", TODAY), "is given as ppm, and paise was asked for"),
        (lambda: RULEBOOK.flag("gst_rate", TODAY), "is given as ppm, and flag was asked for"),
        (lambda: RULEBOOK.text("gst_rate", TODAY), "is given as ppm, and text was asked for"),
        (lambda: RULEBOOK.word("gst_rate", TODAY), "is given as ppm, and word was asked for"),
    ],
)
def test_a_refusal_names_rule_unit_and_question(ask: Callable[[], object], sentence: str) -> None:
    with pytest.raises(WrongRuleUnitError) as refused:
        ask()
    assert str(refused.value) == f"Rule “gst_rate” {sentence}"


def test_a_refusal_names_the_segment_or_the_product() -> None:
    with pytest.raises(RuleWithoutLimitError, match="“ltv_housing_tier_top” for TIER_3 has"):
        RULEBOOK.paise("ltv_housing_tier_top", TODAY, "TIER_3")
    for ask, code in (
        (lambda day: RULEBOOK.product("PERSONAL", day), "PERSONAL"),
        (lambda day: RULEBOOK.default_product_for(LoanPurpose.EDUCATION, day), "Education"),
    ):
        with pytest.raises(NoProductInForceError, match=f"no product “{code}” in force") as refused:
            ask(date(2019, 1, 1))
        assert refused.value.code == code


def test_every_kind_of_figure_may_have_segments() -> None:
    for unit in ("paise", "ppm", "millionths", "points", "count", "days", "months", "years"):
        rows = [replace(ROW, unit=unit), replace(ROW, unit=unit, segment="NPA", value=9)]
        ask = getattr(Rulebook(rows), unit)
        assert (ask("cap", TODAY), ask("cap", TODAY, "NPA")) == (5, 9)
    flags = [replace(ROW, unit="flag", value=True)]
    flags.append(replace(ROW, unit="flag", value=False, segment="NPA"))
    assert not Rulebook(flags).flag("cap", TODAY, "NPA")


def test_the_recording_view_knows_what_the_book_knows() -> None:
    book = RULEBOOK.recording()
    assert (book.rows, book.products) == (RULEBOOK.rows, RULEBOOK.products)
    assert (book.knows("gst_rate"), book.knows("no_such_rule")) == (True, False)
    assert book.products_on(TODAY) == RULEBOOK.products_on(TODAY)


def test_an_overlap_of_one_day_is_two_rows() -> None:
    first = replace(ROW, effective_to=date(2021, 1, 1))
    with pytest.raises(RulePeriodsError, match="two rows on 01 Jan 2021"):
        Rulebook([first, replace(ROW, effective_from=date(2021, 1, 1))])
