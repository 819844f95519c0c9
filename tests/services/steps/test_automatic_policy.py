"""The automatic policy on a real book: off as shipped, its own step and audit words when on."""

from dataclasses import replace

import pytest

from app.rules.maker_checker import Verdict
from app.rules.rulebook import Rulebook
from app.services.read_application import read_application
from app.services.read_queue import read_case
from app.services.steps.automatic_policy import POLICY_ID, POLICY_NAME, decided_by_policy
from app.services.steps.case_work import judge, new_step, open_case, with_verdict, write_step
from db.records.refusals import VersionConflict
from db.vocabulary.decisions import Band, CaseStep, Decision, Recommendation, RiskLevel
from db.vocabulary.loan_life import ApplicationStatus


def run_policy(desk, submitted, seen=lambda found: found):
    """Propose what was asked for and let the policy look, in one transaction.

    Args:
        seen: makes of the judged case what the policy shall see.
    """
    desk.rulebook()
    with desk.open_book() as book:
        opened = open_case(book, 412, submitted.application_id, None)
        verdict = Verdict(Decision.APPROVE, opened.asked, ("APP-POLICY",))
        found = judge(book, opened, verdict.terms, desk)
        step = new_step(opened, CaseStep.PROPOSE, ApplicationStatus.PROPOSED, desk)
        after = write_step(book, opened, with_verdict(step, verdict, found))
        result = decided_by_policy(book, after, verdict, seen(found), desk)
        book.commit()
    return result


def switched_on(desk, rulebook, **values):
    """The desk of a bank that has switched the policy on."""
    values = {"automatic_approval": True} | values
    rows = [replace(row, value=values.get(row.code, row.value)) for row in rulebook.rows]
    changed = Rulebook(rows, rulebook.products)
    return replace(desk, rulebook=lambda: changed)


def verified(found):
    """The case with nothing open: every check settled, the estimate clear and low."""
    judged = replace(found.judged, lines=(), recommendation=Recommendation.APPROVE)
    estimate = replace(found.estimate, band=Band.CLEAR, risk_level=RiskLevel.LOW)
    return replace(found, judged=judged, estimate=estimate)


def test_it_is_off_as_shipped(desk, submitted):
    after, decided = run_policy(desk, submitted)
    assert decided is None
    assert after.application.status is ApplicationStatus.PROPOSED
    assert read_application(submitted.application_id, desk).decisions == ()


def test_switched_on_it_still_leaves_large_and_unverified_cases_to_a_person(
    desk, submitted, rulebook
):
    after, decided = run_policy(switched_on(desk, rulebook), submitted)
    assert decided is None
    assert after.application.status is ApplicationStatus.PROPOSED


def test_a_small_clear_verified_case_is_decided_in_words_of_its_own(desk, submitted, rulebook):
    on = switched_on(desk, rulebook, automatic_approval_up_to=1_000_000_000)
    with desk.read_book() as book:
        guarded = book._connection.dialect.name == "postgresql"
    if guarded:  # the server reads its own row, which says off
        with pytest.raises(VersionConflict):
            run_policy(on, submitted, verified)
        assert read_application(submitted.application_id, desk).decisions == ()
        return
    after, decided = run_policy(on, submitted, verified)
    assert after.application.status is ApplicationStatus.APPROVED
    assert decided.actor_id == POLICY_ID
    (decision,) = read_application(submitted.application_id, desk).decisions
    assert decision.checker_id == POLICY_ID
    with desk.read_book() as book:
        entry = book.audit.entries(412)[-1]
    assert entry.act == CaseStep.DECIDE_AUTOMATICALLY
    assert entry.actor_staff_id == POLICY_NAME
    case = read_case(submitted.application_id, desk)
    assert case.decided_after == decided.at - case.proposal.at
