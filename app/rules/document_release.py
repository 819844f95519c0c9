"""When property papers and pledged gold go back to the borrower, and what a delay costs the bank.

Source: lending-rules.md 4.6; RBI/2023-24/60 of 13 Sep 2023 (papers); RBI/2025-26/47 of 6 Jun 2025,
as reported (gold and silver). Vectors V223 to V225. The rows in force on the day of full repayment
count; every calendar day after the last free one is paid for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from app.rules.dates import date_shown
from app.rules.field_refusal import FieldRefusedError
from app.rules.rulebook import Rulebook
from app.rules.working_days import add_working_days


class ReleaseDateError(FieldRefusedError):
    """Days of a release that do not go together."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release held against its time.

    Attributes:
        last_free_day: the last day on which it costs nothing.
        compensation_paise: what the bank owes the borrower.
    """

    last_free_day: date
    delay_days: int
    compensation_paise: int


def papers_due_by(closed_on: date, rulebook: Rulebook, *, originals_lost: bool = False) -> date:
    """The last day to hand back original papers and remove registered charges.

    Raises:
        ReleaseDateError: the closing day is at the end of the calendar.
        NoRuleInForceError: no rule on the day of full repayment.
    """
    _check_calendar(closed_on)
    days = rulebook.days("document_release_days", closed_on)
    if originals_lost:
        days += rulebook.days("document_release_extra_days_if_lost", closed_on)
    return closed_on + timedelta(days=days)


def gold_due_by(closed_on: date, rulebook: Rulebook, holidays: Iterable[date] = ()) -> date:
    """The last day to hand back pledged gold or silver, counted in the bank's working days.

    Raises:
        ReleaseDateError: the closing day is at the end of the calendar.
        NoRuleInForceError: no rule on the day of full repayment.
    """
    _check_calendar(closed_on)
    count = rulebook.number("gold_release_working_days", closed_on, unit="working_days")
    return add_working_days(closed_on, count, frozenset(holidays))


def document_release(
    closed_on: date, handed_over_on: date, rulebook: Rulebook, *, originals_lost: bool = False
) -> Release:
    """Papers handed over on a day; while they are still held, that day is today.

    Raises:
        ReleaseDateError: a day at fault.
        NoRuleInForceError: no rule on the day of full repayment.
    """
    last = papers_due_by(closed_on, rulebook, originals_lost=originals_lost)
    daily = rulebook.paise("document_release_compensation", closed_on)
    return _held(closed_on, handed_over_on, last, daily)


def gold_release(
    closed_on: date, handed_over_on: date, rulebook: Rulebook, holidays: Iterable[date] = ()
) -> Release:
    """Gold or silver handed over on a day; while it is still held, that day is today.

    Raises:
        ReleaseDateError: a day at fault.
        NoRuleInForceError: no rule on the day of full repayment.
    """
    last = gold_due_by(closed_on, rulebook, holidays)
    daily = rulebook.paise("gold_release_compensation", closed_on)
    return _held(closed_on, handed_over_on, last, daily)


def _check_calendar(closed_on: date) -> None:
    if closed_on.year == MAXYEAR:
        raise ReleaseDateError("closed_on", f"Enter a closing day before the year {MAXYEAR}")


def _held(closed_on: date, handed_over_on: date, last: date, daily_paise: int) -> Release:
    if handed_over_on < closed_on:
        raise ReleaseDateError(
            "handed_over_on", f"Enter {date_shown(closed_on)}, the closing day, or a later day"
        )
    delay = max((handed_over_on - last).days, 0)
    return Release(last, delay, delay * daily_paise)
