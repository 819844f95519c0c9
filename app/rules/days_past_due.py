"""Days past due, derived from the oldest unpaid due date and never stored.

Source: lending-rules.md 9.1; RBI/2021-22/125 of 12 Nov 2021. The due date's own day-end counts as
the first day (rule row). Vectors V091 to V101.
"""

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
