"""A charge for a missed instalment: simple, on the overdue alone, without tax."""

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.emi import LoanTermsError
from app.rules.measure_inputs import MeasureInputError
from app.rules.penal_charges import (
    MissedInstalment,
    PenalCharge,
    PenalRuleError,
    check_penal_rules,
    penal_charge,
    penal_interest_allowed,
)
from app.rules.products import Penal
from app.rules.rulebook import NoRuleInForceError, Rulebook
from db.vocabulary.lending import PenalMethod
from tests.rules.contract_samples import book_with
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

BY_RATE = Penal(PenalMethod.PERCENT_PER_YEAR, 240_000, None)
FLAT = Penal(PenalMethod.FLAT, None, 500_00)
MONEY, DAYS = st.integers(1, 10**10), st.integers(0, 2000)


def _charge(
    overdue: int = 21_002_00, days: int = 15, penal: Penal = BY_RATE, book: Rulebook = RULEBOOK
) -> PenalCharge:
    return penal_charge(MissedInstalment(overdue, days), penal, book, TODAY, TODAY)


@vectors_of("penal_charge")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(MONEY, DAYS)
def test_the_charge_is_simple_on_the_overdue_and_carries_no_tax(overdue: int, days: int) -> None:
    found = _charge(overdue, days)
    assert abs(found.charge_paise * 365 * 100 - overdue * days * 24) * 2 <= 365 * 100
    assert found.gst_paise == 0
    assert found.total_paise == found.charge_paise


@given(MONEY, DAYS)
def test_a_day_more_never_costs_less(overdue: int, days: int) -> None:
    for penal in (BY_RATE, FLAT):
        less, more = _charge(overdue, days, penal), _charge(overdue, days + 1, penal)
        assert less.charge_paise <= more.charge_paise


def test_a_flat_charge_knows_neither_amount_nor_days() -> None:
    assert _charge(1, 1, FLAT) == _charge(10**9, 900, FLAT) == PenalCharge(500_00, 0)
    assert _charge(1, 0, FLAT) == PenalCharge(0, 0)


def test_a_charge_has_no_field_by_which_principal_could_move() -> None:
    assert [field.name for field in fields(PenalCharge)] == ["charge_paise", "gst_paise"]


@pytest.mark.parametrize("penal", [BY_RATE, FLAT])
def test_after_the_days_of_grace_it_counts_from_the_due_date(penal: Penal) -> None:
    book = book_with(penal_grace_days=5)
    for days in (0, 4, 5):
        assert _charge(days=days, penal=penal, book=book) == PenalCharge(0, 0)
    assert _charge(days=6, penal=penal, book=book) == _charge(days=6, penal=penal)
    assert _charge(days=6, penal=penal).charge_paise > 0


def test_tax_would_follow_its_row_on_the_day_of_the_charge() -> None:
    taxed = _charge(penal=FLAT, book=book_with(gst_rate=180_000))
    assert taxed == PenalCharge(500_00, 90_00)
    assert taxed.total_paise == 590_00
    old_loan = date(2018, 1, 1)
    found = penal_charge(MissedInstalment(100_00, 3), FLAT, RULEBOOK, old_loan, TODAY)
    assert found == PenalCharge(500_00, 0)


@pytest.mark.parametrize(
    ("sanctioned_on", "on", "allowed"),
    [
        (date(2024, 4, 1), date(2024, 4, 1), False),
        (date(2026, 1, 1), TODAY, False),
        (date(2024, 3, 31), date(2024, 3, 31), True),
        (date(2024, 3, 31), date(2024, 6, 29), True),
        (date(2024, 3, 31), date(2024, 6, 30), False),
        (date(2010, 1, 1), TODAY, False),
    ],
)
def test_penal_interest_ends_for_new_loans_and_then_for_old_ones(
    sanctioned_on: date, on: date, allowed: bool
) -> None:
    assert penal_interest_allowed(RULEBOOK, sanctioned_on, on) is allowed


def test_an_existing_loan_is_told_by_its_day_of_sanction() -> None:
    with pytest.raises(NoRuleInForceError):
        penal_interest_allowed(RULEBOOK, date(2024, 4, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"penal_compounding_allowed": True}, "“penal_compounding_allowed” to no"),
        ({"penal_base": "BALANCE"}, "“penal_base” to OVERDUE_INSTALMENT"),
    ],
)
def test_rules_that_would_let_a_charge_grow_are_refused(
    changed: dict[str, Any], wanted: str
) -> None:
    with pytest.raises(PenalRuleError, match=wanted) as refused:
        _charge(book=book_with(**changed))
    assert refused.value.code in changed


def test_before_the_row_on_compounding_there_is_nothing_to_refuse() -> None:
    earlier = date(2024, 3, 31)
    check_penal_rules(book_with(penal_compounding_allowed=True), earlier, earlier)
    with pytest.raises(PenalRuleError):
        check_penal_rules(book_with(penal_compounding_allowed=True), earlier, date(2024, 4, 1))


@pytest.mark.parametrize(
    ("overdue", "days", "penal", "field"),
    [
        (0, 1, BY_RATE, "overdue"),
        (-1, 1, FLAT, "overdue"),
        (100, -1, BY_RATE, "days_overdue"),
        (100, 1, Penal(PenalMethod.PERCENT_PER_YEAR, None, 500_00), "rate"),
        (100, 1, Penal(PenalMethod.PERCENT_PER_YEAR, -1, None), "interest_rate"),
        (100, 1, Penal(PenalMethod.FLAT, 240_000, None), "flat_amount"),
        (100, 1, Penal(PenalMethod.FLAT, None, 0), "flat_amount"),
        (100, 0, Penal(PenalMethod.FLAT, None, -1), "flat_amount"),
    ],
)
def test_what_gives_no_charge_is_refused(overdue: int, days: int, penal: Penal, field: str) -> None:
    with pytest.raises((LoanTermsError, MeasureInputError)) as refused:
        _charge(overdue, days, penal)
    assert refused.value.field == field
    assert str(refused.value)


def test_the_smallest_overdue_and_charge_are_let_through() -> None:
    assert _charge(1, 0, BY_RATE) == PenalCharge(0, 0)
    assert _charge(1, 1, Penal(PenalMethod.FLAT, None, 1)) == PenalCharge(1, 0)
