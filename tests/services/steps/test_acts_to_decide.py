"""An act waits for those who may decide it, and never for its maker."""

from dataclasses import replace

import pytest

from app.services.steps.acts_to_decide import acts_to_decide, may_decide, number_of
from app.services.steps.two_people import new_act
from db.vocabulary.loan_account import LoanAct
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.running_loans import LoanPlanned


def test_what_waits_is_seen_by_a_second_person_alone(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    lent = two_people(desk, checker, submitted.application_id, LoanPlanned())
    asked = lent.propose(LoanAct.RESCHEDULE, months=40)
    with desk.read_book() as book:
        assert [act.act_id for act in acts_to_decide(book, checker)] == [asked.act_id]
        assert acts_to_decide(book, desk) == ()
        assert acts_to_decide(book, someone("typist", Role.ASSISTANT)) == ()


def test_an_act_is_named_by_its_loan_or_the_application_that_has_none(
    desk, someone, submitted
) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    lent = two_people(desk, checker, submitted.application_id, LoanPlanned())
    lent.propose(LoanAct.RESCHEDULE, months=40)
    branch_id = desk.person().branch_id
    with desk.read_book() as book:
        (act,) = acts_to_decide(book, checker)
        assert number_of(book, branch_id, act) == lent.loan.reference
        assert number_of(book, branch_id, replace(act, loan_id=None)) == submitted.reference


@pytest.mark.parametrize("act", LoanAct)
def test_a_supervisor_decides_every_kind_but_the_own(desk, someone, act) -> None:
    checker = someone("meera", Role.SUPERVISOR).person()
    made = new_act(act, desk.person().user_id, None, desk.clock.today(), desk)
    assert may_decide(checker, made)
    assert not may_decide(checker, replace(made, maker_id=checker.user_id))
