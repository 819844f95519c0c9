"""A checker's work: every way it may go, and every way it may not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.rules.case_standing import Terms
from app.rules.maker_checker import Verdict
from app.services.decide_application import (
    CaseRequest,
    DecideApplication,
    ForwardCase,
    claim_case,
    decide_application,
    forward_case,
    recall_decision,
    release_case,
)
from app.services.read_application import read_application
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import VersionConflict
from db.vocabulary.decisions import CaseStep, Decision
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Role, SanctionAuthority
from db.vocabulary.reasons import ReturnReason
from tests.services.test_propose_decision import NOTE, approval, asked, proposed, steps

RETURNED = Verdict(
    Decision.RETURN, reasons=(ReturnReason.RET_INCOME_PROOF,), note="Which months are on the slips?"
)


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


@pytest.fixture
def waiting(desk, submitted):
    """The application with a proposal that waits."""
    return proposed(desk, submitted)


def request(desk, case, version=None):
    return CaseRequest(new_id(desk), case.application_id, version)


def decided(desk, case, verdict=None, version=None):
    return decide_application(
        DecideApplication(new_id(desk), case.application_id, verdict or approval(), version), desk
    )


def refused(kind):
    return pytest.raises(Refused, check=lambda error: error.kind is kind)


def test_an_approval_is_written_with_everything_it_rests_on(desk, checker, waiting):
    answer = decided(checker, waiting)
    assert answer.status is ApplicationStatus.APPROVED
    propose, claim, decide = steps(desk, waiting)
    assert [propose.step, claim.step, decide.step] == ["propose", "claim", "decide"]
    assert decide.assessment_id == propose.assessment_id
    view = read_application(waiting.application_id, desk)
    (record,) = view.decisions
    assert record.decision_id == answer.decision_id == decide.step_id
    assert (record.maker_id, record.checker_id) == (
        desk.person().user_id,
        checker.person().user_id,
    )
    assert Terms(record.amount_paise, record.tenure_months, record.rate_ppm) == asked(desk, waiting)
    assert view.assessment.model_sha256
    assert view.assessment.rule_row_ids


def test_a_return_asks_and_the_next_proposal_counts_it(desk, checker, waiting):
    back = decided(checker, waiting, RETURNED)
    assert back.status is ApplicationStatus.RETURNED
    again = proposed(desk, waiting, version=back.version)
    assert again.status is ApplicationStatus.PROPOSED
    assert decided(checker, waiting).status is ApplicationStatus.APPROVED
    assert [one.number for one in steps(desk, waiting)] == [1, 2, 3, 4, 5, 6]


def test_terms_tighten_and_never_loosen(desk, checker, waiting):
    was = asked(desk, waiting)
    for loose, field in (
        (replace(was, amount_paise=was.amount_paise + 1), "approved_amount"),
        (replace(was, tenure_months=was.tenure_months + 1), "approved_tenure_months"),
        (replace(was, rate_ppm=was.rate_ppm - 1), "final_interest_rate"),
    ):
        verdict = approval(decision=Decision.APPROVE_WITH_CHANGES, terms=loose)
        with pytest.raises(Refused) as caught:
            decided(checker, waiting, verdict)
        assert "only tighten" in caught.value.fields[field]
    tight = replace(was, amount_paise=was.amount_paise - 100_000)
    verdict = approval(decision=Decision.APPROVE_WITH_CHANGES, terms=tight)
    assert decided(checker, waiting, verdict).status is ApplicationStatus.APPROVED
    assert steps(desk, waiting)[-1].amount_paise == tight.amount_paise


def test_nobody_decides_what_they_made_or_entered(desk, someone, submitted, waiting):
    both = someone("both", Role.OFFICER, Role.SUPERVISOR)
    maker = replace(
        both, actor=replace(desk.person(), roles=frozenset({Role.OFFICER, Role.SUPERVISOR}))
    )
    for act in (claim_case, release_case, recall_decision):
        with pytest.raises(Refused):
            act(request(desk, waiting), maker)
    with refused(RefusalKind.NOT_PERMITTED):
        decided(maker, waiting)
    with refused(RefusalKind.NOT_PERMITTED):
        forward_case(
            ForwardCase(
                new_id(desk), waiting.application_id, SanctionAuthority.REGIONAL_CREDIT_DESK
            ),
            maker,
        )


def test_whoever_entered_it_does_not_decide_another_makers_proposal(desk, someone, submitted):
    proposed(someone("maker2", Role.OFFICER), submitted)
    entered = replace(desk, actor=replace(desk.person(), roles=frozenset({Role.SUPERVISOR})))
    with pytest.raises(Refused) as caught:
        decided(entered, submitted)
    assert caught.value.kind is RefusalKind.NOT_PERMITTED
    assert "entered" in caught.value.sentence


def test_two_checkers_one_has_it(desk, checker, someone, waiting):
    other = someone("chandra", Role.SUPERVISOR)
    claim_case(request(checker, waiting), checker)
    for act in (claim_case, release_case):
        with refused(RefusalKind.CONFLICT):
            act(request(other, waiting), other)
    with refused(RefusalKind.CONFLICT):
        decided(other, waiting)
    release_case(request(checker, waiting), checker)
    assert decided(other, waiting).status is ApplicationStatus.APPROVED


def test_a_claim_ends_by_itself(desk, checker, someone, waiting):
    other = someone("chandra", Role.SUPERVISOR)
    claim_case(request(checker, waiting), checker)
    desk.clock.instant += timedelta(minutes=60)
    assert decided(other, waiting).status is ApplicationStatus.APPROVED


def test_a_step_written_meanwhile_is_a_conflict(desk, checker, waiting):
    """What a second checker meets who read the case before the first wrote."""
    with checker.open_book() as book:
        claimed = book.cases.steps_of(412, waiting.application_id)[-1]
        late = replace(claimed, step_id=new_id(desk), step=CaseStep.CLAIM, decision=None)
        with pytest.raises(VersionConflict):
            book.cases.add_step(412, late)


def test_above_the_limit_it_is_sent_on_and_decided_there(desk, checker, someone, waiting, rulebook):
    head = someone("regional", Role.SUPERVISOR)
    lowered = rulebook_with_limit(rulebook, asked(desk, waiting).amount_paise - 1)
    low = replace(checker, rulebook=lambda: lowered)
    with pytest.raises(Refused) as caught:
        decided(low, waiting)
    assert caught.value.kind is RefusalKind.NOT_PERMITTED
    assert "above your limit" in caught.value.sentence
    assert "Regional credit desk" in caught.value.sentence
    desk_above = SanctionAuthority.REGIONAL_CREDIT_DESK
    with refused(RefusalKind.BAD_INPUT):
        forward_case(
            ForwardCase(new_id(desk), waiting.application_id, SanctionAuthority.SUPERVISOR), low
        )
    sent = ForwardCase(new_id(desk), waiting.application_id, desk_above, "Above my limit")
    forward_case(sent, low)
    with refused(RefusalKind.NOT_PERMITTED):
        decided(checker, waiting)
    with head.open_book() as book:
        book.cases.give_authority(412, head.person().user_id, desk_above)
        book.commit()
    high = replace(head, rulebook=lambda: lowered)
    assert decided(high, waiting).status is ApplicationStatus.APPROVED


def rulebook_with_limit(rulebook, paise):
    """The rules with another limit of the branch's supervisors."""
    rows = [
        replace(row, value=paise)
        if (row.code, row.segment) == ("sanction_limit", "SUPERVISOR")
        else row
        for row in rulebook.rows
    ]
    return type(rulebook)(rows, rulebook.products)


def test_the_own_decision_is_recalled_and_anothers_is_not(desk, checker, someone, waiting):
    with refused(RefusalKind.CONFLICT):
        recall_decision(request(checker, waiting), checker)
    rejected = Verdict(Decision.REJECT, reasons=("REJ-TITLE",), note=NOTE)
    decided(checker, waiting, rejected)
    with refused(RefusalKind.NOT_PERMITTED):
        other = someone("chandra", Role.SUPERVISOR)
        recall_decision(request(other, waiting), other)
    back = recall_decision(request(checker, waiting), checker)
    assert back.status is ApplicationStatus.PROPOSED
    assert decided(checker, waiting).status is ApplicationStatus.APPROVED
    assert len(read_application(waiting.application_id, desk).decisions) == 2


def test_what_the_maker_wants_rejected_is_not_approved(desk, checker, submitted):
    rejected = Verdict(Decision.REJECT, reasons=("REJ-TITLE",), note=NOTE)
    case = proposed(desk, submitted, rejected)
    with pytest.raises(Refused) as caught:
        decided(checker, case)
    assert "decision" in caught.value.fields
    assert decided(checker, case, rejected).status is ApplicationStatus.REJECTED


@pytest.mark.parametrize(
    ("verdict", "field"),
    [
        (Verdict(Decision.REJECT), "reason"),
        (Verdict(Decision.RETURN, note="Why?"), "reason"),
        (replace(RETURNED, note=" "), "return_questions"),
        (approval(note=""), "note"),
        (Verdict(Decision.HOLD), "decision"),
    ],
)
def test_what_is_missing_is_named(desk, checker, waiting, verdict, field):
    with pytest.raises(Refused) as caught:
        decided(checker, waiting, verdict)
    assert caught.value.kind is RefusalKind.BAD_INPUT
    assert field in caught.value.fields
    assert len(steps(desk, waiting)) == 1


def test_a_stale_version_is_refused(checker, waiting):
    with pytest.raises(VersionConflict):
        decided(checker, waiting, version=waiting.version - 1)


def test_nothing_is_decided_that_does_not_wait(checker, submitted):
    for act in (claim_case, release_case):
        with refused(RefusalKind.CONFLICT):
            act(request(checker, submitted), checker)
    with refused(RefusalKind.CONFLICT):
        decided(checker, submitted)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT, Role.AUDITOR, Role.RISK_ANALYST])
def test_only_supervisors_decide(someone, waiting, role):
    other = someone("other", role)
    for act in (claim_case, release_case, recall_decision):
        with refused(RefusalKind.NOT_PERMITTED):
            act(request(other, waiting), other)
    with refused(RefusalKind.NOT_PERMITTED):
        decided(other, waiting)
