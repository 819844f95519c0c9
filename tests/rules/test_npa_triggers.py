"""Interest-only periods and revolving accounts."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import npa_triggers as triggers
from app.rules.asset_classification import worse
from app.rules.npa_triggers import RevolvingAccount
from app.rules.rulebook import Rulebook
from db.vocabulary.loan_life import AssetClass
from tests.rules.lending_vectors import RULEBOOK, TODAY

SOUND = RevolvingAccount(
    balance_paise=50_000_00,
    days_over_limit=0,
    days_without_credit=10,
    credits_paise=2_000_00,
    interest_debited_paise=2_000_00,
)


@pytest.mark.parametrize("on", [TODAY, date(2022, 3, 31), date(2022, 3, 30)])
def test_interest_overdue_for_more_than_90_days_is_an_npa(on: date) -> None:
    assert not triggers.interest_only_is_npa(90, RULEBOOK, on)
    assert triggers.interest_only_is_npa(91, RULEBOOK, on)


def test_interest_of_an_interest_only_period_has_a_line_of_its_own_once_there_is_one() -> None:
    rows = [
        replace(row, value=60) if row.code == "npa_interest_overdue_days" else row
        for row in RULEBOOK.rows
    ]
    days = (60, 61, 90, 91)
    found = {
        on: [triggers.interest_only_is_npa(count, Rulebook(rows), on) for count in days]
        for on in (date(2022, 3, 30), date(2022, 3, 31))
    }
    assert list(found.values()) == [[False, False, False, True], [False, True, True, True]]


@pytest.mark.parametrize(
    ("account", "out_of_order"),
    [
        (SOUND, False),
        (replace(SOUND, days_over_limit=89), False),
        (replace(SOUND, days_over_limit=90), True),
        (replace(SOUND, days_without_credit=89), False),
        (replace(SOUND, days_without_credit=90), True),
        (replace(SOUND, credits_paise=1_999_99), True),
        (replace(SOUND, balance_paise=1, days_without_credit=400), True),
        (replace(SOUND, balance_paise=0, days_without_credit=400), False),
    ],
)
def test_each_of_three_signs_makes_an_account_out_of_order(
    account: RevolvingAccount, out_of_order: bool
) -> None:
    assert triggers.is_out_of_order(account, RULEBOOK, TODAY) is out_of_order
    is_npa = triggers.class_of_revolving(account, RULEBOOK, TODAY) is AssetClass.SUB_STANDARD
    assert is_npa is out_of_order


def test_a_revolving_account_has_no_sma_0() -> None:
    days = (0, 1, 30, 31, 60, 61, 89, 90)
    found = [
        triggers.class_of_revolving(replace(SOUND, days_over_limit=count), RULEBOOK, TODAY)
        for count in days
    ]
    standard, sma_1, sma_2 = AssetClass.STANDARD, AssetClass.SMA_1, AssetClass.SMA_2
    assert found == [
        standard, standard, standard, sma_1, sma_1, sma_2, sma_2, AssetClass.SUB_STANDARD,
    ]  # fmt: skip


@given(st.integers(0, 200), st.integers(0, 200))
def test_more_days_over_the_limit_never_improve_the_class(days: int, more: int) -> None:
    now, later = (
        triggers.class_of_revolving(replace(SOUND, days_over_limit=count), RULEBOOK, TODAY)
        for count in (days, days + more)
    )
    assert worse(now, later) is later
