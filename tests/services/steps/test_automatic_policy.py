"""The automatic policy on a real book: off as shipped, its own step and audit words when on."""

from dataclasses import replace

from app.rules.maker_checker import Verdict
from app.rules.rulebook import Rulebook
from app.services.read_application import read_application
from app.services.steps.automatic_policy import decided_by_policy
from app.services.steps.case_work import judge, new_step, open_case, with_verdict, write_step
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus


def run_policy(desk, submitted):
    """Propose what was asked for and let the policy look, in one transaction."""
    desk.rulebook()
    with desk.open_book() as book:
        opened = open_case(book, 412, submitted.application_id, None)
        verdict = Verdict(Decision.APPROVE, opened.asked, ("APP-POLICY",))
        found = judge(book, opened, verdict.terms, desk)
        step = new_step(opened, CaseStep.PROPOSE, ApplicationStatus.PROPOSED, desk)
        after = write_step(book, opened, with_verdict(step, verdict, found))
        result = decided_by_policy(book, after, verdict, found, desk)
        book.commit()
    return result


def test_it_is_off_as_shipped(desk, submitted):
    after, decided = run_policy(desk, submitted)
    assert decided is None
    assert after.application.status is ApplicationStatus.PROPOSED
    assert read_application(submitted.application_id, desk).decisions == ()


def test_switched_on_it_still_leaves_large_and_unverified_cases_to_a_person(
    desk, submitted, rulebook
):
    rows = [
        replace(row, value=True) if row.code == "automatic_approval" else row
        for row in rulebook.rows
    ]
    switched_on = Rulebook(rows, rulebook.products)
    after, decided = run_policy(replace(desk, rulebook=lambda: switched_on), submitted)
    assert decided is None
    assert after.application.status is ApplicationStatus.PROPOSED
