"""An act waits for another person, and ends once."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.two_people import decided_act, new_act
from db.vocabulary.loan_account import ActState, LoanAct
from db.vocabulary.people import Role

DAY = date(2026, 11, 23)


@pytest.fixture
def act(desk):
    return new_act(LoanAct.DISBURSEMENT, desk.person().user_id, None, DAY, desk)


def refused(call):
    with pytest.raises(Refused) as found:
        call()
    return found.value


def test_a_proposal_has_a_maker_and_nothing_decided(desk, act) -> None:
    assert (act.state, act.maker_id, act.base_version) == (
        ActState.PROPOSED, desk.person().user_id, 0,
    )  # fmt: skip
    assert (act.checker_id, act.decided_at, act.loan_id) == (None, None, None)


@pytest.mark.parametrize("state", [ActState.POSTED, ActState.DECLINED])
def test_another_person_decides_it(desk, someone, act, state) -> None:
    other = someone("bela", Role.SUPERVISOR)
    done = decided_act(act, state, other)
    assert (done.state, done.checker_id) == (state, other.person().user_id)
    assert done.decided_at == desk.clock.now()
    assert refused(lambda: decided_act(act, state, desk)).kind is RefusalKind.NOT_PERMITTED
    assert refused(lambda: decided_act(done, state, other)).kind is RefusalKind.CONFLICT


def test_only_its_maker_takes_it_back(desk, someone, act) -> None:
    back = decided_act(act, ActState.WITHDRAWN, desk)
    assert (back.state, back.checker_id) == (ActState.WITHDRAWN, None)
    other = someone("bela", Role.SUPERVISOR)
    found = refused(lambda: decided_act(act, ActState.WITHDRAWN, other))
    assert found.kind is RefusalKind.NOT_PERMITTED
    posted = replace(act, state=ActState.POSTED)
    assert (
        "posted already" in refused(lambda: decided_act(posted, ActState.WITHDRAWN, desk)).sentence
    )
