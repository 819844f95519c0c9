"""The terms of a product as readers see them."""

from dataclasses import replace

import pytest

from app.rules.product_lines import product_limits
from app.rules.products import Product
from db.vocabulary.lending import FeeKind
from tests.rules.lending_vectors import RULEBOOK, load


def _product(code: str) -> Product:
    return next(product for product in RULEBOOK.products if product.product_code == code)


def _sheet(product: Product) -> dict[str, str]:
    return {line.label: line.shown for line in product_limits(product)}


def test_a_home_loan_from_its_purposes_to_its_provision() -> None:
    lines = [
        (line.label, line.shown, line.field) for line in product_limits(_product("HOME_PURCHASE"))
    ]
    assert lines == [
        ("Purposes", "Home Purchase", "purposes"),
        ("Security", "required", "security"),
        ("Amount", "₹3,00,000 to ₹2,00,00,000", "max_amount_paise"),
        ("Tenure", "60 to 360 months", "max_tenure_months"),
        ("Card rate", "8.5 %", "card_rate_ppm"),
        ("Rates", "8.5 % to 10.5 %", "max_rate_ppm"),
        ("Rate type", "Floating: REPO + 3 %, reset every 3 months", "rate_type"),
        ("Rounding of the EMI", "RUPEE", "emi_rounding"),
        ("Repayment", "EMI", "repayment_types"),
        ("Moratorium", "none", "moratorium"),
        ("All dues over income, at most", "55 %", "foir_cap_ppm"),
        ("Loan to income, at most", "72 months of income", "lti_cap_months"),
        ("Income, at least", "₹30,000", "min_monthly_income_paise"),
        ("Age at application", "21 to 60 years", "max_age_at_application_years"),
        ("Experience, at least", "2 years", "min_experience_years"),
        ("Fee: Processing", "0.5 % of sanction, at least ₹2,500, at most ₹15,000", "fees"),
        ("Fee: Legal valuation", "₹6,000", "fees"),
        ("Fee: Stamp and registry", "at cost", "fees"),
        ("Fee: Insurance", "at cost", "fees"),
        ("Fee: Bounce", "₹500", "fees"),
        ("Fee: Prepayment", "none", "fees"),
        ("Fee: Rate switch", "₹3,000", "fees"),
        ("Provision as", "HOUSING", "provision_segment"),
    ]


@pytest.mark.parametrize(
    ("code", "label", "shown"),
    [
        ("EDUCATION", "Security", "optional, required above ₹7,50,000"),
        ("EDUCATION", "Moratorium", "up to 72 months"),
        ("EDUCATION", "Fee: Processing", "1 % of sanction, at most ₹10,000"),
        ("GOLD_CONSUMPTION", "Rate type", "Fixed"),
        ("GOLD_CONSUMPTION", "Repayment", "EMI, Bullet"),
        ("GOLD_CONSUMPTION", "Income, at least", "no limit"),
        ("GOLD_CONSUMPTION", "Experience, at least", "0 years"),
        ("BUSINESS_TERM", "Provision as", "SME MICRO SMALL"),
        ("VEHICLE", "Experience, at least", "1 year"),
        ("VEHICLE", "Fee: Prepayment", "3 % of principal"),
        ("MICROFINANCE", "Security", "not taken"),
        (
            "MICROFINANCE",
            "Purposes",
            "Business Expansion, Education, Medical Emergency, Home Renovation, Wedding Expenses",
        ),
    ],
)
def test_terms_that_differ_by_product(code: str, label: str, shown: str) -> None:
    assert _sheet(_product(code))[label] == shown


@pytest.mark.parametrize("fields", load("products.json")["products"])
def test_ranges_and_cap_read_as_the_file_says(fields: dict[str, dict[str, str]]) -> None:
    sheet, shown = _sheet(_product(str(fields["product_code"]))), fields["shown"]
    assert (sheet["Amount"], sheet["Tenure"]) == (shown["amount"], shown["tenure"])
    assert (sheet["Card rate"], sheet["Rates"]) == (shown["card_rate"], shown["rate"])
    assert sheet["All dues over income, at most"] == shown["foir_cap"]


def test_a_cap_that_is_not_there_reads_no_limit() -> None:
    home = replace(_product("HOME_PURCHASE"), foir_cap_ppm=None, lti_cap_months=None)
    assert _sheet(home)["All dues over income, at most"] == "no limit"
    assert _sheet(home)["Loan to income, at most"] == "no limit"


def test_a_free_fee_and_a_moratorium_of_one_month() -> None:
    home = _product("HOME_PURCHASE")
    processing = home.fee(FeeKind.PROCESSING)
    assert processing is not None
    free = replace(processing, rate_ppm=0, amount_paise=0)
    short = replace(home.moratorium, max_months=1)
    sheet = _sheet(replace(home, fees=(free,), moratorium=short))
    assert (sheet["Fee: Processing"], sheet["Moratorium"]) == ("₹0", "up to 1 month")
