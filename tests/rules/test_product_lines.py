"""The terms of a product as readers see them."""

from app.rules.product_lines import product_limits
from app.rules.rulebook import Rulebook
from tests.rules.lending_vectors import RULEBOOK


def _sheet(code: str, rulebook: Rulebook = RULEBOOK) -> dict[str, str]:
    product = next(p for p in rulebook.products if p.product_code == code)
    return {line.label: line.shown for line in product_limits(product)}


def test_a_home_loan_and_a_microfinance_loan() -> None:
    home, small = _sheet("HOME_PURCHASE"), _sheet("MICROFINANCE")
    assert home["Amount"] == "₹3,00,000 to ₹2,00,00,000"
    assert home["Rate type"] == "Floating: REPO + 3 %, reset every 3 months"
    assert home["Fee: Processing"] == "0.5 % of sanction, at least ₹2,500, at most ₹15,000"
    assert home["Fee: Legal valuation"] == "₹6,000"
    assert small["All dues over income, at most"] == "no limit"
    assert small["Moratorium"] == "none"


def test_every_product_has_every_line() -> None:
    for product in RULEBOOK.products:
        for line in product_limits(product):
            assert line.label
            assert line.shown
            assert line.field
    study = _sheet("EDUCATION")
    assert study["Moratorium"].startswith("up to ")
