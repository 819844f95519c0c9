from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.services.enter_application import (
    CollateralEntry,
    GuarantorEntry,
    SubmitApplication,
    WithdrawApplication,
    submit_application,
    withdraw_application,
)
from app.services.keep_draft import KeepDraft, keep_draft, my_drafts
from app.services.read_application import read_application
from app.services.register_customer import RegisterCustomer, register_customer
from app.services.score_application import replay_assessment
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.applications import CoApplicant
from db.records.refusals import NotFound, VersionConflict
from db.vocabulary.lending import CollateralType, LoanPurpose
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Relationship, Role
from db.vocabulary.reasons import WithdrawReason


def test_a_commit_stores_scores_and_replays_equal(desk, submitted):
    assert submitted.reference.startswith("A-")
    assert submitted.status is ApplicationStatus.PENDING
    estimate = submitted.estimate
    assert estimate.figures.estimated_emi_paise == 2_237_100
    assert round(estimate.figures.fixed_obligation_to_income_ratio, 2) == Decimal("55.95")
    exact = estimate.base_probability + sum(each.impact for each in estimate.contributors)
    assert exact == pytest.approx(estimate.risk_probability, abs=1e-9)
    shown = estimate.start_points + sum(each.shown_points for each in estimate.groups)
    assert abs(Decimal(shown) - estimate.credit_score) <= Decimal("0.51")
    replay = replay_assessment(submitted.application_id, desk)
    assert replay.replayed_equal, replay.differences
    assert replay.estimate == estimate


def test_the_same_commit_twice_makes_one_application(desk, registered, application_form):
    facts = replace(application_form, customer_id=registered.customer_id)
    request = SubmitApplication(new_id(desk), facts)
    first, second = submit_application(request, desk), submit_application(request, desk)
    assert first == second
    other = replace(request, facts=replace(facts, amount_paise=90_000_000))
    with pytest.raises(Refused) as refused:
        submit_application(other, desk)
    assert refused.value.kind is RefusalKind.CONFLICT


def test_a_purpose_alone_takes_its_default_product_and_card_rate(
    desk, registered, application_form, rulebook
):
    facts = replace(
        application_form, customer_id=registered.customer_id, product_code=None, rate_ppm=None
    )
    done = submit_application(SubmitApplication(new_id(desk), facts), desk)
    stored = read_application(done.application_id, desk).application
    product = rulebook.default_product_for(LoanPurpose.HOME_RENOVATION, date(2026, 11, 23))
    assert stored.product_code == product.product_code
    assert stored.rate_ppm == product.card_rate_ppm


def test_security_people_and_draft_go_with_it(desk, registered, customer_form, application_form):
    other = replace(customer_form, full_name="Vivek Kulkarni", pan_number="AAAPK1234C")
    brother = register_customer(RegisterCustomer(new_id(desk), other), desk)
    draft = keep_draft(KeepDraft("application_form", None, 0, "Asha", {"a": "1"}), desk)
    facts = replace(
        application_form,
        customer_id=registered.customer_id,
        collateral=(CollateralEntry(CollateralType.PROPERTY, 250_000_000, date(2026, 10, 1)),),
        guarantors=(GuarantorEntry("Meena Rao", Relationship.FRIEND, pan_number="AAAPR4321D"),),
        co_applicants=(CoApplicant(brother.customer_id, Relationship.SIBLING, True),),
    )
    done = submit_application(SubmitApplication(new_id(desk), facts, draft.draft_id), desk)
    assert my_drafts(desk) == ()
    figures = done.estimate.figures
    assert figures.loan_to_value_ratio == 40
    assert figures.monthly_income_paise == 12_000_000
    view = read_application(done.application_id, desk)
    assert view.application.guarantors[0].pan_masked == "AAAPRXXXXD"
    assert "AAAPR4321D" not in repr(view)
    assert not view.outdated
    assert replay_assessment(done.reference, desk).replayed_equal


def test_a_wrong_field_refuses_the_whole_commit(desk, registered, application_form):
    facts = replace(application_form, customer_id=registered.customer_id, amount_paise=0)
    with pytest.raises(Refused) as refused:
        submit_application(SubmitApplication(new_id(desk), facts), desk)
    assert refused.value.kind is RefusalKind.BAD_INPUT
    assert list(refused.value.fields) == ["loan_amount"]


def test_unknown_people_are_refused(desk, registered, application_form):
    nobody = replace(application_form, customer_id=new_id(desk))
    with pytest.raises(NotFound):
        submit_application(SubmitApplication(new_id(desk), nobody), desk)
    ghost = CoApplicant(new_id(desk), Relationship.SPOUSE, True)
    facts = replace(application_form, customer_id=registered.customer_id, co_applicants=(ghost,))
    with pytest.raises(Refused, match="co-applicants"):
        submit_application(SubmitApplication(new_id(desk), facts), desk)


def test_a_refused_model_leaves_the_application_unscored(desk, registered, application_form):
    def no_model():
        raise Refused(RefusalKind.MODEL, "The model file was changed")

    blind = replace(desk, model=no_model)
    facts = replace(application_form, customer_id=registered.customer_id)
    done = submit_application(SubmitApplication(new_id(desk), facts), blind)
    assert done.estimate is None
    assert done.no_score_sentence == "The model file was changed"
    view = read_application(done.application_id, blind)
    assert view.estimate is None
    assert view.no_score_sentence == "The model file was changed"
    assert view.policy
    with pytest.raises(Refused, match="no score yet"):
        replay_assessment(done.application_id, blind)


def test_an_analyst_may_not_enter(someone, registered, application_form):
    analyst = someone("analyst", Role.RISK_ANALYST)
    facts = replace(application_form, customer_id=registered.customer_id)
    with pytest.raises(Refused) as refused:
        submit_application(SubmitApplication(new_id(analyst), facts), analyst)
    assert refused.value.kind is RefusalKind.NOT_PERMITTED


def test_withdrawing_leaves_a_trail(desk, submitted):
    version = submitted.version
    request = WithdrawApplication(
        new_id(desk), submitted.application_id, version, WithdrawReason.WDR_CUSTOMER
    )
    done = withdraw_application(request, desk)
    assert done.status is ApplicationStatus.WITHDRAWN
    last = read_application(submitted.application_id, desk).trail[-1]
    assert (last.from_status, last.to_status) == ("Pending", "Withdrawn")
    assert last.reason == "WDR-CUSTOMER"
    again = replace(request, command_id=new_id(desk), version=done.version)
    with pytest.raises(Refused, match="no longer"):
        withdraw_application(again, desk)


def test_withdrawing_needs_the_version_seen_and_a_note_for_other(desk, submitted):
    request = WithdrawApplication(
        new_id(desk), submitted.application_id, 99, WithdrawReason.WDR_DUPLICATE
    )
    with pytest.raises(VersionConflict):
        withdraw_application(request, desk)
    for note in ("", "x" * 501):
        other = replace(request, reason=WithdrawReason.WDR_OTHER, note=note)
        with pytest.raises(Refused):
            withdraw_application(other, desk)
