"""Until which day something may be put to sleep: an alert, or the follow-up of a loan.

Source: screens.md S70 and S80 (snooze), rule row `snooze_max_days`.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.rules.dates import date_shown

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook

_RULE = "snooze_max_days"


def snooze_day_fault(until: date | None, rulebook: "Rulebook", today: date) -> str:
    """What to choose instead of a day, as a sentence; empty where it does.

    Raises:
        NoRuleInForceError: there is no rule on snoozes today.
    """
    row = rulebook.row(_RULE, today)
    if until is not None and until > today and row.holds((until - today).days):
        return ""
    first, last = (today + timedelta(days=each) for each in (1, rulebook.days(_RULE, today)))
    return f"Choose a day from {date_shown(first)} to {date_shown(last)}"
