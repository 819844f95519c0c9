from dataclasses import replace
from decimal import Decimal

import pytest

from app.services.enter_application import (
    CollateralEntry,
    SubmitApplication,
    WithdrawApplication,
    submit_application,
    withdraw_application,
)
from app.services.read_application import read_application
from app.services.score_application import replay_assessment
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.lending import CollateralType, LoanPurpose
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Role
from db.vocabulary.reasons import WithdrawReason

from tests.services.conftest import someone


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
