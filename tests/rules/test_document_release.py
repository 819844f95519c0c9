"""Papers and gold go back in time, or the bank pays for each day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.document_release import (
    Release,
    ReleaseDateError,
    document_release,
    gold_due_by,
    gold_release,
    papers_due_by,
)
from app.rules.rulebook import NoRuleInForceError
from app.rules.working_days import is_working_day
from tests.rules.contract_samples import book_with
from tests.rules.lending_vectors import RULEBOOK, check, vectors_of

DAYS = st.dates(date(2026, 4, 1), date(2040, 1, 1))
RELEASES = [document_release, gold_release]


@vectors_of("document_release")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(DAYS, st.integers(0, 200), st.sampled_from(RELEASES))
def test_every_day_late_is_paid_for_and_no_other(
    closed_on: date, days: int, release: Callable[..., Release]
) -> None:
    handed_over = closed_on + timedelta(days=days)
    found = release(closed_on, handed_over, RULEBOOK)
    assert found.compensation_paise == found.delay_days * 5_000_00
    assert found.delay_days >= 0
    late = handed_over - timedelta(days=found.delay_days)
    assert late == (found.last_free_day if found.delay_days else handed_over)
    assert late <= found.last_free_day


@given(DAYS)
def test_lost_papers_give_thirty_days_more(closed_on: date) -> None:
    plain = papers_due_by(closed_on, RULEBOOK)
    lost = papers_due_by(closed_on, RULEBOOK, originals_lost=True)
    assert ((plain - closed_on).days, (lost - plain).days) == (30, 30)


@given(DAYS, st.frozensets(DAYS, max_size=5))
def test_gold_is_due_on_the_seventh_working_day(closed_on: date, holidays: frozenset[date]) -> None:
    last = gold_due_by(closed_on, RULEBOOK, holidays)
    after = (closed_on + timedelta(days=day + 1) for day in range((last - closed_on).days))
    assert sum(is_working_day(day, holidays) for day in after) == 7
    assert is_working_day(last, holidays)


def test_holidays_are_the_bank_s_own() -> None:
    closed_on = date(2026, 11, 23)
    assert gold_due_by(closed_on, RULEBOOK) == date(2026, 12, 2)  # 28 Nov: fourth Saturday
    holidays = (day for day in [date(2026, 11, 24), date(2026, 12, 1)])
    assert gold_due_by(closed_on, RULEBOOK, holidays) == date(2026, 12, 4)
    late = gold_release(closed_on, date(2026, 12, 5), RULEBOOK, [date(2026, 11, 24)])
    assert late == Release(date(2026, 12, 3), 2, 10_000_00)


def test_the_rows_of_the_closing_day_count() -> None:
    book = book_with(
        document_release_days=1,
        document_release_extra_days_if_lost=2,
        document_release_compensation=7,
        gold_release_working_days=1,
        gold_release_compensation=3,
    )
    closed_on = date(2026, 4, 6)
    handed_over = date(2026, 4, 16)
    assert document_release(closed_on, handed_over, book).compensation_paise == 9 * 7
    lost = document_release(closed_on, handed_over, book, originals_lost=True)
    assert lost.compensation_paise == 7 * 7
    assert gold_release(closed_on, handed_over, book).compensation_paise == 9 * 3
    with pytest.raises(NoRuleInForceError):
        document_release(date(2023, 11, 30), handed_over, book)
    with pytest.raises(NoRuleInForceError):
        gold_release(date(2026, 3, 31), handed_over, book)


@pytest.mark.parametrize("release", RELEASES)
def test_nothing_is_handed_over_before_the_loan_is_closed(release: Callable[..., Release]) -> None:
    closed_on = date(2026, 6, 5)
    with pytest.raises(ReleaseDateError, match="05 Jun 2026, the closing day") as refused:
        release(closed_on, date(2026, 6, 4), RULEBOOK)
    assert refused.value.field == "handed_over_on"
    assert release(closed_on, closed_on, RULEBOOK).delay_days == 0


@pytest.mark.parametrize("release", RELEASES)
def test_a_day_at_the_end_of_the_calendar_is_refused(release: Callable[..., Release]) -> None:
    with pytest.raises(ReleaseDateError, match="before the year 9999") as refused:
        release(date(9999, 1, 1), date(9999, 12, 31), RULEBOOK)
    assert refused.value.field == "closed_on"
    assert release(date(9998, 12, 31), date(9998, 12, 31), RULEBOOK).delay_days == 0
