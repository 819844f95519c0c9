"""The checkers' queue and what a checker reads of a case."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.rules.maker_checker import sanction_limit_paise
from app.services.decide_application import CaseRequest, claim_case
from app.services.read_customer import customer_facts, read_customer
from app.services.read_queue import read_case, read_queue
from app.services.register_customer import UpdateCustomer, update_customer
from app.services.score_application import ScoreApplication, score_application
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.decisions import Decision, QueueFlag
from db.vocabulary.people import Role, SanctionAuthority
from tests.services.test_decide_application import RETURNED, decided, rulebook_with_limit
from tests.services.test_propose_decision import approval, asked, proposed


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


@pytest.fixture
def waiting(desk, submitted):
    return proposed(desk, submitted)


def test_what_waits_stands_in_the_queue_with_its_clock(desk, checker, waiting):
    desk.clock.instant += timedelta(hours=2)
    (row,) = read_queue(checker)
    assert row.application_id == waiting.application_id
    assert (row.maker_name, row.full_name) == ("Ravi.Reddy", "Asha Kulkarni")
    assert (row.decision, row.amount_paise) == (
        Decision.APPROVE,
        asked(desk, waiting).amount_paise,
    )
    assert row.waiting == timedelta(hours=2)
    assert not row.late
    desk.clock.instant += timedelta(hours=22, microseconds=1)
    assert read_queue(checker)[0].late


def test_own_items_never_appear(desk, someone, checker, submitted):
    entered = replace(desk, actor=replace(desk.person(), roles=frozenset({Role.SUPERVISOR})))
    maker = someone("maker2", Role.OFFICER, Role.SUPERVISOR)
    proposed(maker, submitted)
    assert read_queue(maker) == ()
    assert read_queue(entered) == ()
    assert len(read_queue(checker)) == 1


def test_a_claim_shows_whose_it_is_until_it_ends(desk, checker, someone, waiting):
    other = someone("chandra", Role.SUPERVISOR)
    claim_case(CaseRequest(new_id(desk), waiting.application_id), checker)
    (mine,), (theirs,) = read_queue(checker), read_queue(other)
    assert (mine.held_by, mine.mine) == ("Bela", True)
    assert (theirs.held_by, theirs.mine) == ("Bela", False)
    desk.clock.instant += timedelta(minutes=60)
    assert read_queue(other)[0].held_by == ""


def test_flags(desk, checker, waiting, rulebook):
    lowered = rulebook_with_limit(rulebook, asked(desk, waiting).amount_paise - 1)
    (row,) = read_queue(replace(checker, rulebook=lambda: lowered))
    assert row.flags == (QueueFlag.BORDERLINE, QueueFlag.ABOVE_LIMIT)
    back = decided(checker, waiting, RETURNED)
    proposed(desk, waiting, version=back.version)
    (row,) = read_queue(checker)
    assert row.flags == (QueueFlag.BORDERLINE, QueueFlag.RESUBMITTED)


def test_the_longest_wait_comes_first_and_decided_cases_leave(
    desk, checker, submitted, registered, application_form
):
    from app.services.enter_application import SubmitApplication, submit_application

    facts = replace(application_form, customer_id=registered.customer_id, amount_paise=50_000_000)
    second = submit_application(SubmitApplication(new_id(desk), facts), desk)
    later = proposed(desk, second)
    desk.clock.instant += timedelta(minutes=5)
    proposed(desk, submitted)
    order = [row.application_id for row in read_queue(checker)]
    assert order == [second.application_id, submitted.application_id]
    decided(checker, later)
    assert [row.application_id for row in read_queue(checker)] == [submitted.application_id]


def test_what_changed_since_the_return_is_told(desk, checker, waiting, registered):
    asked_for = read_case(waiting.application_id, checker)
    assert (asked_for.questions, asked_for.moved) == ("", None)
    back = decided(checker, waiting, RETURNED)
    facts = replace(customer_facts(registered.customer_id, desk), monthly_income_paise=9_000_000)
    known = read_customer(registered.customer_id, desk).customer
    update_customer(UpdateCustomer(new_id(desk), known.customer_id, known.version, facts), desk)
    scored = score_application(ScoreApplication(new_id(desk), back.application_id), desk)
    proposed(desk, waiting, version=scored.version)
    case = read_case(waiting.application_id, checker)
    assert case.questions == RETURNED.note
    labels = [moved.label for moved in case.moved.inputs]
    assert "Monthly income" in labels
    assert case.moved.score == pytest.approx(sum(m.points for m in case.moved.inputs), abs=60)
    assert case.decided_after is None
    desk.clock.instant += timedelta(hours=3)
    decided(checker, waiting)
    assert read_case(waiting.application_id, desk).decided_after == timedelta(hours=3)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.ASSISTANT])
def test_only_supervisors_have_a_queue(someone, role):
    with pytest.raises(Refused) as caught:
        read_queue(someone("other", role))
    assert caught.value.kind is RefusalKind.NOT_PERMITTED


def test_a_case_without_steps_is_read_too(desk, submitted):
    case = read_case(submitted.application_id, desk)
    assert (case.proposal, case.steps, case.moved) == (None, (), None)


def test_a_checker_reads_the_estimate_of_the_proposal_and_the_own_limit(
    desk, checker, submitted, rulebook
):
    was = asked(desk, submitted)
    terms = replace(was, amount_paise=was.amount_paise // 2)
    verdict = approval(decision=Decision.APPROVE_WITH_CHANGES, terms=terms)
    proposed(desk, submitted, verdict)
    case = read_case(submitted.application_id, checker)
    assert case.estimate.figures.estimated_emi_paise < (
        submitted.estimate.figures.estimated_emi_paise
    )
    today = desk.clock.today()
    product = rulebook.product("HOME_RENOVATION", today)
    limit = sanction_limit_paise(SanctionAuthority.SUPERVISOR, product, rulebook, today)
    assert case.limit_paise == limit
    assert read_case(submitted.application_id, desk).limit_paise is None


def test_who_has_a_case_in_hand_is_told_until_the_claim_ends(desk, checker, waiting):
    assert read_case(waiting.application_id, desk).held_by is None
    claim_case(CaseRequest(new_id(desk), waiting.application_id), checker)
    assert read_case(waiting.application_id, desk).held_by == checker.person().user_id
    desk.clock.instant += timedelta(minutes=60)
    assert read_case(waiting.application_id, desk).held_by is None
