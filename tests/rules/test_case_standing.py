"""Where a case stands, and which step may come next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.case_standing import (
    Standing,
    StepRefusedError,
    StepTaken,
    Terms,
    WhyNot,
    check_claim,
    check_held,
    check_independent,
    check_propose,
    check_recall,
    check_withdraw,
    in_hand,
    standing_of,
)
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import SanctionAuthority

MAKER, OTHER_MAKER, CHECKER, OTHER = (UUID(int=number) for number in range(1, 5))
AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
MINUTES = 60


def step(kind: CaseStep, who: UUID, **fields: object) -> StepTaken:
    return StepTaken(kind, who, fields.pop("at", AT), **fields)


PROPOSE = step(
    CaseStep.PROPOSE, MAKER, decision=Decision.APPROVE, terms=Terms(100_000_00, 12, 120_000)
)
CLAIM = step(CaseStep.CLAIM, CHECKER)


def decide(decision: Decision) -> StepTaken:
    return step(CaseStep.DECIDE, CHECKER, decision=decision)


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ((), ApplicationStatus.PENDING),
        ((PROPOSE,), ApplicationStatus.PROPOSED),
        ((PROPOSE, step(CaseStep.WITHDRAW, MAKER)), ApplicationStatus.PENDING),
        ((PROPOSE, CLAIM), ApplicationStatus.PROPOSED),
        ((PROPOSE, CLAIM, decide(Decision.APPROVE)), ApplicationStatus.APPROVED),
        ((PROPOSE, CLAIM, decide(Decision.APPROVE_WITH_CHANGES)), ApplicationStatus.APPROVED),
        ((PROPOSE, CLAIM, decide(Decision.REJECT)), ApplicationStatus.REJECTED),
        ((PROPOSE, CLAIM, decide(Decision.RETURN)), ApplicationStatus.RETURNED),
        (
            (PROPOSE, CLAIM, decide(Decision.RETURN), PROPOSE, step(CaseStep.WITHDRAW, MAKER)),
            ApplicationStatus.RETURNED,
        ),
        (
            (PROPOSE, CLAIM, decide(Decision.REJECT), step(CaseStep.RECALL, CHECKER)),
            ApplicationStatus.PROPOSED,
        ),
    ],
)
def test_the_status_follows_from_the_steps(
    steps: tuple[StepTaken, ...], status: ApplicationStatus
) -> None:
    assert standing_of(steps).status is status


def test_a_case_that_was_sent_back_keeps_its_makers_and_its_count() -> None:
    again = replace(PROPOSE, actor_id=OTHER_MAKER)
    standing = standing_of((PROPOSE, CLAIM, decide(Decision.RETURN), again))
    assert standing.makers == {MAKER, OTHER_MAKER}
    assert standing.returned == 1
    assert standing.decided is None
    assert standing.proposal == again


def test_forwarding_frees_the_case_and_names_who_decides() -> None:
    desk = SanctionAuthority.REGIONAL_CREDIT_DESK
    standing = standing_of((PROPOSE, CLAIM, step(CaseStep.FORWARD, CHECKER, forward_to=desk)))
    assert standing.claim is None
    assert standing.authority is desk
    taken_up = standing_of(
        (
            PROPOSE,
            CLAIM,
            step(CaseStep.FORWARD, CHECKER, forward_to=desk),
            step(CaseStep.CLAIM, OTHER),
        )
    )
    assert (taken_up.authority, taken_up.claim) == (desk, step(CaseStep.CLAIM, OTHER))


def refused(why: WhyNot):
    return pytest.raises(StepRefusedError, check=lambda error: error.why is why)


@pytest.mark.parametrize("status", list(ApplicationStatus))
def test_only_open_applications_are_proposed(status: ApplicationStatus) -> None:
    if status in {ApplicationStatus.PENDING, ApplicationStatus.RETURNED}:
        check_propose(status)
    else:
        with refused(WhyNot.STATE):
            check_propose(status)


def test_only_the_maker_withdraws_and_only_before_it_is_taken_up() -> None:
    waiting = standing_of((PROPOSE,))
    check_withdraw(waiting, MAKER)
    with refused(WhyNot.PERSON):
        check_withdraw(waiting, OTHER)
    with refused(WhyNot.STATE):
        check_withdraw(standing_of((PROPOSE, CLAIM)), MAKER)
    with refused(WhyNot.STATE):
        check_withdraw(Standing(), MAKER)


def test_nobody_decides_what_they_made_or_entered() -> None:
    standing = standing_of((PROPOSE,))
    check_independent(standing, CHECKER, OTHER)
    for person, entered_by in ((MAKER, OTHER), (CHECKER, CHECKER)):
        with refused(WhyNot.PERSON):
            check_independent(standing, person, entered_by)
        with refused(WhyNot.PERSON):
            check_claim(standing, person, entered_by, AT, MINUTES)


def test_a_claim_holds_for_its_time() -> None:
    standing = standing_of((PROPOSE, CLAIM))
    almost = AT + timedelta(minutes=MINUTES, microseconds=-1)
    assert in_hand(standing, almost, MINUTES) == CHECKER
    assert in_hand(standing, AT + timedelta(minutes=MINUTES), MINUTES) is None
    assert in_hand(standing_of((PROPOSE,)), AT, MINUTES) is None
    check_claim(standing, CHECKER, MAKER, AT, MINUTES)
    with refused(WhyNot.STATE):
        check_claim(standing, OTHER, MAKER, almost, MINUTES)
    check_claim(standing, OTHER, MAKER, AT + timedelta(minutes=MINUTES), MINUTES)


def test_steps_of_a_checker_need_the_case_in_hand() -> None:
    check_held(standing_of((PROPOSE, CLAIM)), CHECKER)
    for standing, person in (
        (standing_of((PROPOSE,)), CHECKER),
        (standing_of((PROPOSE, CLAIM)), OTHER),
        (standing_of((PROPOSE, CLAIM, step(CaseStep.RELEASE, CHECKER))), CHECKER),
        (Standing(), CHECKER),
    ):
        with refused(WhyNot.STATE):
            check_held(standing, person)


def test_a_decision_is_recalled_by_its_checker_before_the_letter() -> None:
    decided = standing_of((PROPOSE, CLAIM, decide(Decision.APPROVE)))
    check_recall(decided, CHECKER, letter_issued=False)
    with refused(WhyNot.PERSON):
        check_recall(decided, OTHER, letter_issued=False)
    with refused(WhyNot.STATE):
        check_recall(decided, CHECKER, letter_issued=True)
    for standing in (
        standing_of((PROPOSE,)),
        standing_of((PROPOSE, CLAIM, decide(Decision.RETURN))),
    ):
        with refused(WhyNot.STATE):
            check_recall(standing, CHECKER, letter_issued=False)


@given(
    st.lists(
        st.builds(
            StepTaken,
            step=st.sampled_from(
                [CaseStep.PROPOSE, CaseStep.CLAIM, CaseStep.RELEASE, CaseStep.WITHDRAW]
            ),
            actor_id=st.sampled_from([MAKER, CHECKER, OTHER]),
            at=st.just(AT),
        ),
        max_size=12,
    )
)
def test_whoever_once_proposed_never_decides(steps: list[StepTaken]) -> None:
    standing = standing_of(steps)
    proposers = {one.actor_id for one in steps if one.step is CaseStep.PROPOSE}
    assert standing.makers == proposers
    for person in proposers:
        with refused(WhyNot.PERSON):
            check_independent(standing, person, UUID(int=99))
