"""The applications list and its count.

Source: screens.md S30 and G3: pages by key, one count per filter change.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.rules.permissions import Act
from app.services.steps.book_person import viewer_of
from app.services.steps.permission import permit
from db.records.lists import ApplicationFilter, ApplicationRow, Page

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

KEY_STEP = 500


@dataclass(frozen=True, slots=True)
class FindApplications:
    """One page of the list. `after` is the `next` of the page before."""

    filter: ApplicationFilter = ApplicationFilter()  # noqa: RUF009  # frozen, one default serves all
    limit: int = KEY_STEP
    after: str | None = None


@dataclass(frozen=True, slots=True)
class ApplicationsFound:
    """A page and when it was read."""

    page: Page[ApplicationRow]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class ApplicationsCounted:
    """How many there are, and the cursor after every 500th row."""

    total: int
    keys: tuple[str, ...]


def find_applications(request: FindApplications, desk: "Desk") -> ApplicationsFound:
    """One page of the applications list.

    Raises:
        Refused: the person may not read applications.
        BadCursor: `after` belongs to another sort.
    """
    permit(desk, Act.READ_APPLICATIONS)
    viewer = viewer_of(desk)
    with desk.read_book() as book:
        page = book.applications.find(viewer, request.filter, request.limit, request.after)
    return ApplicationsFound(page, desk.clock.now())


def count_applications(wanted: ApplicationFilter, desk: "Desk") -> ApplicationsCounted:
    """Count the filtered list once and keep every 500th key."""
    permit(desk, Act.READ_APPLICATIONS)
    viewer = viewer_of(desk)
    with desk.read_book() as book:
        total = book.applications.count(viewer, wanted)
        keys = book.applications.keys_every(viewer, wanted, KEY_STEP) if total > KEY_STEP else ()
    return ApplicationsCounted(total, keys)
