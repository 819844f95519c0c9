"""Each sign fires from its row on, says its figure, and stays silent about the unknown."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import early_warning as signs
from app.rules.affordability import loan_to_value
from app.rules.early_warning import InstalmentState, LateStreak, Signal
from app.rules.rulebook import Rulebook
from db.vocabulary.operations import EarlyWarningTrigger as Trigger
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, load, vectors_of

LATE, CLEAN = InstalmentState.LATE, InstalmentState.ON_TIME
UNPAID, NOT_DUE = InstalmentState.UNPAID_PAST_DUE, InstalmentState.NOT_DUE
STATES = st.lists(st.sampled_from(InstalmentState), max_size=30)


def _streak(*states: InstalmentState) -> LateStreak:
    return signs.late_streak(states, RULEBOOK, TODAY)


@vectors_of("late_streak")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


def test_the_streak_fires_once_until_a_clean_instalment() -> None:
    assert _streak(LATE, LATE) == LateStreak(2, None)
    assert _streak(LATE, LATE, UNPAID, LATE, LATE) == LateStreak(5, 3)
    assert _streak(LATE, LATE, LATE, CLEAN) == LateStreak(0, None)
    assert _streak(LATE, LATE, LATE, CLEAN, LATE, LATE, LATE) == LateStreak(3, 7)
    assert _streak(LATE, NOT_DUE, LATE, UNPAID, NOT_DUE) == LateStreak(3, 4)
    assert _streak() == LateStreak(0, None)


@given(STATES, st.lists(st.sampled_from([LATE, UNPAID, NOT_DUE]), max_size=9))
def test_more_late_instalments_never_raise_it_again(before: list, after: list) -> None:
    first = _streak(*before)
    if first.raised_at is not None:
        assert _streak(*before, *after).raised_at == first.raised_at


@given(STATES)
def test_the_standing_run_depends_on_what_follows_the_last_clean_one(states: list) -> None:
    last = max((at for at, state in enumerate(states, start=1) if state is CLEAN), default=0)
    own = _streak(*states[last:])
    raised_at = None if own.raised_at is None else own.raised_at + last
    assert _streak(*states) == LateStreak(own.length, raised_at)


def test_the_streak_has_a_sentence() -> None:
    assert signs.streak_signal(LateStreak(5, 3)) == Signal(Trigger.LATE_STREAK, "5")
    assert signs.streak_signal(LateStreak(2, None)) is None


def test_the_window_is_30_days_and_ends_with_the_day() -> None:
    days = [TODAY - timedelta(days=count) for count in (0, 29, 30, -1)]
    assert [signs.recent([day], TODAY) for day in days] == [1, 1, 0, 0]


def _fired(found: Signal | None, trigger: Trigger, value: str | None) -> None:
    assert found == (None if value is None else Signal(trigger, value))


@pytest.mark.parametrize(("before", "now", "value"), [(0, 14, None), (0, 15, "15"), (40, 20, None)])
def test_days_that_jump(before: int, now: int, value: str | None) -> None:
    _fired(signs.days_jumped(before, now, RULEBOOK, TODAY), Trigger.DPD_JUMP, value)


@pytest.mark.parametrize(
    ("before", "now", "value"), [(29, 30, None), (30, 31, "31"), (31, 32, None), (0, 70, "70")]
)
def test_sma_1_fires_at_its_crossing_only(before: int, now: int, value: str | None) -> None:
    _fired(signs.sma1_crossed(before, now, RULEBOOK, TODAY), Trigger.SMA1_CROSSED, value)


def test_counts_of_bounces_promises_and_contacts() -> None:
    old, new = TODAY - timedelta(days=30), TODAY
    _fired(signs.payments_bounced([old], RULEBOOK, TODAY), Trigger.BOUNCE, None)
    _fired(signs.payments_bounced([old, new, new], RULEBOOK, TODAY), Trigger.BOUNCE, "2")
    _fired(signs.promises_broken(1, RULEBOOK, TODAY), Trigger.BROKEN_PROMISES, None)
    _fired(signs.promises_broken(2, RULEBOOK, TODAY), Trigger.BROKEN_PROMISES, "2")
    _fired(signs.contact_lost(4, RULEBOOK, TODAY), Trigger.CONTACT_LOST, None)
    _fired(signs.contact_lost(5, RULEBOOK, TODAY), Trigger.CONTACT_LOST, "5")


def test_a_security_worth_too_little_names_share_and_cap() -> None:
    above, at = (loan_to_value(loan, loan, 100_000, 650_000) for loan in (65_001, 65_000))
    found = signs.value_too_low(above, RULEBOOK, TODAY)
    assert found == Signal(Trigger.LTV_BREACH, "65.00 %", "65 %")
    assert signs.value_too_low(at, RULEBOOK, TODAY) is None
    assert signs.value_too_low(None, RULEBOOK, TODAY) is None


def test_insurance_has_lapsed_from_the_day_after_its_end() -> None:
    ended = date(2026, 11, 22)
    found = signs.insurance_lapsed(ended, RULEBOOK, TODAY)
    assert found == Signal(Trigger.INSURANCE_LAPSED, "22 Nov 2026")
    assert signs.insurance_lapsed(ended, RULEBOOK, ended) is None
    assert signs.insurance_lapsed(None, RULEBOOK, TODAY) is None


@pytest.mark.parametrize(
    ("first", "now", "value"),
    [
        ("700", "650.01", None),
        ("700", "650", "50"),
        ("700", "636.07", "64"),
        (None, "1", None),
        ("1", None, None),
    ],
)
def test_a_score_that_fell(first: str | None, now: str | None, value: str | None) -> None:
    scores = [None if each is None else Decimal(each) for each in (first, now)]
    _fired(signs.score_fell(*scores, RULEBOOK, TODAY), Trigger.SCORE_FALL, value)


@pytest.mark.parametrize(
    ("credit", "before", "value"),
    [
        (75, [100, 100, 100], "25.00 %"),
        (76, [100, 100, 100], None),
        (0, [90, 100, 110], "100.00 %"),
        (None, [100, 100, 100], None),
        (1, [100, 100], None),
        (1, [0, 0, 0], None),
        (0, [0, 0, 1], "100.00 %"),
    ],
)
def test_a_salary_that_dropped(credit: int | None, before: list[int], value: str | None) -> None:
    _fired(signs.salary_dropped(credit, before, RULEBOOK, TODAY), Trigger.SALARY_DROP, value)


@pytest.mark.parametrize(
    ("used", "limit", "value"),
    [
        (90, 100, "90.00 %"), (8_999, 10_000, None), (None, 100, None), (1, None, None),
        (1, 0, None), (150, 100, "150.00 %"),
    ],
)  # fmt: skip
def test_a_limit_used_up(used: int | None, limit: int | None, value: str | None) -> None:
    _fired(signs.limit_used_up(used, limit, RULEBOOK, TODAY), Trigger.HIGH_UTILISATION, value)


def test_defaults_of_others_fire() -> None:
    cosigner = signs.cosigner_defaulted(RULEBOOK, TODAY, in_default=True)
    assert cosigner == Signal(Trigger.COSIGNER_DEFAULT)
    elsewhere = signs.bureau_reports_default(RULEBOOK, TODAY, is_new=True)
    assert elsewhere == Signal(Trigger.BUREAU_DEFAULT)
    assert signs.cosigner_defaulted(RULEBOOK, TODAY, in_default=False) is None
    assert signs.bureau_reports_default(RULEBOOK, TODAY, is_new=False) is None


def test_a_row_switches_a_sign_off() -> None:
    off = Rulebook([replace(row, value=False) if row.unit == "flag" else row
                    for row in RULEBOOK.rows])  # fmt: skip
    above = loan_to_value(66, 66, 100, 650_000)
    assert signs.value_too_low(above, off, TODAY) is None
    assert signs.cosigner_defaulted(off, TODAY, in_default=True) is None
    assert signs.bureau_reports_default(off, TODAY, is_new=True) is None


def test_every_trigger_of_the_word_list_reads_the_row_it_names() -> None:
    words = load("words.json")["lists"]["early_warning_trigger"]["words"]
    book = RULEBOOK.recording()
    signs.late_streak([], book, TODAY)
    signs.days_jumped(0, 0, book, TODAY)
    signs.payments_bounced([], book, TODAY)
    signs.sma1_crossed(0, 0, book, TODAY)
    signs.promises_broken(0, book, TODAY)
    signs.contact_lost(0, book, TODAY)
    signs.value_too_low(loan_to_value(66, 66, 100, 650_000), book, TODAY)
    signs.insurance_lapsed(None, book, TODAY)
    signs.score_fell(Decimal(1), Decimal(1), book, TODAY)
    signs.salary_dropped(1, [1, 1, 1], book, TODAY)
    signs.limit_used_up(1, 1, book, TODAY)
    signs.cosigner_defaulted(book, TODAY, in_default=True)
    signs.bureau_reports_default(book, TODAY, is_new=True)
    assert {row.code for row in book.used_rows.values()} == {word["row"] for word in words}
    assert {word["code"] for word in words} == {trigger.value for trigger in Trigger}
