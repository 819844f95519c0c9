"""A security counts while its valuation is fresh; loan to value falls with what is owed."""

from datetime import date, timedelta
from uuid import UUID

from app.services.steps.account_security import ltv_trend, security_lines
from db.records.applications import Collateral
from db.vocabulary.lending import CollateralType

VALUED = date(2025, 1, 10)
HOUSE = Collateral(UUID(int=1), CollateralType.PROPERTY, 1_000_000_00, VALUED)
RING = Collateral(UUID(int=2), CollateralType.GOLD, 500_000_00)
BALANCES = ((date(2025, 2, 1), 900_000_00), (date(2025, 9, 1), 600_000_00))


def test_a_valuation_holds_for_the_months_of_its_rule(rulebook) -> None:
    (first,) = security_lines((HOUSE,), rulebook, VALUED)
    last = first.holds_to
    for on, counted in ((last, HOUSE.value_paise), (last + timedelta(days=1), 0)):
        (line,) = security_lines((HOUSE,), rulebook, on)
        assert line.counted_paise == counted
    (never,) = security_lines((RING,), rulebook, VALUED)
    assert (never.holds_to, never.counted_paise) == (None, 0)


def test_the_trend_has_a_point_every_half_year_and_the_day_itself() -> None:
    points = ltv_trend((HOUSE,), BALANCES, date(2026, 3, 1))
    assert [point.on for point in points] == [
        date(2025, 2, 1), date(2025, 8, 1), date(2026, 2, 1), date(2026, 3, 1),
    ]  # fmt: skip
    assert [point.ltv_ppm for point in points] == [900_000, 900_000, 600_000, 600_000]


def test_nothing_behind_a_loan_or_no_value_has_no_ratio() -> None:
    assert ltv_trend((), BALANCES, date(2026, 3, 1)) == ()
    assert ltv_trend((HOUSE,), BALANCES, date(2025, 1, 1)) == ()
    worthless = Collateral(UUID(int=3), CollateralType.OTHER, 0)
    assert {each.ltv_ppm for each in ltv_trend((worthless,), BALANCES, date(2025, 3, 1))} == {None}
