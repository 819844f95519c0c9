from dataclasses import replace
from datetime import date

from app.services.steps.monitor_point import BookPoint, book_points
from app.services.steps.monitor_scope import MonitorScope, look_up
from tests.services.sample_desks import small_sandbox
from tests.services.steps.test_monitor_tiles import POINT


def test_a_point_without_a_kept_month_end_has_no_npa() -> None:
    assert replace(POINT, position=None).npa is None
    assert POINT.npa is not None
    assert POINT.month == "2026-09"
    assert replace(POINT, decided=0, approved=0).approval_rate is None


def test_points_stand_at_month_ends_up_to_the_day(request) -> None:
    desk, _ = small_sandbox(request)
    with desk.read_book() as book:
        view = look_up(MonitorScope(), desk, book)
        points: tuple[BookPoint, ...] = book_points(view, book, 3)
    assert [each.day for each in points] == [
        date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30),
    ]  # fmt: skip
    assert points[0].lent_loans <= points[1].lent_loans <= points[2].lent_loans
    assert points[-1].position is not None
