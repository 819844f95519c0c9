"""What is told of a case between maker and checker."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.services.read_queue import CaseForChecker
from app.ui.widgets.case_words import (
    case_state,
    moment_shown,
    returned_words,
    span_shown,
    terms_shown,
)
from db.records.cases import CaseStepRecord, FrozenReason
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus

MAKER, CHECKER = UUID(int=1), UUID(int=2)
AT = datetime(2026, 11, 23, 8, 44, tzinfo=UTC)
PROPOSAL = CaseStepRecord(
    step_id=UUID(int=11),
    application_id=UUID(int=10),
    number=1,
    step=CaseStep.PROPOSE,
    actor_id=MAKER,
    at=AT,
    from_status=ApplicationStatus.PENDING,
    to_status=ApplicationStatus.PROPOSED,
    decision=Decision.APPROVE_WITH_CHANGES,
    amount_paise=82_000_000,
    tenure_months=72,
    rate_ppm=122_500,
)


def case(*steps, **changes):
    known = CaseForChecker(
        proposal=PROPOSAL,
        steps=(PROPOSAL, *steps),
        names={MAKER: "Anita Desai", CHECKER: "Meera Iyer"},
        questions="",
        moved=None,
        decided_after=None,
    )
    return replace(known, **changes)


def decided(decision, **changes):
    step = replace(
        PROPOSAL,
        step=CaseStep.DECIDE,
        decision=decision,
        actor_id=CHECKER,
        at=AT + timedelta(hours=3),
    )
    return replace(step, **changes)


def test_a_proposal_tells_who_when_and_which_terms():
    state = case_state(case(), ApplicationStatus.PROPOSED, MAKER)
    assert state.said == (
        "Proposed by Anita Desai, 23 Nov 2026 14:14: "
        "approve with changes, ₹8,20,000, 72 months, 12.25 %"
    )
    assert state.more == "A second person decides"
    assert state.own_proposal
    assert not case_state(case(), ApplicationStatus.PROPOSED, CHECKER).own_proposal


def test_one_that_is_taken_up_is_with_the_checker_and_no_longer_the_makers():
    state = case_state(case(held_by=CHECKER), ApplicationStatus.PROPOSED, MAKER)
    assert state.more == "With the checker Meera Iyer"
    assert not state.own_proposal


def test_a_decision_tells_how_long_it_took_and_whose_it_is():
    step = decided(Decision.REJECT, amount_paise=None)
    told = case(step, decided_after=timedelta(hours=3))
    state = case_state(told, ApplicationStatus.REJECTED, CHECKER)
    assert state.said == "Decided by Meera Iyer, 23 Nov 2026 17:14: reject"
    assert state.more == "3 h after it was proposed"
    assert state.own_decision
    assert not case_state(told, ApplicationStatus.REJECTED, MAKER).own_decision


def test_the_automatic_policy_is_named_and_nobodys_to_recall():
    step = decided(Decision.APPROVE, step=CaseStep.DECIDE_AUTOMATICALLY)
    told = case(step, decided_after=timedelta(seconds=1))
    state = case_state(told, ApplicationStatus.APPROVED, CHECKER)
    assert state.said.startswith("Decided by the bank's automatic policy, ")
    assert state.more == "less than a minute after it was proposed"
    assert not state.own_decision


@pytest.mark.parametrize("status", [ApplicationStatus.PENDING, ApplicationStatus.RETURNED])
def test_nothing_is_told_while_the_maker_works(status):
    told = case(decided(Decision.RETURN), proposal=None)
    assert case_state(told, status, MAKER).said == ""


def test_what_was_sent_back_says_why_and_asks():
    why = (FrozenReason("RET-INCOME-PROOF", "Proof of income is missing or too old."),)
    told = case(decided(Decision.RETURN, reasons=why), questions="Which months?")
    assert returned_words(told) == (
        "Sent back by Meera Iyer, 23 Nov 2026 17:14. "
        "Proof of income is missing or too old. Which months?"
    )
    assert returned_words(case()) == ""


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), "0 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=22), "22 h"),
        (timedelta(days=3, hours=5), "3 d"),
    ],
)
def test_a_span_is_told_in_its_largest_unit(span, words):
    assert span_shown(span) == words


def test_terms_and_moments_in_the_banks_words():
    assert moment_shown(AT) == "23 Nov 2026 14:14"
    assert terms_shown(PROPOSAL) == "₹8,20,000, 72 months, 12.25 %"
    assert terms_shown(replace(PROPOSAL, rate_ppm=None)) == ""
