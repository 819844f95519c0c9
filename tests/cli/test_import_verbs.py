import json
from pathlib import Path

import pytest

HEADER = "loan_id,borrower_id,loan_amount,loan_term,interest_rate,annual_income,loan_purpose\n"
GOOD = "1,101,5000, 36 months,11.5,60000,credit_card\n"
BAD = "2,102,5000, 36 months,11.5,0,credit_card\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "loans.csv"
    path.write_text(HEADER + GOOD, encoding="utf-8")
    return path


@pytest.fixture
def on_desk(own_desk, run_on):
    return lambda *words: run_on(own_desk, *words)


@pytest.fixture
def sandbox(own_desk, fill, on_desk):
    fill(5, 8)
    return on_desk


def mapping_file(run, file: Path) -> Path:
    path = file.with_suffix(".json")
    said = run("import", file, "--suggest-mapping", "--currency", "usd=83.25")
    path.write_text(said.out, encoding="utf-8")
    return path


def test_a_mapping_is_suggested_with_nobody_at_the_desk(on_desk, file):
    answer = on_desk("import", file, "--suggest-mapping").answer
    assert {"kind", "columns", "currency", "duplicates"} <= set(answer)
    assert answer["columns"]["loan_amount"]["column"] == "loan_amount"
    assert answer["about"]["notes"]


def test_the_suggestion_can_be_handed_back(sandbox, file):
    said = sandbox("import", file, "--mapping", mapping_file(sandbox, file))
    answer = said.answer
    assert {"import_id", "rows", "written", "warnings", "errors"} <= set(answer)
    assert (answer["rows"], answer["written"], answer["scored"]) == (1, 1, 1)
    assert answer["currency"] == "1 USD = 83.25 INR, set in the mapping"
    again = sandbox("import", file, "--mapping", file.with_suffix(".json"))
    assert again.code == 9
    undone = sandbox("import-undo", answer["import_id"]).answer
    assert undone == {"import_id": answer["import_id"], "removed": 2}


def test_wrong_rows_are_told_with_exit_seven(sandbox, file):
    file.write_text(HEADER + GOOD + BAD, encoding="utf-8")
    mapping = mapping_file(sandbox, file)
    said = sandbox("import", file, "--mapping", mapping)
    assert said.code == 7
    answer = json.loads(said.out)
    assert answer["import_id"] is None
    assert answer["written"] == 0
    assert answer["errors"] == [
        {
            "row": 3,
            "column": "annual_income",
            "message": "The income is 0: no ratio can be told from it",
        }
    ]
    assert sandbox("import", file, "--mapping", mapping, "--check-only").code == 0
    assert sandbox("import", file, "--mapping", mapping, "--good-rows-only").answer["written"] == 1


def test_rows_need_a_person_and_a_mapping(on_desk, sandbox, file):
    assert "mapping" in sandbox("import", file).error["fields"]
    said = sandbox("import", file, "--mapping", mapping_file(sandbox, file), "--as", "analyst1")
    assert said.code == 8


def test_an_own_desk_without_people_imports_nothing(on_desk, file):
    said = on_desk("import", file, "--mapping", mapping_file(on_desk, file))
    assert said.code == 8


@pytest.mark.parametrize("currency", ["USD", "=83", "U5D=83", "USD=zero"])
def test_a_currency_is_a_code_and_a_factor(sandbox, file, currency):
    mapping = mapping_file(sandbox, file)
    assert sandbox("import", file, "--mapping", mapping, "--currency", currency).code == 7


def test_an_import_that_does_not_exist_is_refused(sandbox):
    assert sandbox("import-undo", "nonsense").code == 7
    assert sandbox("import-undo", "01a0f1a6-41c0-7000-9fe2-78f15062c162").code == 7


def test_batch_score_finds_nothing_to_do_in_a_scored_book(sandbox):
    assert sandbox("batch-score").answer == {"scored": 0, "out_of_range": 0}
