"""The honest comparison on a book whose truth is known: a perfect model has no gap."""

from dataclasses import replace

import numpy as np
import pytest

from ml.features import SIGNS
from ml.training.honest_protocol import (
    FreshBook,
    HonestSettings,
    ScoredModel,
    TrainingDraw,
    honest_comparison,
)
from ml.training.model_card import data_sha256
from ml.training.splits import groups_of, split_by_time

SETTINGS = HonestSettings((0.3, 0.5), 0.25, 200, 2, 42)
COUNT = 900


def _rows(seed: int):
    rng = np.random.default_rng(seed)
    rows = rng.random((COUNT, len(SIGNS)))
    true = 1 / (1 + np.exp(-(3 * rows[:, 0] - 3 * rows[:, 3] - 1)))
    return rows, true, (rng.random(COUNT) < true).astype(np.int64)


@pytest.fixture(scope="module")
def book():
    rows, true, defaults = _rows(1)
    approved = (true < 0.6).astype(np.int64)
    return FreshBook(rows, approved, np.arange(COUNT) // 60 + 24_000, true, defaults)


@pytest.fixture(scope="module")
def training():
    rows, true, labels = _rows(2)
    return TrainingDraw(rows, labels, np.arange(COUNT), np.arange(COUNT) // 60 + 23_900, true)


@pytest.fixture(scope="module")
def perfect(book, training):
    train = split_by_time(training.months, groups_of(training.customers, training.rows), 0.25).train
    own = data_sha256(training.rows[train], training.labels[train].astype(np.float64))
    true = book.true_probabilities
    return ScoredModel("perfect", true, true, np.arange(28.0), (0.7, 0.72), own, 24_010)


@pytest.fixture(scope="module")
def answer(book, training, perfect):
    return honest_comparison(book, training, perfect, SETTINGS)


def test_the_figures_come_in_the_order_of_the_design(answer) -> None:
    names = list(answer)
    places = [names.index(name) for name in ("gap_to_limit", "default_only", "imitates_policy")]
    assert places == sorted(places)


def test_a_perfect_model_has_no_gap_and_a_blind_one_has(answer, book, training, perfect) -> None:
    gap = answer["gap_to_limit"]
    assert (gap["auc_gap"], gap["brier_ratio"], gap["accuracy_gap"]) == (0.0, 1.0, 0.0)
    blind = np.random.default_rng(3).random(COUNT)
    other = honest_comparison(book, training, replace(perfect, index=blind), SETTINGS)
    assert other["gap_to_limit"]["auc_gap"] > 0.15
    assert other["default_only"]["auc"] == pytest.approx(0.5, abs=0.1)


def test_default_only_stands_on_later_disbursed_loans(answer, book) -> None:
    found = answer["default_only"]
    later = (book.months >= 24_010) & (book.approved == 1)
    assert (found["rows"], found["bads"]) == (later.sum(), book.defaults[later].sum())
    assert found["auc_low"] < found["auc"] < found["auc_high"]
    assert found["recall_at"]["0.3"] > found["recall_at"]["0.5"]


def test_agreement_with_policy_is_called_what_it_is(answer, book) -> None:
    found = answer["imitates_policy"]
    assert found["label"] == "imitates policy"
    assert found["rejected"] == int((book.approved == 0).sum())
    assert found["auc"] == 1.0  # this policy rejects by the true risk itself


def test_own_rows_show_the_gap_between_training_and_test(answer, book, training, perfect) -> None:
    assert answer["rows"][0]["train_test_gap"] is not None
    strange = replace(perfect, data_sha256="of other rows")
    found = honest_comparison(book, training, strange, SETTINGS)
    assert found["rows"][0]["train_test_gap"] is None


def test_the_challenger_is_fitted_and_ranks(answer) -> None:
    challenger = answer["rows"][1]
    assert "boosting" in challenger["model"]
    assert answer["challenger_gap_to_limit"]["auc_gap"] < 0.1
    assert challenger["importances"][0]["feature"] in {"debt_to_income_ratio", "monthly_income"}
    assert len(challenger["folds"]) == 2
