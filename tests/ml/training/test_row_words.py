"""Nested figures as text, and every row of the protocol with the same columns for people."""

from ml.training.readme_models import SEED_ROWS
from ml.training.row_words import row_words

ROW = {
    "confusion": {"tn": 138, "fp": 1, "fn": 16, "tp": 102},
    "class_counts": {"good": 693, "bad": 592},
    "importances": [
        {"feature": "net_monthly_surplus", "importance": 0.2468},
        {"feature": "monthly_income", "importance": 0.175},
    ],
}


def test_each_nested_figure_is_one_text() -> None:
    assert row_words(ROW) == {
        "confusion_words": "tn 138, fp 1, fn 16, tp 102",
        "class_words": "good 693, bad 592",
        "top_10": "net_monthly_surplus 0.247, monthly_income 0.175",
    }


def test_the_originals_rows_have_the_columns_that_people_see() -> None:
    for row in SEED_ROWS:
        assert list(row)[:2] == ["part", "model"]
        assert set(row_words(ROW)) <= set(row)
        assert {"cv_mean", "cv_sd", "train_test_gap", "limit_accuracy"} <= set(row)
