"""One drawn book, one trained forest and one signed model folder for all model tests."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sklearn.ensemble import RandomForestClassifier

from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.steps.drawn_cases import product_terms, rebuild_with
from ml.runtime.forest import Array, ForestArrays
from ml.runtime.model_signing import public_bytes, sign_model
from ml.sample.book_presets import DrawRequest, draw_book
from ml.sample.drawn_book import DrawnBook, ProductTerms, Rebuild
from ml.training.export_model import forest_arrays
from ml.training.fit_boosting import BoostingShape
from ml.training.fit_forest import ForestShape, new_forest
from ml.training.model_card import ModelName, filled, fills_of
from ml.training.train_model import (
    TrainingLimits,
    TrainingPlan,
    TrainingTable,
    float32_edges,
    train_model,
)

RULES = Path(__file__).resolve().parents[2] / "resources" / "rules"
DAY = date(2026, 9, 30)
LIMITS = TrainingLimits(
    min_bads=20,
    step_rows=200,
    cut_offs=(0.3, 0.5),
    coverage_errors=3,
    leak_alone=0.85,
    leak_adds=0.05,
)
PLAN = TrainingPlan(
    name=ModelName("RF-TEST", "RF test", "tests", "NET"),
    shape=ForestShape(folds=3, choices=("sqrt",)),
    test_share=0.25,
    limits=LIMITS,
    boosting=BoostingShape(rounds=20, folds=3, leaf_choices=(20,)),
    golden_rows=32,
    checked_rows=500,
    explained_rows=40,
)


@dataclass(frozen=True, eq=False)
class SmallForest:
    """A trained forest with its export and 10,000 rows to compare on."""

    forest: RandomForestClassifier
    arrays: ForestArrays
    rows: Array


@dataclass(frozen=True, eq=False)
class SignedFolder:
    """A signed model folder and the keys that verify it."""

    folder: Path
    keys: dict[str, bytes]


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    rows = json.loads((RULES / "rule-rows.json").read_text(encoding="utf-8"))
    products = json.loads((RULES / "products.json").read_text(encoding="utf-8"))
    return Rulebook(parse_rule_rows(rows), parse_products(products))


@pytest.fixture(scope="session")
def terms(rulebook: Rulebook) -> tuple[ProductTerms, ...]:
    return product_terms(rulebook, DAY)


@pytest.fixture(scope="session")
def rebuild(rulebook: Rulebook) -> Rebuild:
    return rebuild_with(rulebook)


@pytest.fixture(scope="session")
def book(terms: tuple[ProductTerms, ...], rebuild: Rebuild) -> DrawnBook:
    """A stress book: enough bads for a small forest."""
    return draw_book(DrawRequest("stress", 2_200, 3_300, 7, terms), rebuild)


@pytest.fixture(scope="session")
def table(book: DrawnBook) -> TrainingTable:
    taken = [at for at, word in enumerate(book.verdicts) if word == "Approved"]
    items = [book.applications[at] for at in taken]
    return TrainingTable(
        rows=book.rows[taken],
        labels=book.defaults[taken].astype(np.int64),
        customers=np.array([item.customer_index for item in items]),
        months=np.array(
            [item.application_date.year * 12 + item.application_date.month - 1 for item in items]
        ),
        synthetic=True,
    )


@pytest.fixture(scope="session")
def small(table: TrainingTable) -> SmallForest:
    rows = filled(table.rows, fills_of(table.rows))
    forest = new_forest(ForestShape(), "sqrt").fit(rows, table.labels)
    arrays = forest_arrays(forest)
    plan = TrainingPlan(PLAN.name, PLAN.shape, 0.25, LIMITS, checked_rows=10_000)
    return SmallForest(forest, arrays, float32_edges(arrays, rows, plan))


@pytest.fixture(scope="session")
def signed(table: TrainingTable, tmp_path_factory: pytest.TempPathFactory) -> SignedFolder:
    folder = tmp_path_factory.mktemp("model")
    train_model(table, PLAN, folder)
    key = Ed25519PrivateKey.generate()
    sign_model(folder, "test", key)
    return SignedFolder(folder, {"test": public_bytes(key)})
