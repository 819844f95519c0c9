"""Drawn applications become cases and rows by the real rules."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.rules.application_figures import figures_of
from app.rules.rulebook import Rulebook, parse_products, parse_rule_rows
from app.services.steps.assemble_features import assemble_features
from app.services.steps.drawn_cases import case_of_drawn, product_terms, rebuild_with
from ml.sample.book_presets import DrawRequest, draw_book

RULES = Path(__file__).resolve().parents[2] / "resources" / "rules"
DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    rows = json.loads((RULES / "rule-rows.json").read_text(encoding="utf-8"))
    products = json.loads((RULES / "products.json").read_text(encoding="utf-8"))
    return Rulebook(parse_rule_rows(rows), parse_products(products))


def test_every_product_but_microfinance_can_be_drawn(rulebook: Rulebook) -> None:
    codes = {item.product_code for item in product_terms(rulebook, DAY)}
    assert codes == {item.product_code for item in rulebook.products_on(DAY)} - {"MICROFINANCE"}


def test_rows_are_those_of_the_feature_function(rulebook: Rulebook) -> None:
    rebuild = rebuild_with(rulebook)
    request = DrawRequest("sample", 40, 60, 9, product_terms(rulebook, DAY))
    book = draw_book(request, rebuild)
    for item, row in zip(book.applications, book.rows, strict=True):
        case = case_of_drawn(book.customers[item.customer_index], item)
        expected = np.array(assemble_features(case, rulebook))
        assert row.tobytes() == expected.tobytes()
        assert figures_of(case, rulebook).missing == ()
