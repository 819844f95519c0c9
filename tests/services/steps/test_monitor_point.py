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
        points: tuple[BookPoint, ...] = book_points(view, book)
    assert len(points) == 12
    assert [each.day for each in points[-3:]] == [
        date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30),
    ]  # fmt: skip
    lent = [each.lent_loans for each in points]
    assert lent == sorted(lent)
    assert points[-1].position is not None
