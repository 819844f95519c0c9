"""Days past due of the rows of the customers list, derived by the rules, never stored."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from app.rules.asset_classification import turns_npa
from app.rules.days_past_due import days_past_due
from db.records.lists import CustomerRow

if TYPE_CHECKING:
    from app.rules.rulebook import Rulebook


class LateDays:
    """Knows nothing until the rulebook has been read on the database lane."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self.rulebook: Rulebook | None = None

    def days(self, row: CustomerRow) -> int | None:
        """Days past due today, None before the rules are known."""
        if self.rulebook is None:
            return None
        return days_past_due(row.oldest_unpaid_due, self._today(), self.rulebook)

    def token(self, row: CustomerRow) -> str:
        """Colour: muted when nothing is late, bad from the day a loan turns NPA."""
        days = self.days(row)
        if not days or self.rulebook is None:
            return "muted"
        return "bad" if turns_npa(days, self.rulebook, self._today()) else "warning"

    def icon(self, row: CustomerRow) -> tuple[str, str] | None:
        """A warning sign for a late row."""
        return ("alert-triangle", self.token(row)) if self.days(row) else None
