"""The README's protocol on small books: figures, the bare rule, what the label hides."""

from dataclasses import replace

import numpy as np
import pytest

from ml.features import FEATURE_COUNT
from ml.training.readme_models import SEED_ROWS, readme_models
from ml.training.readme_protocol import Book, readme_comparison, replay_of, top_ten

COUNT = 400


@pytest.fixture(scope="module")
def books():
    rng = np.random.default_rng(1)
    rows = rng.random((COUNT, FEATURE_COUNT))
    rejected = (rows[:, 0] > 0.6).astype(np.int64)
    true = np.full(COUNT, 0.1)
    defaults = (rng.random(COUNT) < true).astype(np.int64)
    original = Book("a", rows, rejected | defaults, true, defaults, rejected)
    limits = np.where(rejected == 1, 0.945, 0.055)
    flipped = (rng.random(COUNT) < limits).astype(np.int64)
    return original, Book("b", rows, flipped, limits, flipped, np.zeros(COUNT, dtype=np.int64))


@pytest.fixture(scope="module")
def answer(books):
    return readme_comparison(*books, models=1)


def test_the_originals_rows_come_first_then_both_parts(answer) -> None:
    assert [row.get("part") for row in answer["rows"]] == [None, None, "a", "b"]
    assert answer["rows"][0]["cv_mean"] == 0.9261
    assert answer["heading"] == "comparison with the seed only"


def test_each_row_is_a_split_and_a_cross_validation(answer) -> None:
    for row in answer["rows"][len(SEED_ROWS) :]:
        assert sum(row["confusion"].values()) == COUNT / 5
        assert sum(row["class_counts"].values()) == COUNT
        assert row["cv_mean"] == pytest.approx(np.mean(row["folds"]))
        assert len(row["importances"]) == 10
        assert row["importances"][0]["feature"] == "debt_to_income_ratio"


def test_the_label_hides_defaults_and_repeats_the_policy(answer, books) -> None:
    row = answer["rows"][2]
    assert row["imitates_policy"]["equal_verdicts"] > 0.95
    assert row["default_only"]["recall"] < 0.3
    assert row["default_only"]["bads"] == int(books[0].defaults[books[0].rejected == 0].sum())
    assert answer["bare_rule"]["accuracy"] > 0.9


def test_the_limit_of_the_rule_is_told_and_reached(answer) -> None:
    assert answer["limits"]["bayes_accuracy"] == pytest.approx(0.945)
    row = answer["rows"][3]
    assert abs(row["accuracy"] - row["limit_accuracy"]) < 0.06


def test_gaps_are_filled_inside_the_fold(books) -> None:
    holed = books[0].rows.copy()
    holed[::7, 15] = np.nan
    name, model = readme_models()[1]
    assert "scaled" in name
    found = readme_comparison(replace(books[0], rows=holed), books[1], models=2)
    assert found["rows"][3]["model"] == name
    assert model.steps[0][0] == "simpleimputer"


def test_a_replay_tells_mean_and_spread(answer) -> None:
    other = {**answer, "bare_rule": {**answer["bare_rule"], "accuracy": 0.9}}
    bare, first, second = replay_of([answer, other])
    assert bare["accuracy"] == pytest.approx((answer["bare_rule"]["accuracy"] + 0.9) / 2)
    assert first["accuracy_sd"] == 0.0
    assert {"default_only_recall", "equal_verdicts"} <= set(first)
    assert "limit_accuracy" in second


def test_top_ten_is_in_falling_order() -> None:
    found = top_ten(np.arange(FEATURE_COUNT, dtype=float))
    weights = [each["importance"] for each in found]
    assert weights == sorted(weights, reverse=True)
    assert found[0]["feature"] == "purpose_business"
