"""Days that were missed before a loan's terms changed are closed as they were then.

The same life, its day-ends on time or late, has the same class history on both engines.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services.close_day import CloseDay, close_day
from db.vocabulary.lending import MoratoriumTreatment, PrepaymentKeep
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.class_books import close_by_hand, rebuild, receive, timeline
from tests.services.running_loans import LoanPlanned
from tests.services.test_day_ends_agree import check_classes

ONE_DAY = timedelta(days=1)
CHANGES: dict[LoanAct, dict[str, object]] = {
    LoanAct.RESCHEDULE: {"months": 70},
    LoanAct.RATE_CHANGE: {"rate_ppm": 90_000, "keep": PrepaymentKeep.TENURE},
    LoanAct.MORATORIUM: {"months": 2, "treatment": MoratoriumTreatment.CAPITALISED_SIMPLE},
    LoanAct.RESTRUCTURE: {"months": 70},
}
ON_TIME_OR_LATE = pytest.mark.parametrize("late", [False, True], ids=["on_time", "late"])


@pytest.fixture
def life(desk, someone, submitted):
    """Start a loan that two people change two days after `first`; days are closed or missed."""
    checker = someone("meera", Role.SUPERVISOR)
    maker = someone("bela", Role.OFFICER, Role.SUPERVISOR)

    def lived(planned, act, first, *, late, cured=False):
        desk.clock.day = first - ONE_DAY
        lent = two_people(desk, checker, submitted.application_id, planned)
        lent = replace(lent, maker=maker)
        close_by_hand(checker, desk.clock.day)
        rebuild(checker, lent.loan)
        for day in (first, first + ONE_DAY):
            desk.clock.day = day
            if cured and day == first:
                receive(maker, lent.loan_id, day, lent.loan.overdue_paise, today=day)
            if not late:
                close_day(CloseDay(day), checker)
        desk.clock.day += ONE_DAY
        lent.post(act, **CHANGES[act])
        desk.clock.day += ONE_DAY
        closed = close_day(CloseDay(desk.clock.day), checker)
        assert len(closed.days) == (4 if late else 2)
        check_classes(checker, [lent.loan], desk.clock.day)
        return lent

    return lived


@ON_TIME_OR_LATE
@pytest.mark.parametrize("act", CHANGES)
def test_a_due_that_fell_before_the_change_is_in_arrears_from_its_day(life, act, late) -> None:
    lent = life(LoanPlanned(paid=11), act, date(2026, 12, 5), late=late)
    assert timeline(lent.checker, lent.loan_id) == [
        (date(2026, 11, 5), "SMA-0"),
        (date(2026, 12, 5), "SMA-1"),
    ]


@ON_TIME_OR_LATE
def test_an_npa_cured_before_it_was_restructured_is_standard_from_that_day(life, late) -> None:
    first = date(2026, 12, 2)
    lent = life(LoanPlanned(paid=8), LoanAct.RESTRUCTURE, first, late=late, cured=True)
    assert timeline(lent.checker, lent.loan_id)[-2:] == [
        (first, "Standard"),
        (date(2026, 12, 5), "SMA-0"),
    ]
