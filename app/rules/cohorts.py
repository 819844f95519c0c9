"""Cohorts by month of disbursement: the share of loans ever 90+ by each month on book.

Source: lending-rules.md section 14 (vintage, months on book). Vectors V212 and V213. The
denominator is fixed at origination, so a curve never falls; a month that the youngest loan of the
cohort has not reached has no figure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from app.rules.day_count import add_months, whole_months
from app.rules.exact_fractions import percent_of_whole
from app.rules.measure_inputs import MeasureInputError, check_amount, check_part, check_whole
from app.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class FirstBad:
    """One loan that became bad, at the month on book of its first bad day.

    Attributes:
        size: 1 where loans are counted, the amount disbursed in paise where amounts are.
    """

    month_on_book: int
    size: int = 1


def months_on_book(disbursed_on: date, day_end: date) -> int:
    """Whole months from disbursement to a day-end.

    Raises:
        MeasureInputError: the loan was not there yet on that day.

    >>> months_on_book(date(2026, 1, 31), date(2026, 2, 28))
    1
    """
    if day_end < disbursed_on:
        raise MeasureInputError("day_end", "a day on or after the disbursement")
    return whole_months(disbursed_on, day_end)


def counts_as_bad(days_past_due: int, rulebook: Rulebook, on: date) -> bool:
    """Whether so many days past due mark a loan as ever 90+."""
    return rulebook.row("cohort_ever_from_dpd", on).holds(days_past_due)


def first_bad_month(
    disbursed_on: date, days_by_day_end: Iterable[tuple[date, int]], rulebook: Rulebook
) -> int | None:
    """The month on book of the first bad day-end; None for a loan that was never bad.

    Later cures do not matter: a loan that was bad once stays counted.
    """
    bad = (day_end for day_end, days in days_by_day_end if counts_as_bad(days, rulebook, day_end))
    first = min(bad, default=None)
    return None if first is None else months_on_book(disbursed_on, first)


def ever_bad_curve(
    size: int, firsts: Iterable[FirstBad], months: Sequence[int]
) -> tuple[Fraction, ...]:
    """Share ever bad by each of the months on book, exact per cent of the size at origination.

    Args:
        size: loans, or paise, disbursed in the cohort.
        firsts: the loans of the cohort that became bad, each once.
        months: months on book to answer for, in any order.

    Raises:
        MeasureInputError: a cohort of nothing, a negative month, more bad than there ever was.
    """
    check_whole("loans", size)
    bad = tuple(firsts)
    for first in bad:
        check_amount("first_90_plus_months", first.month_on_book)
        check_amount("first_90_plus_months", first.size)
    check_part("first_90_plus_months", sum(first.size for first in bad), size)
    for month in months:
        check_amount("months_on_book", month)
    return tuple(
        percent_of_whole(sum(each.size for each in bad if each.month_on_book <= month), size)
        for month in months
    )


def mature_months(disbursed_in: date, day_end: date) -> int:
    """Months on book that every loan of a month of disbursement has reached; below 0 when none.

    The youngest possible loan counts: one of the month's last day.

    >>> mature_months(date(2026, 1, 1), date(2026, 4, 29)), mature_months(
    ...     date(2026, 1, 1), date(2026, 4, 30))
    (2, 3)
    """
    last_day = add_months(disbursed_in.replace(day=1), 1) - timedelta(days=1)
    return whole_months(last_day, day_end)


def drawn_curve(
    size: int, firsts: Iterable[FirstBad], months: Sequence[int], reached: int
) -> tuple[Fraction | None, ...]:
    """As `ever_bad_curve`, with None for every month beyond the months reached.

    Raises:
        MeasureInputError: see `ever_bad_curve`.
    """
    curve = ever_bad_curve(size, firsts, months)
    return tuple(
        share if month <= reached else None for share, month in zip(curve, months, strict=True)
    )


def is_thin(loans: int, rulebook: Rulebook, on: date) -> bool:
    """Whether a cohort has too few loans to be read; its cells are hatched."""
    return not rulebook.row("cohort_min_loans", on).holds(loans)
