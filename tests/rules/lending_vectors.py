"""The 240 lending vectors, the shipped rule book, and how an answer is held against a vector.

Source: lending-vectors.md. Each test file beside this one runs the families of its rule through
the adapter of the `calculate` verb; `test_vector_families.py` sees that none is left out.
"""

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from app.cli.calculate_verb import calculate
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.rules.wording import Wording, parse_words

PROJECT = Path(__file__).resolve().parents[2]
RULES = PROJECT / "resources" / "rules"
TODAY = date(2026, 11, 23)
VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "lending-vectors.json").read_text(encoding="utf-8")
)


def load(name: str) -> dict[str, Any]:
    """One file of the shipped policy."""
    document: dict[str, Any] = json.loads((RULES / name).read_text(encoding="utf-8"))
    return document


RULEBOOK = Rulebook(parse_rule_rows(load("rule-rows.json")), parse_products(load("products.json")))


def wording(language: str = "en") -> Wording:
    """The shipped words in one language."""
    return parse_words(load("words.json"), language)


def vectors_of(*families: str) -> pytest.MarkDecorator:
    """Parametrise over the vectors of these families, with their ids as names."""
    chosen = [vector for vector in VECTORS if vector["family"] in families]
    assert chosen, families
    return pytest.mark.parametrize("vector", chosen, ids=[vector["id"] for vector in chosen])


def check(vector: dict[str, Any]) -> None:
    """Run one vector through the verb's adapter and hold the answer against it."""
    answer = calculate(vector["family"], vector["input"], RULEBOOK, TODAY)
    assert same(answer, vector["expected"]), (answer, vector["expected"])


def same(answer: Any, expected: Any) -> bool:
    """Decimals by value, everything else exactly."""
    if isinstance(expected, dict):
        fits = isinstance(answer, dict) and answer.keys() == expected.keys()
        return fits and all(same(answer[name], expected[name]) for name in expected)
    if isinstance(expected, list):
        fits = isinstance(answer, list) and len(answer) == len(expected)
        return fits and all(same(one, other) for one, other in zip(answer, expected, strict=True))
    if isinstance(expected, str) and isinstance(answer, str):
        try:
            return Decimal(answer) == Decimal(expected)
        except InvalidOperation:
            return answer == expected
    return type(answer) is type(expected) and answer == expected
