"""The card: four figures in their order, missing ones said to be missing, one source for both."""

import json
from pathlib import Path

import pytest

from ml.monitoring.model_card_text import NOT_MEASURED, card_document, card_markdown

CHAMPION = Path(__file__).resolve().parents[3] / "resources" / "models" / "champion" / "model.json"
GAP = {
    "rows": 20_000,
    "bads": 734,
    "auc": 0.758,
    "auc_gap": 0.02,
    "brier": 0.0339,
    "brier_ratio": 1.0285,
    "accuracy": 0.963,
    "accuracy_gap": 0.0003,
}


@pytest.fixture
def model():
    return json.loads(CHAMPION.read_text(encoding="utf-8"))


def _complete(model):
    forest = {"part": "a", "model": "random forest", "accuracy": 0.9, "recall": 0.8, "auc": 0.95}
    readme = {
        "rows": [forest],
        "bare_rule": {"label": "no model, only: rejected means bad", "accuracy": 0.93},
    }
    policy = {"equal_verdicts": 0.69, "auc": 0.75, "rows": 32_258, "rejected": 12_258}
    sides = {
        "good": {"empirical_coverage": 0.81, "rows": 900},
        "bad": {"empirical_coverage": None, "rows": 0},
    }
    extra = {
        "gap_to_limit": GAP,
        "imitates_policy": policy,
        "readme_protocol": readme,
        "challengers": [
            {"model": "boosting", "auc": 0.77, "auc_low": 0.72, "auc_high": 0.82},
        ],
        "challenger_gap_to_limit": GAP | {"auc_gap": 0.01},
        "conformal": [{"alpha": 0.2, "borderline": 0.3, "enough": False, **sides}],
        "leaks": [{"column": "x", "check": "alone", "text": "x: AUC 0.990 alone, over 0.85"}],
        "label_counts": {"good": 5, "bad": 2, "rejected_unlabelled": 500},
    }
    return {**model, "card": {**model["card"], **extra}}


def test_figures_stand_in_the_order_of_the_design(model) -> None:
    document = card_document(_complete(model))
    assert [figure["order"] for figure in document["figures"]] == [1, 2, 3, 4]
    text = card_markdown(document)
    places = [text.index(f"## {order}. ") for order in (1, 2, 3, 4)]
    assert places == sorted(places)
    assert text.index("Gap to the limit") < text.index("Defaults among") < text.index("imitates")
    assert "comparison with the seed only" in text


def test_every_figure_of_the_document_is_in_the_text(model) -> None:
    text = card_markdown(card_document(_complete(model)))
    for told in ("0.758", "0.020 below", "1.028 times", "69.0 %", "734 defaults", "0.790"):
        assert told in text, told
    assert "95 % interval" in text
    assert "no evidence about any bank" in text
    assert "81.0 % of 900" in text
    assert "not measured" in text
    assert "the band is off" in text
    assert "(blocks promotion)" in text
    assert "rejected unlabelled 500" in text
    assert NOT_MEASURED not in text


def test_a_card_without_later_measures_says_so(model) -> None:
    """The bundled champion was made before these figures were kept in the file."""
    text = card_markdown(card_document(model))
    assert text.count(NOT_MEASURED) >= 3
    assert "AUC 0.790" in text


def test_no_leak_found_is_said(model) -> None:
    complete = _complete(model)
    complete["card"]["leaks"] = []
    assert "None found." in card_markdown(card_document(complete))
