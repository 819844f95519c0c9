"""Measures of a book, and alerts that do not flicker."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import portfolio_ratios as ratios
from db.vocabulary.operations import Alert, AlertLevel
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, load, vectors_of

WARNING, CRITICAL = AlertLevel.WARNING, AlertLevel.CRITICAL
MONEY = st.integers(min_value=0, max_value=10**12)


@vectors_of(
    "npa_ratios",
    "provision_coverage",
    "portfolio_at_risk",
    "on_time_share",
    "collection_efficiency",
)
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(MONEY, MONEY, MONEY)
def test_net_is_at_most_gross(standard: int, npa: int, provision: int) -> None:
    book = ratios.NpaBook(standard + npa, npa, min(provision, npa))
    found = ratios.npa_ratios(book)
    if found.npa_ratio is not None:
        assert found.npa_ratio <= 100
    if found.net_npa_ratio is not None and found.npa_ratio is not None:
        assert found.net_npa_ratio <= found.npa_ratio


def test_an_empty_book_has_no_ratio() -> None:
    assert ratios.default_rate(0, 0) is None
    assert ratios.portfolio_at_risk([], RULEBOOK, TODAY) == dict.fromkeys(ratios.PAR_SEGMENTS)


@pytest.mark.parametrize(
    ("alert", "measured", "standing", "level"),
    [
        (Alert.NPA_RATIO, "5.00", None, WARNING),
        (Alert.NPA_RATIO, "5.01", None, CRITICAL),
        (Alert.NPA_RATIO, "3.00", None, None),
        (Alert.NPA_RATIO, "4.80", CRITICAL, CRITICAL),
        (Alert.NPA_RATIO, "4.70", CRITICAL, WARNING),
        (Alert.NPA_RATIO, "2.80", WARNING, WARNING),
        (Alert.NPA_RATIO, "2.80", None, None),
        (Alert.NPA_RATIO, "2.80", CRITICAL, WARNING),
        (Alert.NPA_RATIO, "2.70", WARNING, None),
        (Alert.ON_TIME, "80.00", None, None),
        (Alert.ON_TIME, "79.99", None, WARNING),
        (Alert.ON_TIME, "80.20", WARNING, WARNING),
        (Alert.ON_TIME, "80.30", WARNING, None),
        (Alert.DEFAULT_RATE, "10.19", None, CRITICAL),
    ],
)
def test_an_alert_rises_at_its_limit_and_clears_with_a_margin(
    alert: Alert, measured: str, standing: AlertLevel | None, level: AlertLevel | None
) -> None:
    assert ratios.alert_level(alert, Decimal(measured), standing, RULEBOOK, TODAY) is level


def test_each_alert_reads_the_row_of_the_word_list() -> None:
    words = load("words.json")["lists"]["alert"]["words"]
    assert {Alert(word["code"]): word["row"] for word in words} == ratios._ALERT_ROWS


@given(st.lists(st.tuples(MONEY, st.booleans(), MONEY), min_size=1), MONEY)
def test_gross_is_at_most_100_and_net_at_most_gross_over_any_book(
    loans: list[tuple[int, bool, int]], suspense: int
) -> None:
    gross = sum(balance for balance, _, _ in loans)
    npa = sum(balance for balance, is_npa, _ in loans if is_npa)
    held = sum(min(balance, provision) for balance, is_npa, provision in loans if is_npa)
    found = ratios.npa_ratios(ratios.NpaBook(gross, npa, held, min(suspense, npa - held)))
    if found.npa_ratio is not None:
        assert 0 <= found.npa_ratio <= 100
    if found.net_npa_ratio is not None and found.npa_ratio is not None:
        assert 0 <= found.net_npa_ratio <= found.npa_ratio
    if found.provision_coverage_ratio is not None:
        assert 0 <= found.provision_coverage_ratio <= 100


def test_a_default_lies_within_twelve_months_on_book() -> None:
    disbursed = date(2024, 1, 31)
    assert not ratios.is_defaulted(disbursed, None, RULEBOOK)
    assert ratios.is_defaulted(disbursed, date(2024, 7, 1), RULEBOOK)
    assert ratios.is_defaulted(disbursed, date(2025, 2, 27), RULEBOOK)  # twelve whole months
    assert not ratios.is_defaulted(disbursed, date(2025, 2, 28), RULEBOOK)
