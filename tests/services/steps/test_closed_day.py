"""Days late are counted to the last closed day-end; without one, to the day itself."""

from datetime import UTC, date, datetime, timedelta

from app.services.steps.closed_day import counted_to
from db.records.day_end import DayEnd
from db.vocabulary.people import Role
from tests.services.conftest import BRANCH, TODAY


def closed(desk, day: date) -> DayEnd:
    return DayEnd(
        business_date=day, recorded_at=datetime(2026, 11, 23, tzinfo=UTC),
        actor_id=desk.person().user_id, loans=0, moved=0, provision_paise=0, pending_receipts=0,
        details="{}",
    )  # fmt: skip


def test_the_last_closed_day_that_has_come(someone) -> None:
    desk = someone("meera", Role.SUPERVISOR)
    with desk.open_book() as book:
        assert counted_to(book, BRANCH, TODAY) == TODAY
        yesterday = TODAY - timedelta(days=1)
        book.day_ends.add(BRANCH, closed(desk, yesterday))
        assert counted_to(book, BRANCH, TODAY) == yesterday
        book.day_ends.add(BRANCH, closed(desk, TODAY))
        assert counted_to(book, BRANCH, yesterday) == yesterday
