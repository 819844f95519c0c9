from decimal import Decimal

import pytest

from app.file_formats.import_row_models import (
    MappingError,
    RowProblemsError,
    parse_mapping,
    read_row,
)
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.operations import ImportDuplicates

COLUMNS = ("who", "amount", "term", "rate", "why", "income", "dti")
BASE = {
    "kind": "applications",
    "columns": {
        "customer_reference": {"column": "who"},
        "loan_amount": {"column": "amount"},
        "loan_tenure_months": {"column": "term", "format": "leading_number"},
        "interest_rate": {"column": "rate"},
        "loan_purpose": {"column": "why", "values": {"car": "Vehicle Purchase"}},
        "monthly_income": {"column": "income", "unit": "per_year"},
        "existing_debt_share": {"column": "dti", "unknown": ["999"]},
    },
}
VALUES = {
    "who": "7",
    "amount": "1,000.50",
    "term": " 36 months",
    "rate": "11.99",
    "why": "car",
    "income": "60000",
    "dti": "20.5",
}


def changed(**columns):
    return {**BASE, "columns": {**BASE["columns"], **columns}}


def test_a_row_becomes_typed_values():
    row = read_row(2, VALUES, parse_mapping(BASE, COLUMNS))
    assert row.loan_amount == Decimal("1000.50")
    assert (row.loan_tenure_months, row.rate_ppm) == (36, 119_900)
    assert row.loan_purpose is LoanPurpose.VEHICLE_PURCHASE
    assert row.purpose_text == "car"
    assert row.monthly_income == 5_000
    assert row.existing_debt_percent == Decimal("20.5")
    assert row.experience_months is None


@pytest.mark.parametrize("text", ["", "  ", "999"])
def test_blank_and_coded_unknowns_are_none_and_never_zero(text):
    row = read_row(2, {**VALUES, "dti": text}, parse_mapping(BASE, COLUMNS))
    assert row.existing_debt_percent is None


def test_every_bad_field_of_a_row_is_told():
    mapping = parse_mapping(BASE, COLUMNS)
    with pytest.raises(RowProblemsError) as found:
        read_row(2, {**VALUES, "amount": "lots", "rate": "-5", "why": "yacht"}, mapping)
    assert {column for column, _ in found.value.problems} == {"amount", "rate", "why"}


def test_units_and_constants():
    mapping = parse_mapping(
        changed(
            loan_tenure_months={"column": "term", "unit": "years"},
            interest_rate={"column": "rate", "unit": "fraction"},
            years_with_employer={"constant": "3"},
            product_code={"constant": "VEHICLE"},
        ),
        COLUMNS,
    )
    row = read_row(2, {**VALUES, "term": "3", "rate": "0.1199"}, mapping)
    assert (row.loan_tenure_months, row.rate_ppm) == (36, 119_900)
    assert (row.months_with_employer, row.product_code) == (36, "VEHICLE")


def test_currency_and_duplicates_have_defaults():
    mapping = parse_mapping(BASE, COLUMNS)
    assert (mapping.currency.code, mapping.currency.factor) == ("INR", 1)
    assert mapping.duplicates is ImportDuplicates.SKIP
    with_factor = parse_mapping({**BASE, "currency": {"code": "USD", "factor": "83.25"}}, COLUMNS)
    assert with_factor.currency.factor == Decimal("83.25")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "cannot be used at the mapping"),
        ({**BASE, "surprise": 1}, "surprise"),
        ({**BASE, "kind": "loans"}, "with a later step"),
        ({**BASE, "kind": "nonsense"}, "cannot be used at kind"),
        (changed(colour={"column": "who"}), "does not have: colour"),
        (changed(loan_amount={"column": "amount", "constant": "1"}), "either a column or"),
        (changed(loan_amount={}), "either a column or"),
        (changed(loan_amount={"column": "nowhere"}), "no column nowhere"),
        (changed(loan_amount={"column": "amount", "unit": "percent"}), "unit of loan_amount"),
        (changed(loan_amount={"column": "amount", "odd": 1}), "odd"),
        ({**BASE, "columns": {"loan_amount": {"column": "amount"}}}, "The mapping lacks"),
        ({**BASE, "currency": {"code": "USD", "factor": "0"}}, "currency factor"),
        ({**BASE, "currency": {"code": "USD", "factor": "NaN"}}, "currency.factor"),
        ({**BASE, "currency": {"code": "USD", "factor": "1e9"}}, "currency factor"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_where(content, words):
    with pytest.raises(MappingError, match=words):
        parse_mapping(content, COLUMNS)
