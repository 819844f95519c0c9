"""From probability to score and level."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import score_bands as bands
from db.vocabulary.decisions import RiskLevel
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, vectors_of

PROBABILITIES = st.floats(min_value=0, max_value=1)


@vectors_of("score_linear", "score_log_odds", "decision_band")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(PROBABILITIES, PROBABILITIES)
def test_more_risk_never_scores_higher(one: float, other: float) -> None:
    low, high = sorted((one, other))
    scores = [bands.credit_score(p, RULEBOOK, TODAY) for p in (low, high)]
    assert 850 >= scores[0] >= scores[1] >= 300
    levels = list(RiskLevel)
    found = [levels.index(bands.risk_level(p, RULEBOOK, TODAY)) for p in (low, high)]
    assert found == sorted(found)


def test_a_float_is_read_as_it_prints() -> None:
    assert bands.credit_score(0.1895, RULEBOOK, TODAY) == Decimal("745.78")


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_probability_is_refused(bad: float | Decimal) -> None:
    with pytest.raises(bands.ProbabilityError):
        bands.credit_score(bad, RULEBOOK, TODAY)


def test_the_scale_of_the_rule_rows_and_its_ends() -> None:
    scale = bands.log_odds_scale(RULEBOOK, TODAY)
    assert scale == bands.LogOddsScale(600, 30, 40, 300, 850)
    assert (scale.score(0.0), scale.score(1.0)) == (850, 300)


def test_the_gauge_stands_on_the_cut_offs_of_the_rule_rows() -> None:
    scale = bands.score_scale(RULEBOOK, TODAY)
    assert (scale.least, scale.high_at, scale.medium_at, scale.most) == (300, 575, 685, 850)


def test_a_decimal_is_read_to_its_last_digit_and_a_half_goes_up() -> None:
    exact = Decimal("0.1234567890123456789012345")
    assert bands.exact_probability(exact) == exact
    assert bands._clamped(Decimal("600.005"), 300, 850) == Decimal("600.01")
