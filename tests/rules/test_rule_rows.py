"""The shipped rule rows are whole: keys, units, words, references, what readers are shown."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from app.rules.rule_rows import WrongRuleUnitError, parse_rule_rows, product_row_id, rule_row_id
from tests.rules.lending_vectors import RULEBOOK, VECTORS, load

DOCUMENT = load("rule-rows.json")
WORDS = load("words.json")["lists"]
NUMBERS = {
    "paise", "ppm", "millionths", "points", "count", "days", "working_days", "months", "years",
    "hours", "minutes", "seconds", "grams",
}  # fmt: skip


def test_the_file_gives_429_rows_of_236_codes_with_ids_of_their_own() -> None:
    rows = parse_rule_rows(DOCUMENT)
    assert (len(rows), len({row.code for row in rows})) == (429, 236)
    assert len({row.row_id for row in rows}) == 429
    first = rows[0]
    assert first.row_id == rule_row_id(first.code, first.segment, first.effective_from)
    assert first.row_id != product_row_id(first.code, first.effective_from)


def test_every_value_is_of_its_unit() -> None:
    for row in RULEBOOK.rows:
        assert row.unit in DOCUMENT["units"], row
        assert row.compare is None or row.compare in DOCUMENT["compare"], row
        if row.unit in NUMBERS:
            assert row.value is None or type(row.value) is int, row
        elif row.unit == "flag":
            assert type(row.value) is bool, row
        else:
            assert type(row.value) is str, row
        if row.unit == "date":
            date.fromisoformat(str(row.value))
        if row.unit == "number":
            Decimal(str(row.value))


def test_every_word_value_stands_in_its_list() -> None:
    for row in RULEBOOK.rows:
        if row.unit == "word":
            codes = {word["code"] for word in WORDS[DOCUMENT["word_lists"][row.code]]["words"]}
            assert row.value in codes, row


def _segment_names(code: str) -> set[str]:
    names = DOCUMENT["segments"].get(code, [])
    if isinstance(names, list):
        return set(names)
    source, _, name = names.partition(":")
    if source == "products":
        return {product.product_code for product in RULEBOOK.products}
    return {word.get("segment", word["code"]) for word in WORDS[name]["words"]}


def test_every_segment_is_named_in_the_header() -> None:
    for row in RULEBOOK.rows:
        assert row.segment in _segment_names(row.code) | {"ALL"}, row


def test_the_vectors_a_row_names_exist() -> None:
    ids = {vector["id"] for vector in VECTORS}
    named = {end for row in DOCUMENT["rows"] for each in row["vectors"] for end in each.split("-")}
    assert named <= ids


def test_keys_are_unique() -> None:
    keys = Counter((row.code, row.segment, row.effective_from) for row in RULEBOOK.rows)
    assert max(keys.values()) == 1


def test_a_document_of_another_shape_is_refused() -> None:
    with pytest.raises(WrongRuleUnitError):
        parse_rule_rows({"rows": {}})
    broken = {**DOCUMENT["rows"][0], "value": 0.5}
    with pytest.raises(WrongRuleUnitError):
        parse_rule_rows({"rows": [broken]})
