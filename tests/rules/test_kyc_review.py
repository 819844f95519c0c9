"""When identity papers fall due, and their state."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.kyc_review import (
    Reminders,
    first_risk,
    kyc_status,
    may_transact,
    may_transact_until,
    reminders_owed,
)
from db.vocabulary.people import KycRisk, KycStatus
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of


@vectors_of("kyc_due")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


def _status(last: date | None, on: date, *, papers: bool = True) -> KycStatus:
    return kyc_status(last, KycRisk.HIGH, papers_complete=papers, rulebook=RULEBOOK, on=on)


def test_papers_are_complete_until_their_review_is_past() -> None:
    last = date(2024, 9, 30)
    assert _status(last, date(2026, 9, 30)) is KycStatus.COMPLETE
    assert _status(last, date(2026, 10, 1)) is KycStatus.EXPIRED
    assert _status(None, last) is KycStatus.INCOMPLETE
    assert _status(last, last, papers=False) is KycStatus.INCOMPLETE


@pytest.mark.parametrize(
    ("due", "risk", "last"),
    [
        (date(2025, 3, 1), KycRisk.LOW, date(2026, 6, 30)),
        (date(2025, 12, 1), KycRisk.LOW, date(2026, 12, 1)),
        (date(2025, 12, 1), KycRisk.MEDIUM, date(2025, 12, 1)),
        (date(2025, 12, 1), KycRisk.HIGH, date(2025, 12, 1)),
    ],
)
def test_low_risk_has_a_year_of_grace_or_to_the_fixed_day(
    due: date, risk: KycRisk, last: date
) -> None:
    assert may_transact_until(due, risk, RULEBOOK, TODAY) == last
    assert may_transact(due, risk, RULEBOOK, last)
    assert not may_transact(due, risk, RULEBOOK, last + timedelta(days=1))


def test_there_was_no_grace_before_its_rule() -> None:
    due, eve = date(2025, 6, 1), date(2025, 6, 11)
    assert not may_transact(due, KycRisk.LOW, RULEBOOK, eve)
    assert may_transact(due, KycRisk.LOW, RULEBOOK, date(2025, 6, 12))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(KycRisk))
def test_grace_never_ends_before_the_due_date(due: date, risk: KycRisk) -> None:
    assert may_transact_until(due, risk, RULEBOOK, TODAY) >= due


@pytest.mark.parametrize("side", ["BEFORE", "AFTER"])
def test_three_reminders_are_owed_and_one_of_them_by_letter(side: str) -> None:
    def owed(count: int, letters: int) -> Reminders:
        return reminders_owed(Reminders(count, letters), side, RULEBOOK, TODAY)

    assert owed(0, 0) == Reminders(3, 1)
    assert owed(2, 1) == Reminders(1, 0)
    assert owed(3, 0) == Reminders(1, 1)
    assert owed(3, 1) == owed(9, 4) == Reminders(0, 0)


def test_no_reminder_was_owed_before_the_rule() -> None:
    eve = date(2025, 12, 31)
    assert reminders_owed(Reminders(0, 0), "BEFORE", RULEBOOK, eve) == Reminders(0, 0)


def test_a_new_customer_starts_with_the_risk_of_the_rule() -> None:
    assert first_risk(RULEBOOK, TODAY) is KycRisk.MEDIUM
