"""A maker's proposal: what it keeps, and what it is refused for."""

from dataclasses import replace

import pytest

from app.rules.case_standing import Terms
from app.rules.maker_checker import Verdict
from app.services.propose_decision import (
    ProposeDecision,
    WithdrawProposal,
    propose_decision,
    withdraw_proposal,
)
from app.services.read_application import read_application
from app.services.read_customer import customer_facts, read_customer
from app.services.register_customer import UpdateCustomer, update_customer
from app.services.steps.case_answer import LONGEST_TEXT
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import VersionConflict
from db.vocabulary.decisions import CaseStep, Decision, Recommendation
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Role
from db.vocabulary.reasons import ApproveReason

NOTE = "Income seen on three payslips and the bank statement."


def approval(**changes: object) -> Verdict:
    """An approval by judgement of what was asked for."""
    verdict = Verdict(Decision.APPROVE, reasons=(ApproveReason.APP_JUDGEMENT,), note=NOTE)
    return replace(verdict, **changes)


def proposed(desk, submitted, verdict=None, version=None):
    """Send a proposal of the application."""
    return propose_decision(
        ProposeDecision(
            new_id(desk),
            submitted.application_id,
            submitted.version if version is None else version,
            verdict or approval(),
        ),
        desk,
    )


def asked(desk, submitted) -> Terms:
    stored = read_application(submitted.application_id, desk).application
    return Terms(stored.amount_paise, stored.tenure_months, stored.rate_ppm)


def steps(desk, submitted):
    with desk.open_book() as book:
        return book.cases.steps_of(desk.person().branch_id, submitted.application_id)


def test_a_proposal_keeps_terms_reasons_estimate_and_recommendation(desk, submitted):
    answer = proposed(desk, submitted, approval(conditions="Insurance of the house"))
    assert answer.status is ApplicationStatus.PROPOSED
    assert answer.version == submitted.version + 1
    (step,) = steps(desk, submitted)
    assert step.step is CaseStep.PROPOSE
    assert step.step_id == answer.decision_id
    assert (step.from_status, step.to_status) == ("Pending", "Proposed")
    assert Terms(step.amount_paise, step.tenure_months, step.rate_ppm) == asked(desk, submitted)
    assert step.reasons[0].text == "Borderline case, approved on the facts in the note."
    assert step.conditions == "Insurance of the house"
    view = read_application(submitted.application_id, desk)
    assert step.assessment_id == view.assessment.assessment_id
    assert step.recommendation is submitted.estimate.recommendation
    assert [entry.act for entry in view.trail][-1] == "propose"


def test_changed_terms_are_scored_and_the_application_keeps_its_own_estimate(desk, submitted):
    was = asked(desk, submitted)
    terms = replace(was, amount_paise=was.amount_paise // 2)
    verdict = approval(decision=Decision.APPROVE_WITH_CHANGES, terms=terms)
    proposed(desk, submitted, verdict)
    (step,) = steps(desk, submitted)
    view = read_application(submitted.application_id, desk)
    assert step.amount_paise == terms.amount_paise
    assert view.application.amount_paise == was.amount_paise
    with desk.open_book() as book:
        stored = book.applications.assessment(412, step.assessment_id)
    assert stored.assessment_id != view.assessment.assessment_id
    assert stored.risk_probability <= view.assessment.risk_probability


def test_the_same_command_proposes_once(desk, submitted):
    request = ProposeDecision(new_id(desk), submitted.application_id, submitted.version, approval())
    assert propose_decision(request, desk) == propose_decision(request, desk)
    assert len(steps(desk, submitted)) == 1


@pytest.mark.parametrize(
    ("verdict", "field"),
    [
        (approval(reasons=()), "reason"),
        (approval(reasons=(ApproveReason.APP_POLICY,)), "reason"),
        (approval(note="short"), "note"),
        (approval(note="x" * (LONGEST_TEXT + 1)), "note"),
        (approval(conditions="bell \x07"), "conditions"),
        (approval(conflict_of_interest=True), "conflict_of_interest"),
        (approval(decision=Decision.APPROVE_WITH_CHANGES), "approved_amount"),
        (approval(decision=Decision.RETURN), "decision"),
        (approval(decision=Decision.HOLD), "decision"),
        (Verdict(Decision.REJECT), "reason"),
        (Verdict(Decision.REJECT, reasons=("REJ-M-NOTHING",)), "reason"),
    ],
)
def test_what_is_missing_is_named(desk, submitted, verdict, field):
    with pytest.raises(Refused) as caught:
        proposed(desk, submitted, verdict)
    assert caught.value.kind is RefusalKind.BAD_INPUT
    assert field in caught.value.fields
    assert steps(desk, submitted) == ()


def test_more_than_asked_for_is_refused(desk, submitted):
    was = asked(desk, submitted)
    terms = replace(was, amount_paise=was.amount_paise + 1)
    with pytest.raises(Refused) as caught:
        proposed(desk, submitted, approval(decision=Decision.APPROVE_WITH_CHANGES, terms=terms))
    assert "approved_amount" in caught.value.fields


def test_a_stale_version_is_refused(desk, submitted):
    with pytest.raises(VersionConflict):
        proposed(desk, submitted, version=submitted.version - 1)


def test_a_changed_fact_asks_for_a_new_score_first(desk, submitted, registered):
    facts = replace(customer_facts(registered.customer_id, desk), monthly_income_paise=9_000_000)
    known = read_customer(registered.customer_id, desk).customer
    update_customer(UpdateCustomer(new_id(desk), known.customer_id, known.version, facts), desk)
    with pytest.raises(Refused) as caught:
        proposed(desk, submitted)
    assert caught.value.kind is RefusalKind.CONFLICT
    assert "score it again" in caught.value.sentence


def test_what_waits_is_not_proposed_again(desk, submitted):
    answer = proposed(desk, submitted)
    with pytest.raises(Refused) as caught:
        proposed(desk, submitted, version=answer.version)
    assert caught.value.kind is RefusalKind.CONFLICT


def test_a_maker_takes_the_proposal_back_and_another_does_not(desk, submitted, someone):
    answer = proposed(desk, submitted)
    request = WithdrawProposal(new_id(desk), submitted.application_id, answer.version)
    with pytest.raises(Refused) as caught:
        withdraw_proposal(request, someone("other", Role.OFFICER))
    assert caught.value.kind is RefusalKind.NOT_PERMITTED
    back = withdraw_proposal(request, desk)
    assert back.status is ApplicationStatus.PENDING
    assert proposed(desk, submitted, version=back.version).status is ApplicationStatus.PROPOSED


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN])
def test_only_officers_propose(desk, submitted, someone, role):
    with pytest.raises(Refused) as caught:
        proposed(someone("other", role), submitted)
    assert caught.value.kind is RefusalKind.NOT_PERMITTED


def test_a_rejection_keeps_the_estimates_own_sentences(desk, submitted):
    said = {str(reason.code): reason.text for reason in submitted.estimate.reasons}
    assert said, "the case of the fixture gives reasons"
    verdict = Verdict(Decision.REJECT, reasons=tuple(said), note=NOTE)
    if submitted.estimate.recommendation is Recommendation.APPROVE:
        verdict = replace(verdict, override_reason="OVR-INCOME-DOUBT")
    proposed(desk, submitted, verdict)
    (step,) = steps(desk, submitted)
    assert {reason.code: reason.text for reason in step.reasons} == said
    assert step.amount_paise is None
