"""Promises of a day: whose they are, what is missing, when they are kept or over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.services.steps.ids import new_id
from app.services.steps.promises_due import promises_due
from app.services.today_work import today_work
from db.vocabulary.people import Role
from tests.services.class_books import receive
from tests.services.conftest import TODAY
from tests.services.followed_loans import at, call, late_loan, promise_of


@pytest.fixture
def loan(desk, someone, submitted):
    """A late loan with a promise of ₹5,000 for the third day from now."""
    at(desk, TODAY)
    lent = late_loan(desk, someone, submitted)
    call(desk, lent.loan_id, promise_of(500_000, TODAY + timedelta(days=3)))
    return lent


def due(desk, person=None):
    with desk.read_book() as book:
        return promises_due(book, person or desk.person(), desk.clock.today())


def test_a_promise_is_due_on_its_day_alone(desk, loan) -> None:
    assert due(desk) == ()
    at(desk, TODAY + timedelta(days=3))
    (found,) = due(desk)
    assert (found.loan_id, found.reference) == (loan.loan_id, loan.reference)
    assert found.missing_paise == 500_000
    at(desk, TODAY + timedelta(days=4))
    assert due(desk) == ()


def test_what_came_is_taken_off_and_a_kept_promise_is_not_due(desk, loan) -> None:
    at(desk, TODAY + timedelta(days=2))
    receive(desk, loan.loan_id, desk.clock.today(), 200_000)
    at(desk, TODAY + timedelta(days=3))
    assert [each.missing_paise for each in due(desk)] == [300_000]
    receive(desk, loan.loan_id, desk.clock.today(), 300_000)
    assert due(desk) == ()


def test_an_officer_sees_the_own_loans_and_a_supervisor_all(desk, loan, someone) -> None:
    at(desk, TODAY + timedelta(days=3))
    other = replace(desk.person(), user_id=new_id(desk))
    assert due(desk, other) == ()
    assert len(due(desk, someone("chief", Role.SUPERVISOR).person())) == 1


def test_today_lists_it_after_what_was_returned(desk, loan) -> None:
    at(desk, TODAY + timedelta(days=3))
    line = next(each for each in today_work(desk).to_do if each.screen == "loan")
    assert (line.what, line.reference) == ("Promise due", loan.reference)
    assert (line.age_days, line.amount_paise, line.record_id) == (0, 500_000, loan.loan_id)
    seen_by_admin = replace(desk.person(), roles=frozenset({Role.ADMIN}))
    assert not [w for w in today_work(desk.acting(seen_by_admin)).to_do if w.screen == "loan"]
