from app.file_formats.csv_in import find_shape
from app.file_formats.import_row_models import parse_mapping
from app.services.steps.import_suggestion import suggest
from db.vocabulary.operations import ImportKind

TEXT = (
    "loan_id,borrower_id,loan_amount,loan_term,interest_rate,annual_income,debt_to_income,"
    "loan_purpose,employment_length,housing\n"
    "1,2,5000, 36 months,11.5,60000,20.1,credit_card,10+ years,yes\n"
    "2,3,7000, 60 months,12.5,30000,999,moving,< 1 year,no\n"
    "3,4,7000, 60 months,12.5,30000,3,moving,,no\n"
)


def suggestion(tmp_path, text=TEXT, kind=ImportKind.APPLICATIONS):
    file = tmp_path / "loans.csv"
    file.write_text(text, encoding="utf-8")
    return suggest(file, find_shape(file), kind)


def test_columns_are_matched_by_name_and_values(tmp_path):
    columns = suggestion(tmp_path).mapping["columns"]
    assert columns["loan_tenure_months"]["format"] == "leading_number"
    assert columns["years_with_employer"]["format"] == "leading_number"
    assert "format" not in columns["interest_rate"]
    assert columns["monthly_income"]["unit"] == "per_year"
    assert columns["existing_debt_share"]["unknown"] == ["999"]


def test_words_without_a_counterpart_are_told(tmp_path):
    found = suggestion(tmp_path)
    values = found.mapping["columns"]["loan_purpose"]["values"]
    assert values["credit_card"] == "Debt Consolidation"
    assert values["moving"] == "Wedding Expenses"
    assert any("moving" in note and "credit_card" not in note for note in found.notes)
    assert any("no application date" in note for note in found.notes)
    assert any("currency" in note for note in found.notes)


def test_what_is_missing_and_what_is_left_over(tmp_path):
    assert suggestion(tmp_path).missing == ()
    assert suggestion(tmp_path).unused_columns == ("housing",)
    bare = suggestion(tmp_path, "borrower_id,colour\n1,red\n", ImportKind.CUSTOMERS)
    assert bare.missing == ("monthly_income",)


def test_the_suggestion_is_a_mapping_that_can_be_used(tmp_path):
    found = suggestion(tmp_path)
    columns = tuple(TEXT.splitlines()[0].split(","))
    assert parse_mapping(found.mapping, columns).kind is ImportKind.APPLICATIONS
