"""A case read for a step, and a step written."""

import pytest

from app.rules.case_standing import StepRefusedError, Terms, WhyNot
from app.services.steps.case_work import allowed, judge, open_case, standing_of, terms_of
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import VersionConflict
from db.vocabulary.loan_life import ApplicationStatus
from tests.services.test_propose_decision import proposed, steps


@pytest.mark.parametrize(
    ("why", "kind"),
    [(WhyNot.PERSON, RefusalKind.NOT_PERMITTED), (WhyNot.STATE, RefusalKind.CONFLICT)],
)
def test_a_rules_no_becomes_a_refusal(why, kind):
    def no() -> None:
        raise StepRefusedError(why, "Not now")

    with pytest.raises(Refused, match="Not now") as caught:
        allowed(no)
    assert caught.value.kind is kind
    allowed(lambda: None)


def test_a_case_is_read_at_the_version_seen(desk, submitted):
    with desk.open_book() as book:
        opened = open_case(book, 412, submitted.application_id, submitted.version)
        assert opened.steps == ()
        assert opened.standing.status is ApplicationStatus.PENDING
        assert opened.assessment is not None
        with pytest.raises(VersionConflict):
            open_case(book, 412, submitted.application_id, submitted.version + 1)


def test_a_smaller_loan_is_judged_anew_and_stored(desk, submitted):
    desk.rulebook()
    with desk.open_book() as book:
        opened = open_case(book, 412, submitted.application_id, None)
        same = judge(book, opened, opened.asked, desk)
        assert same.assessment_id == opened.assessment.assessment_id
        half = Terms(opened.asked.amount_paise // 2, 60, 122_500)
        smaller = judge(book, opened, half, desk)
        assert smaller.estimate.risk_probability < same.estimate.risk_probability
        stored = book.applications.assessments_of(412, submitted.application_id)
        assert smaller.assessment_id in {each.assessment_id for each in stored}


def test_steps_give_the_standing_and_their_terms(desk, submitted):
    proposed(desk, submitted)
    taken = steps(desk, submitted)
    assert standing_of(taken).status is ApplicationStatus.PROPOSED
    assert terms_of(taken[0]) == Terms(100_000_000, 60, 122_500)
