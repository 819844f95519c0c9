"""An NPA that was restructured more than once had to prove itself after each time, on any day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services.close_day import CloseDay, close_day
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.class_books import close_by_hand, rebuild, receive, timeline
from tests.services.running_loans import LoanPlanned
from tests.services.test_day_ends_agree import check_classes

FIRST = date(2026, 12, 2)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize("late", [False, True], ids=["on_time", "late"])
def test_it_stays_an_npa_from_the_first_time_on(desk, someone, submitted, late) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    maker = someone("bela", Role.OFFICER, Role.SUPERVISOR)
    desk.clock.day = FIRST
    lent = two_people(desk, checker, submitted.application_id, LoanPlanned(paid=8))
    lent = replace(lent, maker=maker)
    close_by_hand(checker, FIRST)
    rebuild(checker, lent.loan)
    before = timeline(checker, lent.loan_id)
    for months in (70, 90):
        desk.clock.day += ONE_DAY
        lent.post(LoanAct.RESTRUCTURE, months=months)
        desk.clock.day += ONE_DAY
        if lent.loan.overdue_paise:  # cured, but not proven
            owed = lent.loan.overdue_paise
            receive(maker, lent.loan_id, desk.clock.day, owed, today=desk.clock.day)
        if not late:
            close_day(CloseDay(desk.clock.day), checker)
    close_day(CloseDay(desk.clock.day), checker)
    check_classes(checker, [lent.loan], desk.clock.day)
    receive(maker, lent.loan_id, FIRST + 2 * ONE_DAY, 100_000, today=desk.clock.day)
    check_classes(checker, [lent.loan], desk.clock.day)
    assert timeline(checker, lent.loan_id) == before
    assert before[-1][1] == "Sub-Standard"
