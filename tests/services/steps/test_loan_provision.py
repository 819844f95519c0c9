"""What a loan's security counts for, and the provision that follows."""

from datetime import date
from uuid import UUID

from app.services.steps.loan_provision import SecuredLoan, provision_at, security_value
from db.records.applications import Collateral
from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_life import AssetClass, ProvisionSegment


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
