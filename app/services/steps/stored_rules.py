"""The rule book as the open book holds it, and the shapes its rows may take.

An act that changes rules plans on what its own transaction reads, never on what a desk has cached.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.resource_files import resource
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.unit_of_work import UnitOfWork

_WORDS, _PRODUCTS = "words", "products"


@dataclass(frozen=True, slots=True)
class RuleShape:
    """What a rule may hold: the words of its list, and the names of its segments."""

    words: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


def stored_rulebook(book: "UnitOfWork") -> Rulebook:
    """Every rule row and product of the open book."""
    return Rulebook(
        parse_rule_rows(book.reference.rule_rows_json()),
        parse_products(book.reference.products_json()),
    )


def rule_shape(code: str, rulebook: Rulebook) -> RuleShape:
    """The words and segments that the shipped header allows a rule."""
    header = _header()
    list_name = header["word_lists"].get(code)
    return RuleShape(
        words=() if list_name is None else _codes(list_name),
        segments=_segments(header["segments"].get(code, []), rulebook),
    )


def _segments(named: "list[str] | str", rulebook: Rulebook) -> tuple[str, ...]:
    if not isinstance(named, str):
        return tuple(named)
    source, _, list_name = named.partition(":")
    if source == _PRODUCTS:
        return tuple(sorted({product.product_code for product in rulebook.products}))
    return _codes(list_name, field="segment")


def _codes(list_name: str, field: str = "code") -> tuple[str, ...]:
    words = _words()[list_name]["words"]
    return tuple(str(word.get(field, word["code"])) for word in words)


@lru_cache(maxsize=1)
def _header() -> "Mapping[str, Any]":
    document = _loaded("rule-rows")
    return {name: document[name] for name in ("word_lists", "segments")}


@lru_cache(maxsize=1)
def _words() -> "Mapping[str, Any]":
    lists: Mapping[str, Any] = _loaded("words")["lists"]
    return lists


def _loaded(name: str) -> "Mapping[str, Any]":
    content: Mapping[str, Any] = json.loads(
        resource(f"rules/{name}.json").read_text(encoding="utf-8")
    )
    return content
