"""The pages visited, for back and forward."""

from dataclasses import dataclass, field
from typing import Any

MOST_VISITS = 100


@dataclass(frozen=True, slots=True)
class Visit:
    """A page with what it was opened with."""

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)


class PageHistory:
    """Visits in order, with a place in them."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._place = -1

    @property
    def current(self) -> Visit | None:
        """The page shown, None before the first."""
        return self._visits[self._place] if self._place >= 0 else None

    def go(self, visit: Visit) -> None:
        """Note a visit; what lay ahead is forgotten, the same page twice counts once."""
        if visit == self.current:
            return
        del self._visits[self._place + 1 :]
        self._visits.append(visit)
        del self._visits[:-MOST_VISITS]
        self._place = len(self._visits) - 1

    def peek(self, step: int) -> Visit | None:
        """Return the visit one back (-1) or ahead (1), None at the end."""
        place = self._place + step
        return self._visits[place] if 0 <= place < len(self._visits) else None

    def move(self, step: int) -> None:
        """Go there."""
        if self.peek(step) is not None:
            self._place += step

    def clear(self) -> None:
        """Forget everything (sign-out)."""
        self._visits.clear()
        self._place = -1
