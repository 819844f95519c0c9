"""A change is posted as it was proposed, by another person, once; the account stays exact."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from app.services.decide_loan_change import (
    DecideLoanChange,
    confirm_loan_change,
    decline_loan_change,
)
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.loan_account import ActState, LoanAct
from db.vocabulary.people import Role
from tests.services.changed_loans import TwoPeople, two_people
from tests.services.running_loans import LoanPlanned

DUE = date(2026, 11, 5)


@pytest.fixture
def lent(desk, someone, submitted) -> TwoPeople:
    checker = someone("meera", Role.SUPERVISOR)
    return two_people(desk, checker, submitted.application_id, LoanPlanned())


def test_its_maker_does_not_confirm_it_and_nobody_does_twice(lent, someone) -> None:
    waiting = lent.propose(LoanAct.RESCHEDULE, months=40)
    own = someone("rani", Role.OFFICER, Role.SUPERVISOR)
    both = replace(lent, maker=own)
    with pytest.raises(Refused) as refusal:
        confirm_loan_change(DecideLoanChange(new_id(own), waiting.act_id), lent.maker)
    assert refusal.value.kind is RefusalKind.NOT_PERMITTED
    command = DecideLoanChange(new_id(own), waiting.act_id)
    first = confirm_loan_change(command, lent.checker)
    assert confirm_loan_change(command, lent.checker) == first  # the same command: the same answer
    with pytest.raises(Refused) as refusal:
        confirm_loan_change(DecideLoanChange(new_id(own), waiting.act_id), lent.checker)
    assert refusal.value.kind is RefusalKind.CONFLICT
    own_waiting = both.propose(LoanAct.RESCHEDULE, months=30)
    with pytest.raises(Refused) as refusal:
        confirm_loan_change(DecideLoanChange(new_id(own), own_waiting.act_id), own)
    assert refusal.value.kind is RefusalKind.NOT_PERMITTED


def test_a_loan_that_was_only_touched_since_is_as_it_was_proposed(lent) -> None:
    """A day-end that moves no figure raises the version; the proposal of yesterday still holds."""
    waiting = lent.propose(LoanAct.RESCHEDULE, months=40)
    with lent.maker.open_book() as book:
        book.accounts.update(book.accounts.lock(lent.loan.branch_id, lent.loan_id))
        book.commit()
    command = DecideLoanChange(new_id(lent.checker), waiting.act_id)
    assert confirm_loan_change(command, lent.checker).state is ActState.POSTED


def test_figures_that_moved_by_the_calendar_are_told(lent) -> None:
    waiting = lent.propose(LoanAct.RESCHEDULE, months=40, value_date=DUE)
    lent.maker.clock.day = date(2026, 12, 6)  # an instalment has fallen due since
    with pytest.raises(Refused):
        confirm_loan_change(DecideLoanChange(new_id(lent.checker), waiting.act_id), lent.checker)


def test_declining_says_why_and_changes_nothing(lent) -> None:
    waiting = lent.propose(LoanAct.RESCHEDULE, months=40)
    before = lent.loan
    with pytest.raises(Refused) as refusal:
        decline_loan_change(DecideLoanChange(new_id(lent.checker), waiting.act_id), lent.checker)
    assert set(refusal.value.fields) == {"reason"}
    said = DecideLoanChange(new_id(lent.checker), waiting.act_id, "income is not proven")
    assert decline_loan_change(said, lent.checker).state is ActState.DECLINED
    assert lent.loan == before
    assert lent.propose(LoanAct.RESCHEDULE, months=41).state is ActState.PROPOSED


def test_nothing_of_personal_data_stands_in_the_audit(lent) -> None:
    lent.post(LoanAct.RESCHEDULE, months=40)
    with lent.maker.read_book() as book:
        rows = book._connection.execute(text("SELECT * FROM audit_entries")).all()
    assert rows
    assert not any("Asha" in str(row) for row in rows)
