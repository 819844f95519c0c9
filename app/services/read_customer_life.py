"""What has happened to a customer and what was noted, by pages.

Source: screens.md S21 (Timeline, Notes). A role that may not read applications or loans does not
see their events.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act, may
from app.services.steps.permission import permit
from db.records.customer_life import CustomerNote, TimelineEvent, TimelineKind
from db.records.lists import Page

if TYPE_CHECKING:
    from app.services.steps.desk import Actor, Desk

LARGEST_PAGE = 500
NOTES_PAGE = 50
_NEEDS = {
    TimelineKind.APPLICATION: Act.READ_APPLICATIONS,
    TimelineKind.SCORE: Act.READ_APPLICATIONS,
    TimelineKind.LOAN: Act.READ_LOANS,
    TimelineKind.PAYMENT: Act.READ_LOANS,
}


@dataclass(frozen=True, slots=True)
class TimelineRequest:
    """Which events of whom; no kind means every kind the person may see."""

    customer_id: UUID
    kind: TimelineKind | None = None
    limit: int = LARGEST_PAGE
    after: str | None = None


@dataclass(frozen=True, slots=True)
class NotesPage:
    """A page of notes, newest first, and how many there are."""

    page: Page[CustomerNote]
    total: int


def kinds_for(person: "Actor") -> tuple[TimelineKind, ...]:
    """The kinds of events a person may see, in the order of the filter."""
    return tuple(
        kind for kind in TimelineKind if kind not in _NEEDS or may(person.roles, _NEEDS[kind])
    )


def read_timeline(request: TimelineRequest, desk: "Desk") -> Page[TimelineEvent]:
    """Read one page of a customer's timeline, newest first.

    Raises:
        Refused: the person may not read customers, or not this kind of event.
        NotFound: the branch has no such customer.
        BadCursor: `after` is no place of a timeline.
    """
    person = permit(desk, Act.READ_CUSTOMERS)
    kinds = frozenset(kinds_for(person))
    if request.kind is not None:
        if request.kind in _NEEDS:
            permit(desk, _NEEDS[request.kind])
        kinds = frozenset({request.kind})
    own = (person.branch_id, request.customer_id)
    with desk.read_book() as book:
        book.customers.get(*own)
        return book.timeline.page(own, kinds, min(request.limit, LARGEST_PAGE), request.after)


def read_notes(customer_id: UUID, desk: "Desk", after: str | None = None) -> NotesPage:
    """Read one page of a customer's notes.

    Raises:
        Refused: the person may not read customers.
        NotFound: the branch has no such customer.
        BadCursor: `after` is no place in the notes.
    """
    branch_id = permit(desk, Act.READ_CUSTOMERS).branch_id
    with desk.read_book() as book:
        book.customers.get(branch_id, customer_id)
        page = book.notes.of_customer(branch_id, customer_id, NOTES_PAGE, after)
        return NotesPage(page, book.notes.count(branch_id, customer_id))
