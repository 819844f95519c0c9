import json
from dataclasses import replace

import pytest

from app.services.enter_application import SubmitApplication, submit_application
from app.services.read_application import read_application
from app.services.read_customer import customer_facts, read_customer
from app.services.register_customer import UpdateCustomer, update_customer
from app.services.score_application import (
    ScoreApplication,
    replay_assessment,
    score_application,
    score_pending,
)
from app.services.steps.ids import new_id
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.people import Role
from tests.services.test_propose_decision import proposed


def change_income(desk, registered, paise):
    facts = replace(customer_facts(registered.customer_id, desk), monthly_income_paise=paise)
    update_customer(
        UpdateCustomer(new_id(desk), registered.customer_id, registered.version, facts), desk
    )


def test_a_changed_fact_outdates_the_score_and_scoring_again_mends_it(desk, registered, submitted):
    assert not read_application(submitted.application_id, desk).outdated
    change_income(desk, registered, 12_000_000)
    assert read_application(submitted.reference, desk).outdated
    assert replay_assessment(submitted.application_id, desk).replayed_equal
    done = score_application(ScoreApplication(new_id(desk), submitted.application_id), desk)
    assert done.version == submitted.version + 1
    assert done.estimate.risk_probability < submitted.estimate.risk_probability
    view = read_application(submitted.application_id, desk)
    assert not view.outdated
    assert view.estimate == done.estimate
    assert len(read_customer(registered.customer_id, desk).score_history) == 2


def test_scoring_twice_with_one_command_stores_one_score(desk, submitted):
    request = ScoreApplication(new_id(desk), submitted.application_id)
    assert score_application(request, desk) == score_application(request, desk)


def test_what_waits_for_a_decision_keeps_its_score(desk, submitted):
    proposed(desk, submitted)
    with pytest.raises(Refused) as refused:
        score_application(ScoreApplication(new_id(desk), submitted.application_id), desk)
    assert refused.value.kind is RefusalKind.CONFLICT


def test_an_assistant_may_not_score(someone, submitted):
    assistant = someone("assistant", Role.ASSISTANT)
    with pytest.raises(Refused):
        score_application(ScoreApplication(new_id(assistant), submitted.application_id), assistant)


class OtherModel:
    """The same model under another hash."""

    def __init__(self, model):
        self._model, self.sha256 = model, "0" * 64

    def __getattr__(self, name):
        return getattr(self._model, name)


def test_another_model_is_told_apart(desk, submitted, champion):
    other = replace(desk, model=lambda: OtherModel(champion))
    replay = replay_assessment(submitted.application_id, other)
    assert not replay.replayed_equal
    assert replay.differences[0].startswith("model:")


def test_a_tampered_payload_is_found(desk, submitted):
    branch = desk.person().branch_id
    with desk.open_book() as book:
        application = book.applications.get(branch, submitted.application_id)
        stored = book.applications.assessment(branch, application.assessment_id)
        plain = json.loads(stored.payload)
        plain["estimate"]["risk_probability"] = 0.01
        forged = replace(stored, assessment_id=new_id(desk), payload=json.dumps(plain))
        book.applications.add_assessment(branch, forged)
        book.commit()
    replay = replay_assessment(submitted.application_id, desk)
    assert not replay.replayed_equal
    assert {"stored risk_probability", "risk_probability"} <= set(replay.differences)


def test_all_unscored_ones_are_scored_at_once(desk, registered, application_form):
    def no_model():
        raise Refused(RefusalKind.MODEL, "The model file was changed")

    blind = replace(desk, model=no_model)
    facts = replace(application_form, customer_id=registered.customer_id)
    ids = [
        submit_application(SubmitApplication(new_id(desk), facts), blind).application_id
        for _ in range(3)
    ]
    with pytest.raises(StoppedError, match="nothing was saved"):
        score_pending(desk, cancelled=lambda: True)
    seen = []
    done = score_pending(desk, progress=lambda now, total: seen.append((now, total)))
    assert (done.scored, done.out_of_range) == (3, 0)
    assert seen == [(3, 3)]
    assert all(replay_assessment(each, desk).replayed_equal for each in ids)
    assert score_pending(desk).scored == 0
