"""What must be set aside."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.provisioning import ProvisionCase, is_unsecured, provision_rate, provision_required
from app.rules.rulebook import NoRuleInForceError
from db.vocabulary.loan_life import AssetClass, ProvisionSegment
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

MONEY = st.integers(min_value=0, max_value=10**11)


@vectors_of("provision")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(MONEY, MONEY)
def test_it_never_falls_while_the_class_worsens(outstanding: int, security: int) -> None:
    found = [
        provision_required(ProvisionCase(each, outstanding, security), RULEBOOK, TODAY)
        for each in AssetClass
    ]
    assert found == sorted(found)
    assert found[-1] == outstanding


def test_special_mention_counts_as_standard_and_rates_are_shares() -> None:
    loan = ProvisionCase(AssetClass.SMA_2, 100_00, segment=ProvisionSegment.HOUSING)
    assert provision_required(loan, RULEBOOK, TODAY) == 25
    assert provision_rate(loan, RULEBOOK, TODAY) == 2_500
    assert provision_rate(ProvisionCase(AssetClass.LOSS, 0), RULEBOOK, TODAY) == 0


def test_hardly_any_security_is_none() -> None:
    assert is_unsecured(10, 100, RULEBOOK, TODAY)
    assert not is_unsecured(11, 100, RULEBOOK, TODAY)


def test_days_before_the_rows_are_refused() -> None:
    with pytest.raises(NoRuleInForceError):
        provision_required(ProvisionCase(AssetClass.STANDARD, 1), RULEBOOK, date(2017, 6, 6))
