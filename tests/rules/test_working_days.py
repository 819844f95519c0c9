"""Working days of the bank."""

from datetime import date

from app.rules.working_days import add_working_days, is_working_day


def test_sundays_second_and_fourth_saturdays_and_holidays_are_closed() -> None:
    november = [day for day in range(1, 31) if not is_working_day(date(2026, 11, day))]
    assert november == [1, 8, 14, 15, 22, 28, 29]
    # A month that begins on a Saturday: the 8th and the 22nd are its second and fourth.
    august = [day for day in range(1, 32) if not is_working_day(date(2026, 8, day))]
    assert august == [2, 8, 9, 16, 22, 23, 30]
    assert not is_working_day(date(2026, 11, 24), {date(2026, 11, 24)})


def test_the_day_itself_does_not_count() -> None:
    friday = date(2026, 11, 27)
    assert add_working_days(friday, 1) == date(2026, 11, 30)
    assert add_working_days(friday, 3, {date(2026, 12, 1)}) == date(2026, 12, 3)
    assert add_working_days(friday, 0) == friday
