"""Several people at once: one payment waits, one is paid, and nobody locks the others out."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from app.services.disburse_loan import (
    DecideDisbursement,
    ProposeDisbursement,
    confirm_disbursement,
    propose_disbursement,
)
from app.services.steps.ids import new_id
from app.services.steps.refusal import Refused
from db.vocabulary.loan_account import ActState
from db.vocabulary.people import Role
from tests.services.disbursement_cases import accepted, wanted

BRANCH, AT_ONCE = 412, 4


@pytest.fixture
def people(someone):
    return [someone(f"officer{n}", Role.OFFICER, Role.SUPERVISOR) for n in range(AT_ONCE)]


@pytest.fixture
def ready(desk, people, submitted):
    return accepted(desk, people[0], submitted)


def together(acts):
    """Run them at the same moment; answers, and sentences of those that were refused."""
    starts = Barrier(len(acts))

    def run(act):
        starts.wait()
        try:
            return act()
        except Refused as refused:
            return refused.sentence

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_payment_is_proposed_and_one_person_pays_it_out(desk, people, ready):
    key = ready.application_id
    asked = [
        lambda who=who: propose_disbursement(
            ProposeDisbursement(new_id(who), key, wanted(who)), who
        )
        for who in (desk, *people)
    ]
    answers = together(asked)
    refused = [each for each in answers if isinstance(each, str)]
    assert len(refused) == AT_ONCE, answers
    assert all("waits for its second person" in each for each in refused)
    with desk.open_book() as book:
        (act,) = book.acts.of(BRANCH, application_id=key)
    others = [who for who in (desk, *people) if who.person().user_id != act.maker_id]
    confirmed = together(
        [
            lambda who=who: confirm_disbursement(DecideDisbursement(new_id(who), key), who)
            for who in others
        ]
    )
    paid = [each for each in confirmed if not isinstance(each, str)]
    assert [each.state for each in paid] == [ActState.POSTED], confirmed
    with desk.open_book() as book:
        assert len(book.loans.disbursements(BRANCH, paid[0].loan_id)) == 1
        assert book.cells.all(BRANCH) == book.cells.counted(BRANCH)
