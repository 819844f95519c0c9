"""The shipped rule rows are whole: keys, units, words, references, what readers are shown."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.rules.rule_rows import WrongRuleUnitError, parse_rule_rows, product_row_id, rule_row_id
from tests.rules.lending_vectors import RULEBOOK, VECTORS, load

DOCUMENT = load("rule-rows.json")
ROOT = Path(__file__).resolve().parents[2]
WORDS = load("words.json")["lists"]
NUMBERS = {
    "paise", "ppm", "millionths", "points", "count", "days", "working_days", "months", "years",
    "hours", "minutes", "seconds", "grams",
}  # fmt: skip


def test_the_file_gives_430_rows_of_237_codes_with_ids_of_their_own() -> None:
    rows = parse_rule_rows(DOCUMENT)
    assert (len(rows), len({row.code for row in rows})) == (430, 237)
    assert len({row.row_id for row in rows}) == 430
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


def test_a_row_carries_what_the_file_says() -> None:
    for row, fields in zip(parse_rule_rows(DOCUMENT), DOCUMENT["rows"], strict=True):
        assert row.effective_from.isoformat() == fields["effective_from"]
        names = ("code", "segment", "value", "unit", "compare", "description", "source", "confirm")
        assert [getattr(row, name) for name in names] == [fields[name] for name in names]
        assert row.used_by == (fields["used_by"] or "")
        assert (row.proposed_by, row.approved_by) == ("", None)


def test_a_row_of_two_people_names_them() -> None:
    signed = {**DOCUMENT["rows"][0], "proposed_by": "asha", "approved_by": "ravi"}
    del signed["used_by"]
    (row,) = parse_rule_rows({"rows": [signed]})
    assert (row.proposed_by, row.approved_by, row.used_by) == ("asha", "ravi", "")


def test_every_product_has_an_id_of_its_own() -> None:
    day = date(2026, 1, 1)
    assert product_row_id("GOLD", day) == product_row_id("GOLD", day)
    assert len({product_row_id(code, day) for code in ("GOLD", "PERSONAL", "None")}) == 3


def test_a_refusal_says_what_was_given_and_what_was_asked_for() -> None:
    with pytest.raises(WrongRuleUnitError) as refused:
        parse_rule_rows({"rows": {}})
    assert str(refused.value) == "Rule “rows” is given as one value, and a list was asked for"
    row = replace(RULEBOOK.row("emi_rounding", date(2026, 1, 1)), compare="at_most")
    with pytest.raises(WrongRuleUnitError) as refused:
        row.holds(1)
    assert str(refused.value) == "Rule “emi_rounding” is given as word, and a limit was asked for"


def test_a_rule_that_a_lending_rule_reads_names_that_file() -> None:
    """Codes built from parts (segments, ranges) are not found in the text and are left out."""
    texts = {
        f"app/rules/{file.name}": file.read_text(encoding="utf-8")
        for file in (ROOT / "app" / "rules").glob("*.py")
        if file.name != "product_lines.py"  # lists codes of every product
    }
    for row in RULEBOOK.rows:
        readers = [name for name, text in texts.items() if f'"{row.code}"' in text]
        if readers and row.used_by.startswith("app/rules/"):
            assert row.used_by in readers, row.code


# Files of parts that are not built yet; a row may name them before they stand.
PLANNED = {
    "app/services/review_audit.py",
    "app/services/synchronise_branch.py",
    "ml/monitoring/promotion_gate.py",
}


def test_the_file_a_row_names_stands_or_is_planned() -> None:
    named = {row.used_by for row in RULEBOOK.rows if row.used_by}
    assert {name for name in named if not (ROOT / name).is_file()} == PLANNED
