"""What must be set aside."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.provisioning import (
    ProvisionCase,
    is_unsecured,
    provision_rate,
    provision_required,
    realisable_value,
)
from app.rules.rulebook import NoRuleInForceError
from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_life import AssetClass, ProvisionSegment
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

MONEY = st.integers(min_value=0, max_value=10**11)


@vectors_of("provision")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


# The law holds for a loan whose balance, security, segment and start stay as they are. Where
# security gains value between two classes it does not hold, and must not (next test).
@given(MONEY, MONEY, st.sampled_from(ProvisionSegment), st.booleans())
def test_it_never_falls_while_the_class_worsens(
    outstanding: int, security: int, segment: ProvisionSegment, unsecured: bool
) -> None:
    found = [
        provision_required(
            ProvisionCase(each, outstanding, security, segment, unsecured), RULEBOOK, TODAY
        )
        for each in AssetClass
    ]
    assert found == sorted(found)
    assert found[-1] == outstanding


def test_special_mention_counts_as_standard_and_rates_are_shares() -> None:
    loan = ProvisionCase(AssetClass.SMA_2, 100_00, segment=ProvisionSegment.HOUSING)
    assert provision_required(loan, RULEBOOK, TODAY) == 25
    assert provision_rate(loan, RULEBOOK, TODAY) == 2_500
    assert provision_rate(replace(loan, outstanding_paise=3_00), RULEBOOK, TODAY) == 3_333
    assert provision_rate(ProvisionCase(AssetClass.LOSS, 1), RULEBOOK, TODAY) == 1_000_000
    assert provision_rate(ProvisionCase(AssetClass.LOSS, 0), RULEBOOK, TODAY) == 0


def test_hardly_any_security_is_none() -> None:
    assert is_unsecured(10, 100, RULEBOOK, TODAY)
    assert not is_unsecured(11, 100, RULEBOOK, TODAY)


def test_days_before_the_rows_are_refused() -> None:
    with pytest.raises(NoRuleInForceError):
        provision_required(ProvisionCase(AssetClass.STANDARD, 1), RULEBOOK, date(2017, 6, 6))


def test_it_may_fall_where_security_gains_value_on_the_way() -> None:
    before = ProvisionCase(AssetClass.DOUBTFUL_1, 100_00)
    after = ProvisionCase(AssetClass.DOUBTFUL_2, 100_00, security_paise=100_00)
    found = [provision_required(each, RULEBOOK, TODAY) for each in (before, after)]
    assert found == [100_00, 40_00]


@given(MONEY, MONEY, MONEY, st.sampled_from(AssetClass))
def test_more_security_never_needs_more(
    outstanding: int, one: int, other: int, asset_class: AssetClass
) -> None:
    less, more = (
        provision_required(ProvisionCase(asset_class, outstanding, security), RULEBOOK, TODAY)
        for security in sorted((one, other))
    )
    assert outstanding >= less >= more >= 0


@pytest.mark.parametrize(
    ("kind", "last_day"),
    [
        (CollateralType.PROPERTY, date(2027, 1, 31)),
        (CollateralType.VEHICLE, date(2025, 1, 31)),
        (CollateralType.GOLD, date(2024, 2, 29)),
        (CollateralType.SECURITIES, date(2024, 2, 29)),
        (CollateralType.OTHER, date(2025, 1, 31)),
    ],
)
def test_a_valuation_counts_up_to_its_age_and_then_not_at_all(
    kind: CollateralType, last_day: date
) -> None:
    valued = date(2024, 1, 31)
    day_after = last_day + timedelta(days=1)
    assert realisable_value(500, valued, kind, RULEBOOK, valued) == 500
    assert realisable_value(500, valued, kind, RULEBOOK, last_day) == 500
    assert realisable_value(500, valued, kind, RULEBOOK, day_after) == 0


def test_a_valuation_that_is_missing_or_of_a_later_day_counts_nothing() -> None:
    later = TODAY + timedelta(days=1)
    for valued_on in (None, later):
        assert realisable_value(500, valued_on, CollateralType.OTHER, RULEBOOK, TODAY) == 0
