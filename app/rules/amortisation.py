"""The repayment schedule: interest each month, the last instalment closes at exactly 0.00.

Source: lending-rules.md 1.4, 1.5 and 1.7. Vectors V013 to V020, V236 to V240. Each month's interest
is ``balance * rate / 12`` half up; in whole paise it is exact integer arithmetic.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.rules.emi import RATE_BASE, check_terms, emi
from app.rules.money import PPM
from app.rules.rulebook import Rulebook
from db.vocabulary.lending import EmiRounding


class ScheduleRow(NamedTuple):
    """One instalment; all money in paise."""

    number: int
    opening_paise: int
    interest_paise: int
    principal_paise: int
    instalment_paise: int
    closing_paise: int


@dataclass(frozen=True, slots=True)
class LoanShape:
    """What the arithmetic of a schedule needs of a loan."""

    principal_paise: int
    rate_ppm: int
    tenure_months: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """A full schedule; ``rounding`` is the one really used."""

    emi_paise: int
    rounding: EmiRounding
    rows: tuple[ScheduleRow, ...]

    @property
    def total_interest_paise(self) -> int:
        """Sum of the interest of every row."""
        return sum(row.interest_paise for row in self.rows)

    @property
    def last_instalment_paise(self) -> int:
        """The instalment that closes the loan."""
        return self.rows[-1].instalment_paise

    @property
    def payments_paise(self) -> tuple[int, ...]:
        """Every instalment in order."""
        return tuple(row.instalment_paise for row in self.rows)


def month_interest(balance_paise: int, rate_ppm: int) -> int:
    """Interest of one whole month at monthly rests, half up.

    >>> month_interest(2000000, 150000)
    25000
    """
    return (2 * balance_paise * rate_ppm + RATE_BASE) // (2 * RATE_BASE)


def principal_part(owed_paise: int, interest_paise: int, emi_paise: int, *, is_last: bool) -> int:
    """What an instalment takes off: the rest where it is the last or covers everything."""
    if is_last or owed_paise + interest_paise <= emi_paise:
        return owed_paise
    return emi_paise - interest_paise


def run_down(balance_paise: int, rate_ppm: int, emi_paise: int, most_rows: int) -> Schedule:
    """Pay a balance off with a fixed instalment; the last row takes what is left.

    ``most_rows`` bounds the count: the row of that number is the last, however large.
    """
    rows: list[ScheduleRow] = []
    left = balance_paise
    while left > 0 and len(rows) < most_rows:
        number, interest = len(rows) + 1, month_interest(left, rate_ppm)
        principal = principal_part(left, interest, emi_paise, is_last=number == most_rows)
        closing = left - principal
        rows.append(ScheduleRow(number, left, interest, principal, principal + interest, closing))
        left = closing
    return Schedule(emi_paise=emi_paise, rounding=EmiRounding.PAISA, rows=tuple(rows))


def raw_schedule(shape: LoanShape, rounding: EmiRounding) -> Schedule:
    """The schedule as the rounding gives it, before the fallback to paise.

    Raises:
        LoanTermsError: principal 0 or less, rate below 0, tenure below 1 month.

    >>> raw_schedule(LoanShape(2000000, 150000, 24), EmiRounding.RUPEE).last_instalment_paise
    96256
    """
    check_terms(shape.principal_paise, shape.rate_ppm, shape.tenure_months)
    instalment = emi(shape.principal_paise, shape.rate_ppm, shape.tenure_months, rounding)
    plain = run_down(shape.principal_paise, shape.rate_ppm, instalment, shape.tenure_months)
    return Schedule(emi_paise=instalment, rounding=rounding, rows=plain.rows)


def contract_schedule(
    shape: LoanShape, rounding: EmiRounding, rulebook: Rulebook, on: date
) -> Schedule:
    """The schedule of the contract: falls back when the rounding bends it too far (rule 1.7).

    Raises:
        LoanTermsError: principal 0 or less, rate below 0, tenure below 1 month.
        NoRuleInForceError: no rounding rule on that date.
    """
    schedule = raw_schedule(shape, rounding)
    largest_ppm = rulebook.ppm("emi_last_instalment_max", on)
    fits = (
        len(schedule.rows) == shape.tenure_months
        and schedule.last_instalment_paise * PPM <= schedule.emi_paise * largest_ppm
    )
    if fits:
        return schedule
    return raw_schedule(shape, EmiRounding(rulebook.word("emi_fallback_rounding", on)))
