"""What waits for the person at the desk: one bundled read.

Source: screens.md S10 (minimal): returned first, then what waits, oldest first; drafts; counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.bank_time import bank_day
from app.rules.permissions import Act, may
from app.services.steps.book_person import viewer_of
from app.services.steps.draft_age import old_drafts
from db.records.book import Draft
from db.records.lists import ApplicationRow
from db.vocabulary.loan_life import ApplicationStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

WAITING_DAYS = 7  # older ones are called waiting, not new; it only sorts a list
_ORDER = (ApplicationStatus.RETURNED, ApplicationStatus.PENDING)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line: what, who, since when, how much, and where it is done."""

    what: str
    who: str
    reference: str
    age_days: int
    amount_paise: int | None
    screen: str
    record_id: UUID


@dataclass(frozen=True, slots=True)
class TodayWork:
    """The page: lines, drafts, counts of my applications, disbursed this month in paise.

    Attributes:
        old_drafts: drafts untouched for so long that they are offered for deletion.
    """

    to_do: tuple[ToDo, ...]
    drafts: tuple[Draft, ...]
    counts: Mapping[ApplicationStatus, int]
    disbursed_month_paise: int
    old_drafts: tuple[Draft, ...] = ()


def today_work(desk: "Desk") -> TodayWork:
    """Read what waits for the person at the desk.

    Raises:
        Refused: nobody has signed in.
    """
    person = desk.person()
    viewer = viewer_of(desk)
    with desk.read_book() as book:
        may_read = may(person.roles, Act.READ_APPLICATIONS)
        waiting = book.applications.to_do(viewer, _ORDER) if may_read else ()
        counts = book.applications.counts_by_status(viewer)
        drafts = book.drafts.of_user(person.branch_id, person.user_id)
        disbursed = book.portfolio.disbursed_between(
            person.branch_id, viewer.today.replace(day=1), viewer.today
        )
    return TodayWork(
        to_do=tuple(_line(each, desk) for each in waiting),
        drafts=drafts,
        counts=counts,
        disbursed_month_paise=disbursed,
        old_drafts=old_drafts(drafts, desk),
    )


def _line(row: ApplicationRow, desk: "Desk") -> ToDo:
    age = max((desk.clock.today() - bank_day(row.status_since)).days, 0)
    what = "Returned"
    if row.status is not ApplicationStatus.RETURNED:
        what = "Waiting" if age > WAITING_DAYS else "New"
    return ToDo(
        what=what,
        who=row.full_name,
        reference=row.reference,
        age_days=age,
        amount_paise=row.amount_paise,
        screen="decision",
        record_id=row.application_id,
    )
