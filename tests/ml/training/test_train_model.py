"""Training: repeatable to the byte, later test, honest card, proof of the export."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ml.features import position
from ml.training.evaluation import area_under_curve
from ml.training.export_model import ExportDiffersError, check_export
from ml.training.fit_boosting import BoostingShape
from ml.training.fit_forest import ForestShape, cross_fit
from ml.training.model_card import ModelName, filled, fills_of
from ml.training.splits import groups_of, split_by_time
from ml.training.train_model import (
    TooFewLabelsError,
    TrainingLimits,
    TrainingPlan,
    TrainingTable,
    train_model,
    wrong_way_moves,
)

if TYPE_CHECKING:
    from tests.ml.conftest import SmallForest

PLAN = TrainingPlan(
    name=ModelName("RF-TEST", "RF test", "tests", "NET"),
    shape=ForestShape(trees=10, folds=3, choices=("sqrt", 0.5)),
    test_share=0.25,
    limits=TrainingLimits(
        min_bads=20,
        step_rows=200,
        cut_offs=(0.3, 0.5),
        coverage_errors=3,
        leak_alone=0.85,
        leak_adds=0.05,
    ),
    boosting=BoostingShape(rounds=20, folds=3, leaf_choices=(20,)),
    golden_rows=16,
    checked_rows=200,
    explained_rows=20,
)


def test_same_data_same_bytes(table: TrainingTable, tmp_path: Path) -> None:
    first = train_model(table, PLAN, tmp_path / "a")
    again = train_model(table, PLAN, tmp_path / "b")
    assert first.candidates == again.candidates
    for name in ("model.json", "forest.npz", "golden.npz"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_the_export_is_proved_on_the_rows(table: TrainingTable, tmp_path: Path) -> None:
    found = train_model(table, PLAN, tmp_path)
    assert found.check.rows == 200
    assert found.check.probability <= 1e-12
    assert found.check.contribution <= 1e-9
    assert "no evidence about any bank" in found.warnings[0]
    forest, boosting = found.candidates
    assert {"auc", "auc_low", "auc_high", "brier", "recall", "recall_at"} <= set(forest)
    assert set(forest) == set(boosting)
    assert "boosting" in boosting["model"]
    assert forest["rows"] == boosting["rows"]


def test_the_card_tells_coverage_leaks_and_repeats(table: TrainingTable, tmp_path: Path) -> None:
    train_model(table, PLAN, tmp_path)
    card = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))["card"]
    assert [row["alpha"] for row in card["conformal"]] == [0.1, 0.2, 0.3]
    assert all(row["good"]["holds"] and row["bad"]["holds"] for row in card["conformal"])
    assert card["conformal"][0]["bad"]["rows"] == card["bads"]["test"]
    assert card["leaks"] == []
    assert card["repeated_rows"] == 0
    assert card["monotone_violations"] == 0


def test_a_column_that_knows_the_outcome_is_warned_of(table: TrainingTable, tmp_path: Path) -> None:
    rows = table.rows.copy()
    rows[:, position("prior_late_payments")] = table.labels * 3.0
    found = train_model(replace(table, rows=rows), PLAN, tmp_path)
    assert any("prior_late_payments: AUC 1.000 alone" in text for text in found.warnings)


def test_a_shuffled_label_gives_no_ranking(table: TrainingTable) -> None:
    """Nothing of the outcome may reach the predictions but through the rows."""
    rows = filled(table.rows, fills_of(table.rows))
    groups = groups_of(table.customers, rows)
    rng = np.random.default_rng(42)
    aucs = []
    for _ in range(3):
        labels = rng.permutation(table.labels)
        found = cross_fit(rows, labels, groups, (ForestShape(trees=20), "sqrt"))
        auc = area_under_curve(labels, found.index)
        assert auc is not None
        aucs.append(auc)
    assert abs(float(np.mean(aucs)) - 0.5) <= 0.03


def test_an_export_that_differs_is_not_written(small: "SmallForest") -> None:
    moved = replace(small.arrays, value=small.arrays.value * 0.999)
    with pytest.raises(ExportDiffersError):
        check_export(small.forest, moved, small.rows[:50], 5)


def test_too_few_labels_are_refused(table: TrainingTable, tmp_path: Path) -> None:
    none = replace(table, labels=np.zeros_like(table.labels))
    with pytest.raises(TooFewLabelsError):
        train_model(none, PLAN, tmp_path)


def test_no_wrong_way_moves_and_the_check_sees_one(small: "SmallForest") -> None:
    assert wrong_way_moves(small.arrays, small.rows[:40]) == 0
    upside_down = replace(small.arrays, value=1.0 - small.arrays.value)
    assert wrong_way_moves(upside_down, small.rows[:5]) > 0


def test_a_median_alone_loses_against_indicator_and_fill(table: TrainingTable) -> None:
    """Control that must fail: without the missing flag the forest ranks worse."""
    rows = filled(table.rows, fills_of(table.rows))
    groups = groups_of(table.customers, rows)
    blind = rows.copy()
    blind[:, position("bureau_score_missing")] = 0.0
    shape = ForestShape(trees=60)
    missing = np.isnan(table.rows[:, position("bureau_score")])
    aucs = []
    for candidate in (rows, blind):
        found = cross_fit(candidate, table.labels, groups, (shape, "sqrt")).index
        aucs.append(area_under_curve(table.labels, found))
        aucs.append(float(found[missing].mean()))
    assert aucs[0] is not None
    assert aucs[2] is not None
    assert aucs[0] > aucs[2]
    assert aucs[1] > aucs[3]  # the flag raises the answers of those without a score


def test_no_customer_trains_and_tests(table: TrainingTable) -> None:
    groups = groups_of(table.customers, table.rows)
    split = split_by_time(table.months, groups, 0.25)
    assert not set(table.customers[split.train]) & set(table.customers[split.test])
    assert table.months[split.train].max() < table.months[split.test].min()
