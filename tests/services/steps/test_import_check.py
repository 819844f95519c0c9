from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.file_formats.csv_in import find_shape
from app.file_formats.import_row_models import parse_mapping
from app.services.steps.import_check import CheckTally, RowReader

HEADER = "loan,who,amount,months,rate,pay,purpose,income,dti,day\n"
GOOD = "1,7,100000,12,12,8884.88,Wedding Expenses,50000,10,2026-09-01\n"
COLUMNS = {
    "reference": {"column": "loan"},
    "customer_reference": {"column": "who"},
    "loan_amount": {"column": "amount"},
    "loan_tenure_months": {"column": "months"},
    "interest_rate": {"column": "rate"},
    "instalment": {"column": "pay"},
    "loan_purpose": {"column": "purpose"},
    "monthly_income": {"column": "income"},
    "existing_debt_share": {"column": "dti", "unknown": ["999"]},
    "application_date": {"column": "day"},
}


@pytest.fixture
def check(tmp_path: Path, rulebook):
    def run(lines: str, duplicates: str = "skip", columns=None, kind="applications"):
        file = tmp_path / "rows.csv"
        file.write_text(HEADER + lines, encoding="utf-8")
        shape = find_shape(file)
        content = {"kind": kind, "columns": columns or COLUMNS, "duplicates": duplicates}
        mapping = parse_mapping(content, shape.columns)
        tally = CheckTally()
        reader = RowReader(file, shape, mapping, rulebook, date(2026, 9, 30))
        return list(reader.good_rows(tally)), tally

    return run


def test_a_good_row_passes(check):
    rows, tally = check(GOOD)
    assert (tally.rows, tally.good, tally.error_count, tally.warning_count) == (1, 1, 0, 0)
    assert rows[0].row == 2


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        (GOOD.replace("50000", "0"), "income", "The income is 0"),
        (GOOD.replace(",10,", ",999,"), "dti", "existing debts are not known"),
        (GOOD.replace("2026-09-01", "2026-10-01"), "day", "ahead of today"),
        (GOOD.replace("100000", ""), "amount", "The loan amount is not known"),
        (GOOD.replace("100000", "0"), "amount", "The loan amount is not known"),
        (GOOD.replace("12,12", "x,12"), "months", "is not a number"),
        (GOOD.replace("Wedding Expenses", "yacht"), "purpose", "not among the words"),
        (GOOD.replace("2026-09-01", "1999-09-01"), "product_code", "No product of that day"),
        ("1,2,3\n", "", "The row has 3 values, the header 10"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(check, line, column, words):
    rows, tally = check(line)
    assert rows == []
    assert tally.errors[0].column == column
    assert words in tally.errors[0].message
    assert tally.errors[0].row == 2


def test_an_instalment_that_does_not_follow_is_a_warning(check):
    rows, tally = check(GOOD.replace("8884.88", "8883.87") + GOOD.replace("1,7", "2,8"))
    assert len(rows) == 2
    assert tally.warning_count == 1
    assert "which give 8884.88" in tally.warnings[0].message


@pytest.mark.parametrize(("duplicates", "errors", "warnings"), [("skip", 0, 1), ("ask", 1, 0)])
def test_a_row_that_stands_twice_comes_in_once(check, duplicates, errors, warnings):
    rows, tally = check(GOOD + GOOD, duplicates)
    assert len(rows) == 1
    assert (tally.error_count, tally.warning_count) == (errors, warnings)


def test_a_file_without_dates_takes_the_day_it_came_in(check):
    columns = {name: rule for name, rule in COLUMNS.items() if name != "application_date"}
    rows, _ = check(GOOD, columns=columns)
    assert rows[0].application_date == date(2026, 9, 30)


def test_lists_stop_growing_and_counts_do_not(check):
    _, tally = check(GOOD.replace("50000", "0").replace("1,7,", "%d,7,") * 1)
    for number in range(2_000):
        tally.error(replace(tally.errors[0], row=number))
    assert tally.error_count == 2_001
    assert len(tally.errors) == 1_000


def test_customers_need_no_loan(check):
    columns = {name: COLUMNS[name] for name in ("customer_reference", "monthly_income")}
    rows, tally = check(GOOD, columns=columns, kind="customers")
    assert tally.error_count == 0
    assert rows[0].loan_amount is None
