"""Days past due, derived from the oldest unpaid due date and never stored.

Source: lending-rules.md 9.1; RBI/2021-22/125 of 12 Nov 2021. The due date's own day-end counts as
the first day (rule row). Vectors V091 to V101.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.rules.rulebook import Rulebook


def days_past_due(oldest_unpaid_due: date | None, day_end: date, rulebook: Rulebook) -> int:
    """Calendar days past due at the end of a day; 0 when nothing due is unpaid.

    Raises:
        NoRuleInForceError: no counting rule on that day.
    """
    if oldest_unpaid_due is None or oldest_unpaid_due > day_end:
        return 0
    first = rulebook.days("dpd_of_due_day", day_end)
    return (day_end - oldest_unpaid_due).days + first


def is_overdue(unpaid_paise: int, rulebook: Rulebook, on: date) -> bool:
    """Whether an unpaid rest keeps an instalment overdue: one paisa does, unless a row says so."""
    return not rulebook.row("overdue_tolerance", on).holds(unpaid_paise)


@dataclass(frozen=True, slots=True)
class UnpaidDue:
    """What is left unpaid of one due date, in paise."""

    due_on: date
    unpaid_paise: int
    in_moratorium: bool = False


def oldest_overdue(dues: Iterable[UnpaidDue], rulebook: Rulebook, day_end: date) -> date | None:
    """The oldest due date that is overdue at a day-end, from which the days are counted.

    What falls due in a moratorium counts only where the rule says so.
    """
    counts_moratorium = rulebook.flag("moratorium_interest_is_overdue", day_end)
    return min(
        (
            due.due_on
            for due in dues
            if due.due_on <= day_end
            and is_overdue(due.unpaid_paise, rulebook, day_end)
            and (counts_moratorium or not due.in_moratorium)
        ),
        default=None,
    )
