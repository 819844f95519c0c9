"""Up to which day a branch is closed, and what waits."""

from datetime import date

import pytest

from app.services.read_closing import ClosingState, read_closing
from app.services.steps.refusal import Refused
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.class_books import close_by_hand
from tests.services.running_loans import LoanPlanned


def test_a_branch_says_where_it_stands(desk, someone) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    assert read_closing(checker).last_closed is None
    close_by_hand(desk, date(2026, 3, 31))
    state = read_closing(checker)
    assert (state.last_closed, state.today) == (date(2026, 3, 31), desk.clock.today())
    assert state.waiting == ()
    assert (state.all_closed, state.offered) == (False, state.today)
    with pytest.raises(Refused, match="role"):
        read_closing(desk)


def test_what_waits_names_its_loan(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    lent = two_people(desk, checker, submitted.application_id, LoanPlanned())
    lent.propose(LoanAct.RESCHEDULE, months=40)
    (row,) = read_closing(checker).waiting
    assert (row.act, row.loan_id) == (LoanAct.RESCHEDULE, lent.loan_id)
    assert row.reference == lent.loan.reference


def test_a_closed_day_offers_the_next_one_only_where_it_may_be_looked_at() -> None:
    today = date(2026, 9, 30)
    assert ClosingState(today, today, ()).offered == today
    assert ClosingState(today, today, (), looks_ahead=True).offered == date(2026, 10, 1)
    assert ClosingState(today, date(2026, 9, 29), (), looks_ahead=True).offered == today
