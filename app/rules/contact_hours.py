"""When and how often a borrower may be called or visited, before a reason is asked.

Source: screens.md S70; rows contact_from, contact_to and contact_max. Messages and letters have no
hour. The limits never stop a contact: outside them the person says why.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from app.rules.rulebook import Rulebook
from db.vocabulary.operations import ContactChannel


class ContactLimit(StrEnum):
    """The limits, the counted ones by the segment of their row."""

    HOURS = "HOURS"
    CALLS_PER_DAY = "CALLS_PER_DAY"
    CALLS_PER_WEEK = "CALLS_PER_WEEK"
    VISITS_PER_MONTH = "VISITS_PER_MONTH"


@dataclass(frozen=True, slots=True)
class ContactsSoFar:
    """How often a borrower was contacted before, on all loans together."""

    calls_today: int = 0
    calls_this_week: int = 0
    visits_this_month: int = 0


@dataclass(frozen=True, slots=True)
class LimitPassed:
    """A limit that this contact passes, with its sentence."""

    limit: ContactLimit
    sentence: str


def limits_passed(
    channel: ContactChannel, hour: time, before: ContactsSoFar, rulebook: Rulebook, on: date
) -> tuple[LimitPassed, ...]:
    """The limits that a contact at that hour of the bank's clock would pass; none: in order."""
    if channel not in (ContactChannel.CALL, ContactChannel.VISIT):
        return ()
    found = []
    first, last = (rulebook.text(code, on) for code in ("contact_from", "contact_to"))
    if not time.fromisoformat(first) <= hour <= time.fromisoformat(last):
        words = f"{hour:%H:%M} is outside {first} to {last}"
        found.append(LimitPassed(ContactLimit.HOURS, words))
    counted = (
        (
            (ContactLimit.CALLS_PER_DAY, before.calls_today, "calls today"),
            (ContactLimit.CALLS_PER_WEEK, before.calls_this_week, "calls in 7 days"),
        )
        if channel is ContactChannel.CALL
        else ((ContactLimit.VISITS_PER_MONTH, before.visits_this_month, "visits in 30 days"),)
    )
    for limit, count, name in counted:
        row = rulebook.row("contact_max", on, limit)
        if not row.holds(count + 1):
            words = f"{count} {name}, {row.value} allowed"
            found.append(LimitPassed(limit, words))
    return tuple(found)


def calls_used_up(today: int, this_week: int, rulebook: Rulebook, on: date) -> bool:
    """Whether another call would pass a limit of calls."""
    counts = {ContactLimit.CALLS_PER_DAY: today, ContactLimit.CALLS_PER_WEEK: this_week}
    return any(
        not rulebook.row("contact_max", on, limit).holds(count + 1)
        for limit, count in counts.items()
    )
