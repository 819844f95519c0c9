"""Compare: the README's protocol beside its own rows, and the honest one with its limits."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.cli.compute_jobs import run_job
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.compare_models import CompareModels, Protocol, prepare_comparison
from ml.runtime.model_file import load_model, read_keys

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
DAY = date(2026, 9, 30)
ROW_FIELDS = {
    "model",
    "auc",
    "auc_low",
    "auc_high",
    "ks",
    "gini",
    "brier",
    "accuracy",
    "precision",
    "recall",
    "f1",
    "folds",
    "confusion",
    "cv_mean",
    "cv_sd",
    "train_test_gap",
    "class_counts",
    "importances",
}


def _compared(request: CompareModels, folder: Path) -> dict[str, Any]:
    def loaded(name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((RESOURCES / "rules" / name).read_text("utf-8"))
        return content

    rulebook = Rulebook(
        parse_rule_rows(loaded("rule-rows.json")), parse_products(loaded("products.json"))
    )
    keys = read_keys(RESOURCES / "models" / "keys.json", DAY)
    model = load_model(RESOURCES / "models" / "champion", keys)
    prepare_comparison(request, rulebook, model, folder, DAY)
    return run_job(folder)


@pytest.fixture(scope="module")
def readme(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _compared(CompareModels(Protocol.README), tmp_path_factory.mktemp("readme"))


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    request = CompareModels(Protocol.HONEST, applications=4_000)
    return _compared(request, tmp_path_factory.mktemp("honest"))


def test_readme_has_the_seeds_rows_and_both_parts(readme: dict[str, Any]) -> None:
    parts = [row.get("part") for row in readme["rows"]]
    assert parts == [None, None, "a", "a", "a", "b", "b", "b"]
    assert readme["rows"][0]["accuracy"] == 0.9416
    for row in readme["rows"][2:]:
        assert set(row) >= ROW_FIELDS
        assert len(row["importances"]) == 10
        assert sum(row["confusion"].values()) == 257
        assert sum(row["class_counts"].values()) == 1_285


def test_the_bare_rule_beats_the_models_on_the_circular_label(readme: dict[str, Any]) -> None:
    assert readme["heading"] == "comparison with the seed only"
    bare = readme["bare_rule"]["accuracy"]
    assert bare == pytest.approx(0.93, abs=0.03)
    forest = next(row for row in readme["rows"] if row.get("part") == "a")
    assert forest["accuracy"] < bare


def test_the_explicit_rule_is_learnt_up_to_its_limit(readme: dict[str, Any]) -> None:
    forest = next(row for row in readme["rows"] if row.get("part") == "b")
    assert readme["limits"]["bayes_accuracy"] == pytest.approx(0.945)
    assert forest["cv_mean"] > 0.88


def test_honest_shows_the_gap_to_the_limit_on_unseen_loans(honest: dict[str, Any]) -> None:
    ours, limit = honest["rows"]
    assert ours["auc"] < limit["auc"] == honest["limits"]["bayes_auc"]
    assert limit["auc"] - ours["auc"] < 0.06
    assert ours["auc_low"] < ours["auc"] < ours["auc_high"]
    assert 0 < ours["bads"] < ours["rows"]
    assert set(ours["recall_at"]) == {"0.3", "0.5"}
    assert honest["bare_rule"]["label"] == "imitates policy"
