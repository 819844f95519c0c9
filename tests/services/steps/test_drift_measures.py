"""The figures of the drift report from what was read; equality with a naive book is elsewhere."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.services.steps.development_sample import (
    DTI,
    SCORE,
    ReferenceKind,
    ScoredRow,
    reference_of,
)
from app.services.steps.drift_measures import (
    decided_lines,
    drift_lines,
    matured,
    mean_shift,
    outcome_figures,
    scored_row,
)
from db.records.drift import DecidedCount, ScoredApplication, ScoredLoan
from db.vocabulary.decisions import Decision, Recommendation, RiskLevel
from db.vocabulary.operations import AlertLevel, PsiStatus
from ml.features import FEATURE_NAMES

DAY = date(2026, 9, 30)
OLD = date(2025, 9, 30)


def row(number: int, dti: float = 30.0) -> ScoredRow:
    values = [float(number % 7)] * 28
    values[FEATURE_NAMES.index(DTI)] = dti
    return ScoredRow(DAY, 500.0 + number, tuple(values))


BEFORE = [row(n, 20.0 + n % 21) for n in range(1_000)]
REFERENCE = reference_of(ReferenceKind.DEVELOPMENT, BEFORE, 10)


def test_only_the_values_of_a_stored_score_are_read() -> None:
    contributors = [[name, "B", float(place), 0, 0] for place, name in enumerate(FEATURE_NAMES)]
    payload = json.dumps(
        {"case": {"x": 1}, "estimate": {"contributors": contributors, "z": []}},
        separators=(",", ":"),
    )
    found = scored_row(ScoredApplication(DAY, 61_250, payload))
    assert (found.score, found.values) == (612.5, tuple(float(n) for n in range(28)))
    with pytest.raises(ValueError, match="substring"):
        scored_row(ScoredApplication(DAY, 1, "{}"))


def test_the_same_rows_have_not_moved_and_others_have(rulebook) -> None:
    same = drift_lines(BEFORE, REFERENCE, rulebook, DAY)
    assert {line.state for line in same} == {PsiStatus.STABLE}
    assert all(line.index == 0 and line.rows == 1_000 and not line.alarm for line in same)
    moved = drift_lines([replace(each, score=900.0) for each in BEFORE], REFERENCE, rulebook, DAY)
    assert (moved[0].name, moved[0].state, moved[0].alarm) == (SCORE, PsiStatus.SHIFTED, True)
    other = drift_lines([row(n, 90.0) for n in range(400)], REFERENCE, rulebook, DAY)
    assert (other[1].name, other[1].alarm) == (DTI, True)  # the furthest of the features first
    assert other[1].label == "Debt instalments as a share of income"


def test_under_200_rows_there_is_no_verdict(rulebook) -> None:
    few = drift_lines([row(n, 90.0) for n in range(199)], REFERENCE, rulebook, DAY)
    assert {line.state for line in few} == {PsiStatus.TOO_FEW}
    assert few[1].index > 1
    for nothing in (
        drift_lines([], REFERENCE, rulebook, DAY),
        drift_lines(BEFORE, None, rulebook, DAY),
    ):
        assert len(nothing) == 29
        assert all(line.index is None and not line.alarm for line in nothing)


@pytest.mark.parametrize(
    ("dti", "level"), [(33.0, None), (33.1, AlertLevel.WARNING), (26.9, AlertLevel.WARNING)]
)
def test_the_mean_of_debt_to_income_alerts_above_ten_per_cent(rulebook, dti, level) -> None:
    before = reference_of(ReferenceKind.DEVELOPMENT, [row(n) for n in range(1_000)], 10)
    found = mean_shift([row(n, dti) for n in range(200)], before, rulebook, DAY)
    assert found.level is level
    assert (found.before, round(found.now, 6)) == (30, Decimal(str(dti)))


def test_a_mean_of_few_rows_or_of_nothing_says_nothing(rulebook) -> None:
    assert mean_shift([row(n) for n in range(199)], REFERENCE, rulebook, DAY) is None
    assert mean_shift(BEFORE, None, rulebook, DAY) is None
    assert mean_shift([], REFERENCE, rulebook, DAY) is None
    nobody = reference_of(ReferenceKind.DEVELOPMENT, [row(n, 0.0) for n in range(300)], 10)
    assert mean_shift(BEFORE, nobody, rulebook, DAY) is None


def loan(probability: float, level: RiskLevel = RiskLevel.LOW, **dates: date) -> ScoredLoan:
    given = {"disbursed_on": OLD, "defaulted_on": None, "first_late": None, **dates}
    return ScoredLoan(probability, level, **given)


def test_who_has_an_outcome() -> None:
    soon, late = OLD + timedelta(days=200), OLD + timedelta(days=400)
    told, between, waiting = matured(
        [
            loan(0.1),
            loan(0.2, defaulted_on=soon, first_late=soon),
            loan(0.3, first_late=soon),
            loan(0.4, first_late=late),
            loan(0.5, disbursed_on=OLD + timedelta(days=1)),
        ],
        12,
        OLD,
    )
    assert [(each.risk_probability, outcome) for each, outcome in told] == [
        (0.1, 0), (0.2, 1), (0.4, 0),
    ]  # fmt: skip
    assert (between, waiting) == (1, 1)


def book(good: int, bad: int, called: int = 0) -> list[ScoredLoan]:
    """So many good and bad loans told apart, and good ones that were called bad."""
    defaulted = OLD + timedelta(days=100)
    return [
        *(loan(0.2) for _ in range(good)),
        *(loan(0.8, RiskLevel.HIGH, defaulted_on=defaulted) for _ in range(bad)),
        *(loan(0.7, RiskLevel.HIGH) for _ in range(called)),
    ]


def test_accuracy_alerts_below_ninety_per_cent(rulebook, champion) -> None:
    sound, _ = outcome_figures(book(170, 20, 10), champion, rulebook, DAY)
    assert (sound.accuracy, sound.accuracy_level, sound.enough) == (95, None, True)
    poor, bands = outcome_figures(book(150, 20, 30), champion, rulebook, DAY)
    assert (poor.accuracy, poor.accuracy_level) == (85, AlertLevel.WARNING)
    assert (poor.rows, poor.bads, poor.matured_until) == (200, 20, OLD)
    low, medium, high = bands
    assert (low.rows, low.defaults, low.observed, low.enough) == (150, 0, 0, False)
    assert (medium.rows, medium.observed, medium.expected) == (0, None, None)
    assert (high.rows, high.defaults, high.observed) == (50, 20, 40)
    assert high.expected > low.expected >= 0


def test_few_outcomes_give_figures_and_no_alert(rulebook, champion) -> None:
    few, _ = outcome_figures(book(100, 9, 90), champion, rulebook, DAY)
    assert (few.rows, few.enough, few.accuracy_level, few.worsened) == (199, False, None, ())
    assert few.accuracy < 90
    none, _ = outcome_figures([], champion, rulebook, DAY)
    assert (none.rows, none.accuracy, none.auc, none.worsened) == (0, None, None, ())
    good, _ = outcome_figures(book(300, 0), champion, rulebook, DAY)
    assert (good.accuracy, good.auc) == (100, None)


def test_what_fell_behind_the_models_own_test_is_named(rulebook, champion) -> None:
    defaulted = OLD + timedelta(days=100)
    upside_down = [
        *(loan(0.8, RiskLevel.HIGH) for _ in range(180)),
        *(loan(0.2, defaulted_on=defaulted) for _ in range(40)),
    ]
    found, _ = outcome_figures(upside_down, champion, rulebook, DAY)
    assert found.auc == 0
    assert set(found.worsened) == {"AUC_DROP", "BRIER_RISE"}  # KS counts gaps on either side


def test_overrides_go_against_the_recommendation() -> None:
    lines = decided_lines(
        [
            DecidedCount(Recommendation.APPROVE, Decision.APPROVE, 5),
            DecidedCount(Recommendation.APPROVE, Decision.REJECT, 1),
            DecidedCount(Recommendation.REJECT, Decision.APPROVE_WITH_CHANGES, 2),
            DecidedCount(Recommendation.REJECT, Decision.REJECT, 7),
            DecidedCount(Recommendation.REFER, Decision.APPROVE, 9),
        ]
    )
    found = {line.recommendation: line for line in lines}
    assert [(each.approved, each.rejected, each.overrides) for each in (
        found[Recommendation.APPROVE], found[Recommendation.REJECT], found[Recommendation.REFER]
    )] == [(5, 1, 1), (2, 7, 2), (9, 0, 0)]  # fmt: skip
