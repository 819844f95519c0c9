"""The verified model: fills, ranges, bands, explanations."""

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ml.features import FEATURE_NAMES, SIGNS, position
from ml.runtime.model_file import RiskModel, load_model
from ml.runtime.risk_model import RowShapeError
from ml.training.train_model import TrainingTable

if TYPE_CHECKING:
    from tests.ml.conftest import SignedFolder


@pytest.fixture(scope="session")
def model(signed: "SignedFolder") -> RiskModel:
    return load_model(signed.folder, signed.keys)


def test_an_explanation_adds_up_and_groups_keep_the_sum(
    model: RiskModel, table: TrainingTable
) -> None:
    for row in table.rows[:50]:
        found = model.explain(row.tolist())
        assert found.probability == model.probability(row.tolist())
        assert abs(found.base + math.fsum(found.contributions) - found.probability) <= 1e-12
        assert abs(sum(found.group_sums().values()) - math.fsum(found.contributions)) <= 1e-12
        assert not any(math.isnan(value) for value in found.row)


def test_many_equal_one(model: RiskModel, table: TrainingTable) -> None:
    many = model.explain_many(table.rows[:450])
    for place in (0, 7, 449):
        one = model.explain(table.rows[place].tolist())
        assert many[place].row == one.row
        assert many[place].probability == one.probability
        assert many[place].contributions == pytest.approx(one.contributions, abs=1e-12)
    assert model.probabilities(table.rows[:450]).tolist() == [item.probability for item in many]
    assert model.explain_many(np.zeros((0, 28))) == []


def test_a_gap_takes_the_stored_fill(model: RiskModel, table: TrainingTable) -> None:
    row = table.rows[0].copy()
    row[position("bureau_score")] = math.nan
    assert model.fill(row.tolist())[position("bureau_score")] == pytest.approx(
        np.nanmedian(table.rows[:, position("bureau_score")]), abs=15
    )


@pytest.mark.parametrize("row", [[0.0] * 27, [math.inf, *[0.0] * 27]])
def test_a_wrong_row_is_refused(model: RiskModel, row: list[float]) -> None:
    with pytest.raises(RowShapeError):
        model.probability(row)
    with pytest.raises(RowShapeError):
        model.probabilities(np.array([row]))


def test_out_of_range_names_what_strays(model: RiskModel, table: TrainingTable) -> None:
    inside = model.fill(table.rows[5].tolist())
    assert model.out_of_range(inside) == ()
    at = position("loan_amount")
    edge = model.facts.highs[at] + 0.05 * (model.facts.highs[at] - model.facts.lows[at])
    for value, expected in ((edge, ()), (edge * 1.001, ("loan_amount",)), (-1, ("loan_amount",))):
        assert model.out_of_range([*inside[:at], value, *inside[at + 1 :]]) == expected


def test_only_a_flagged_gap_is_in_range(model: RiskModel, table: TrainingTable) -> None:
    row = [*model.fill(table.rows[5].tolist())]
    row[position("bureau_score")] = math.nan
    row[position("bureau_score_missing")] = 1.0
    assert model.out_of_range(row) == ()
    row[position("bureau_score_missing")] = 0.0
    row[position("months_with_employer")] = math.nan
    assert model.out_of_range(row) == ("bureau_score", "months_with_employer")


def test_synthetic_calibration_answers_no_probability_of_default(model: RiskModel) -> None:
    assert model.probability_of_default(0.4) is None
    assert 0.0 <= model.facts.table.rate(0.4) <= 1.0


def test_risk_never_moves_against_a_sign(model: RiskModel, table: TrainingTable) -> None:
    rows = np.array([model.fill(row) for row in table.rows[:60].tolist()])
    for at, sign in enumerate(SIGNS):
        if sign:
            sweep = np.repeat(rows, 60, axis=0)
            low, high = rows[:, at].min(), rows[:, at].max()
            sweep[:, at] = np.tile(np.linspace(low, high, 60), len(rows))
            steps = np.diff(model.probabilities(sweep).reshape(len(rows), 60), axis=1)
            assert (sign * steps >= -1e-12).all(), FEATURE_NAMES[at]


def test_labels_and_card(model: RiskModel) -> None:
    assert (model.label, model.income_base) == ("RF test", "NET")
    assert "no evidence about any bank" in model.card["notes"][0]
    assert model.card["monotone_violations"] == 0
