"""The parts of a provision add up to what the rule of provisioning says, for every loan."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.provisioning import ProvisionCase, provision_required
from app.rules.rule_rows import NoRuleInForceError
from app.services.steps.account_provision import Stands, parts_on, provision_parts
from app.services.steps.loan_provision import secured_loan
from db.records.applications import Collateral
from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_life import AssetClass, ProvisionSegment
from tests.services.steps.test_loan_day import LOAN

DAY = date(2026, 9, 30)
MONEY = st.integers(0, 10**12)
CASES = st.builds(
    ProvisionCase,
    asset_class=st.sampled_from(AssetClass),
    outstanding_paise=MONEY,
    security_paise=MONEY,
    segment=st.sampled_from(ProvisionSegment),
    unsecured_ab_initio=st.booleans(),
)


@given(case=CASES)
def test_the_parts_add_up_to_the_provision(case, rulebook) -> None:
    parts = provision_parts(case, rulebook, DAY)
    assert sum(part.amount_paise for part in parts) == provision_required(case, rulebook, DAY)
    assert sum(part.base_paise for part in parts) == case.outstanding_paise
    for part in parts:
        row = rulebook.row(part.code, DAY, part.segment)
        assert (row.value, row.effective_from) == (part.rate_ppm, part.rule_from)


def test_a_day_before_the_rules_is_refused(rulebook) -> None:
    with pytest.raises(NoRuleInForceError):
        provision_parts(ProvisionCase(AssetClass.STANDARD, 1), rulebook, date(2000, 1, 1))


def test_security_of_the_start_decides_the_rate_of_sub_standard(rulebook) -> None:
    stands = Stands(DAY, AssetClass.SUB_STANDARD, 200_00)
    nothing = secured_loan(LOAN, (), ())
    (bare,) = parts_on(nothing, stands, rulebook)
    house = Collateral(UUID(int=1), CollateralType.PROPERTY, 900_00)
    (secured,) = parts_on(secured_loan(LOAN, (house,), ()), stands, rulebook)
    assert (bare.segment, secured.segment) == ("UNSECURED_AB_INITIO", "SECURED")
    assert bare.amount_paise > secured.amount_paise
    assert parts_on(nothing, Stands(date(2000, 1, 1), AssetClass.LOSS, 1), rulebook) == ()
