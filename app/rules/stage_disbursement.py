"""Interest on a loan paid out in stages, before its instalments start (pre-EMI).

Source: lending-rules.md 2.6: daily interest on the amount disbursed so far. A stage bears interest
from its own day on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.rules.day_count import DayBasis
from app.rules.money import round_half_up


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the loan and the day it left the bank."""

    on: date
    amount_paise: int


def pre_emi_interest(
    stages: Iterable[Stage], rate_ppm: int, start: date, end: date, basis: DayBasis
) -> int:
    """Interest from start (counted) to end (not counted) in paise, rounded once, half up.

    >>> from db.vocabulary.lending import DayCount
    >>> stages = [Stage(date(2026, 4, 1), 50000000), Stage(date(2026, 4, 16), 50000000)]
    >>> basis = DayBasis(DayCount.ACT_365F, 365)
    >>> pre_emi_interest(stages, 95000, date(2026, 4, 1), date(2026, 5, 1), basis)
    585616
    """
    total = Decimal(0)
    for stage in stages:
        since = min(max(stage.on, start), end)  # a stage of a later day has no days yet
        total += basis.exact(stage.amount_paise, rate_ppm, since, end)
    return round_half_up(total)
