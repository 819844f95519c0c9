"""PostgreSQL and the services agree on which role posts, proposes and confirms on a loan."""

from dataclasses import replace

import pytest

from app.rules.permissions import Act, may
from app.services.steps.acts_to_decide import deciding, proposing
from app.services.steps.ids import new_id
from app.services.steps.loan_ledger import read_ledger
from app.services.steps.two_people import new_act
from db.guards import loan_people
from db.migrations import frozen_ddl
from db.records.loans import LoanBatch
from db.records.refusals import BookDamaged
from db.vocabulary.loan_account import ActState, LoanAct
from db.vocabulary.people import Role
from tests.services.changed_loans import two_people
from tests.services.running_loans import LoanPlanned, running_loan

POSTGRESQL = pytest.mark.parametrize("blank_desk", ["postgresql"], indirect=True)


def test_the_frozen_guards_are_those_of_the_program() -> None:
    frozen = {one.rstrip(";\n") for one in frozen_ddl.statements("0012", "postgresql")}
    assert set(loan_people.CREATE) == frozen


@pytest.fixture
def loan(desk, someone, submitted):
    checker = someone("bela", Role.SUPERVISOR)
    return running_loan(desk, checker, submitted.application_id, LoanPlanned())


@pytest.fixture
def people(desk, someone):
    """One person for each role."""
    return {role: someone(f"one.{number}", role) for number, role in enumerate(Role)}


def takes(desk, loan, **rows) -> bool:
    """Whether the database takes these rows; they are not kept."""
    try:
        with desk.open_book() as book:
            book.accounts.add(loan.branch_id, LoanBatch(**rows))
    except BookDamaged:
        return False
    return True


@POSTGRESQL
def test_receipts_are_posted_by_those_who_may(desk, loan, people) -> None:
    with desk.read_book() as book:
        ledger = read_ledger(book, loan)
    paid = ledger.rows[-1]
    for role, person in people.items():
        row = replace(
            paid,
            repayment_id=new_id(desk),
            actor_id=person.person().user_id,
            balance_after_paise=ledger.balance_paise - paid.principal_paise,
        )
        assert takes(desk, loan, repayments=(row,)) is may([role], Act.POST_REPAYMENT), role


@POSTGRESQL
@pytest.mark.parametrize("act", LoanAct)
def test_acts_are_proposed_and_confirmed_by_those_who_may(desk, loan, people, act) -> None:
    made = new_act(act, loan.application_id, loan, desk.clock.today(), people[Role.SUPERVISOR])
    for role, person in people.items():
        own = replace(made, act_id=new_id(desk), maker_id=person.person().user_id)
        assert takes(desk, loan, acts=(own,)) is may([role], proposing(act)), role
    # An officer of another name asks, so that every one of these is a second person.
    asked = replace(made, maker_id=desk.person().user_id, decided_at=desk.clock.now())
    for role, person in people.items():
        for state in (ActState.POSTED, ActState.DECLINED):
            checker = person.person().user_id
            ended = replace(asked, act_id=new_id(desk), state=state, checker_id=checker)
            assert takes(desk, loan, acts=(ended,)) is may([role], deciding(act)), role


def test_collections_ask_for_a_restructuring_and_for_nothing_else(desk, someone, submitted) -> None:
    checker = someone("meera", Role.SUPERVISOR)
    lent = two_people(desk, checker, submitted.application_id, LoanPlanned())
    theirs = replace(lent, maker=someone("chitra", Role.COLLECTIONS))
    with pytest.raises(Exception, match="Your role does not allow this"):
        theirs.propose(LoanAct.RESCHEDULE, months=40)
    done = theirs.post(LoanAct.RESTRUCTURE, months=72)
    assert done.state is ActState.POSTED
    assert lent.loan.restructured_on == lent.today
    lent.check_laws()
