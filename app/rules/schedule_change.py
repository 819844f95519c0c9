"""The instalments that are left of a running loan, on their dates, when something of it changes.

Source: lending-rules.md 2.1, 3, 4.2 and 7.4. A whole month is charged by monthly rests; where
principal was paid early inside a month, the rest of that month is charged by days. Starting on a
due date the rows are those of `running_loan`, `prepayment` and `rate_reset` to the paisa.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from app.rules.amortisation import month_interest, principal_part
from app.rules.day_count import DayBasis, due_dates, whole_months
from app.rules.emi import MONTHS_PER_YEAR
from app.rules.moratorium import interest_of_month
from db.vocabulary.lending import MissingDay, MoratoriumTreatment


class LeftDue(NamedTuple):
    """One instalment that is not due yet; money in paise.

    In a month whose interest joins the principal nothing is paid and the closing is above the
    opening.
    """

    number: int
    due_on: date
    opening_paise: int
    interest_paise: int
    principal_paise: int
    closing_paise: int

    @property
    def instalment_paise(self) -> int:
        """What is paid."""
        return self.interest_paise + self.principal_paise


@dataclass(frozen=True, slots=True)
class LeftStart:
    """Where the instalments that are left begin.

    Attributes:
        first_number: of the first of them.
        dates: of the instalments left, as agreed so far; longer terms go on month by month.
        period_start: a month before the first date.
        settled_to: interest is settled up to this day, in `period_start` or later.
    """

    balance_paise: int
    rate_ppm: int
    first_number: int
    dates: tuple[date, ...]
    period_start: date
    settled_to: date
    basis: DayBasis
    missing: MissingDay = MissingDay.LAST_DAY_OF_MONTH


def rows_left(start: LeftStart, emi_paise: int, most: int) -> tuple[LeftDue, ...]:
    """Pay the balance off with an instalment; the row of number `most` takes what is left."""
    rows: list[LeftDue] = []
    left, dates = start.balance_paise, dates_left(start, most)
    while left > 0 and len(rows) < most:
        place = len(rows)
        interest = _first_interest(start, dates[0]) if not place else _month(start, left)
        paid = principal_part(left, interest, emi_paise, is_last=place == most - 1)
        principal = max(paid, 0)  # the days of a long month may cost more than the instalment
        number = start.first_number + place
        rows.append(LeftDue(number, dates[place], left, interest, principal, left - principal))
        left -= principal
    return tuple(rows)


def rows_of_pause(
    start: LeftStart, months: int, treatment: MoratoriumTreatment
) -> tuple[LeftDue, ...]:
    """The months without an instalment; interest is paid in each, or joins the principal.

    Simple interest bears none itself: it waits, and joins once, at the end.
    """
    rows: list[LeftDue] = []
    dates, owed, waiting = dates_left(start, months), start.balance_paise, 0
    for place, interest in enumerate(_pause_interest(start, months, treatment)):
        paid = interest if treatment is MoratoriumTreatment.SERVICED else 0
        waiting += interest - paid
        waits = treatment is MoratoriumTreatment.CAPITALISED_SIMPLE and place < months - 1
        closing = owed if waits else owed + waiting
        rows.append(LeftDue(start.first_number + place, dates[place], owed, paid, 0, closing))
        if not waits:
            owed, waiting = closing, 0
    return tuple(rows)


def _pause_interest(start: LeftStart, months: int, treatment: MoratoriumTreatment) -> Iterator[int]:
    """The interest of each month; a first one that is split is charged by days."""
    base, run = start.balance_paise, 0
    for place in range(months):
        if not place and start.settled_to != start.period_start:
            interest = _first_interest(start, dates_left(start, 1)[0])
            if treatment is MoratoriumTreatment.CAPITALISED_MONTHLY:
                base += interest  # the run of whole months starts after the split one
        else:
            run += 1
            interest = interest_of_month(base, start.rate_ppm, run, treatment)
        yield interest


def after_pause(start: LeftStart, pause: Sequence[LeftDue]) -> LeftStart:
    """Where the instalments begin once a pause is over."""
    last = pause[-1]
    dates = dates_left(start, len(pause) + len(start.dates))
    return replace(
        start,
        balance_paise=last.closing_paise,
        first_number=last.number + 1,
        dates=dates[len(pause) :],
        period_start=last.due_on,
        settled_to=last.due_on,
    )


def dates_left(start: LeftStart, count: int) -> tuple[date, ...]:
    """So many due dates from the first one left on; beyond those agreed, a month apart."""
    known = start.dates[:count]
    if len(known) == count:
        return known
    due_day = max(day.day for day in start.dates)
    numbers = range(len(known) + 1, count + 1)
    return known + tuple(due_dates(start.dates[0], numbers, due_day, start.missing))


def longest_left(
    most_months: int, done: int, next_due: date, born_on: date | None, oldest_years: int | None
) -> int:
    """The most instalments that product and age leave, counted from the next due date on.

    Args:
        most_months: the longest term of the product.
        done: instalments that have fallen due.
        next_due: of the first instalment left.
        born_on: of the borrower; None leaves the age out.
        oldest_years: completed years at most on the last due date; None is no limit.
    """
    by_product = max(most_months - done, 1)
    if born_on is None or oldest_years is None:
        return by_product
    by_age = (oldest_years + 1) * MONTHS_PER_YEAR - whole_months(born_on, next_due)
    return min(by_product, max(by_age, 1))


def _first_interest(start: LeftStart, due_on: date) -> int:
    if start.settled_to == start.period_start:
        return _month(start, start.balance_paise)
    return start.basis.interest(start.balance_paise, start.rate_ppm, start.settled_to, due_on)


def _month(start: LeftStart, balance_paise: int) -> int:
    return month_interest(balance_paise, start.rate_ppm)
