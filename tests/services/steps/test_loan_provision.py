"""What a loan's security counts for, and the provision that follows."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from app.services.steps.loan_provision import (
    SecuredLoan,
    provision_at,
    secured_loan,
    security_value,
)
from db.records.applications import Collateral
from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_account import ActState, LoanAct
from db.vocabulary.loan_life import AssetClass, ProvisionSegment
from tests.services.steps.test_account_timeline import ACT
from tests.services.steps.test_loan_day import LOAN


def test_an_old_valuation_counts_as_nothing(rulebook) -> None:
    gold = Collateral(UUID(int=9), CollateralType.GOLD, 700, date(2026, 1, 1))
    house = Collateral(UUID(int=8), CollateralType.PROPERTY, 900, date(2026, 1, 1))
    never = Collateral(UUID(int=7), CollateralType.PROPERTY, 5000, None)
    assert security_value([gold, house, never], rulebook, date(2026, 1, 20)) == 1_600
    assert security_value([gold, house, never], rulebook, date(2026, 6, 1)) == 900


def test_a_doubtful_loan_needs_all_that_is_not_secured(rulebook) -> None:
    # V124: D1, outstanding 10,00,000, security 6,00,000.
    house = Collateral(UUID(int=8), CollateralType.PROPERTY, 60_000_000, date(2026, 1, 1))
    secured = SecuredLoan(200_000_000, ProvisionSegment.OTHER, (house,))
    stands = (AssetClass.DOUBTFUL_1, 100_000_000)
    assert provision_at(secured, stands, date(2026, 6, 1), rulebook) == 55_000_000
    bare = SecuredLoan(200_000_000, ProvisionSegment.OTHER)
    assert provision_at(bare, (AssetClass.SUB_STANDARD, 100), date(2026, 6, 1), rulebook) == 25


def test_a_restructured_loan_is_provided_for_as_its_product_until_then(rulebook) -> None:
    first, again = date(2026, 3, 10), date(2026, 6, 10)
    acts = [
        replace(ACT, act=LoanAct.RESTRUCTURE, state=state, value_date=day)
        for state, day in (
            (ActState.POSTED, again), (ActState.POSTED, first), (ActState.DECLINED, date.min),
        )
    ]  # fmt: skip
    eased = ProvisionSegment.RESTRUCTURED
    loan = replace(
        LOAN, product_code="BUSINESS_TERM", provision_segment=eased, restructured_on=again
    )

    def segments(secured: SecuredLoan) -> list[ProvisionSegment]:
        days = (date(2026, 3, 9), first, date(2026, 6, 9), again)
        return [secured.segment_on(day, rulebook) for day in days]

    own = ProvisionSegment.SME_MICRO_SMALL
    assert segments(secured_loan(loan, (), acts)) == [own, eased, eased, eased]
    # A loan that came restructured from another book has no act of this one.
    assert segments(secured_loan(loan, (), ())) == [own, own, own, eased]
    unknown = replace(loan, product_code="OF_OLD")
    assert segments(secured_loan(unknown, (), ())) == [eased] * 4
