"""What stands behind a loan: each security, how long its valuation holds, and what it covers.

Source: screens.md S61 (Security). A valuation older than its policy age counts as nothing. The
book keeps one valuation of a security and no insurance: the trend moves with what is owed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, takewhile
from uuid import UUID

from app.rules.day_count import add_months
from app.rules.money import PPM
from app.rules.provisioning import realisable_value
from app.rules.rulebook import Rulebook
from db.records.applications import Collateral
from db.vocabulary.lending import CollateralType

MONTHS_A_POINT = 6


@dataclass(frozen=True, slots=True)
class SecurityLine:
    """One security.

    Attributes:
        holds_to: last day on which its valuation counts; None without a valuation.
        counted_paise: its value for provisions that day, 0 once the valuation is too old.
    """

    collateral_id: UUID
    kind: CollateralType
    description: str
    value_paise: int
    valued_on: date | None
    holds_to: date | None
    counted_paise: int


@dataclass(frozen=True, slots=True)
class LtvPoint:
    """What was owed against the value of all securities; `ltv_ppm` is None without a value."""

    on: date
    balance_paise: int
    value_paise: int
    ltv_ppm: int | None


def security_lines(
    collateral: Sequence[Collateral], rulebook: Rulebook, on: date
) -> tuple[SecurityLine, ...]:
    """The securities as they count on a day."""
    return tuple(_line(each, rulebook, on) for each in collateral)


def ltv_trend(
    collateral: Sequence[Collateral],
    balances: Sequence[tuple[date, int]],
    on: date,
) -> tuple[LtvPoint, ...]:
    """Loan to value from the first payment out to a day, every half year and on that day."""
    if not collateral or not balances or on < balances[0][0]:
        return ()
    begun, value = balances[0][0], sum(each.value_paise for each in collateral)
    halves = (add_months(begun, MONTHS_A_POINT * step) for step in count())
    days = [*takewhile(lambda day: day < on, halves), on]
    return tuple(_point(day, balances, value) for day in days)


def _line(item: Collateral, rulebook: Rulebook, on: date) -> SecurityLine:
    valued_on = item.valuation_date
    holds_to = None
    if valued_on is not None:
        age = rulebook.months("valuation_max_age_months", on, item.collateral_type.name)
        holds_to = add_months(valued_on, age)
    counted = realisable_value(item.value_paise, valued_on, item.collateral_type, rulebook, on)
    return SecurityLine(
        collateral_id=item.collateral_id,
        kind=item.collateral_type,
        description=item.description,
        value_paise=item.value_paise,
        valued_on=valued_on,
        holds_to=holds_to,
        counted_paise=counted,
    )


def _point(day: date, balances: Sequence[tuple[date, int]], value: int) -> LtvPoint:
    balance = next((left for moved, left in reversed(balances) if moved <= day), 0)
    return LtvPoint(day, balance, value, balance * PPM // value if value else None)
