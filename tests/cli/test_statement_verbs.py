"""The verb `statement`: rows that add up, files with their hash, refusals before any file."""

import csv
import hashlib
from decimal import Decimal

import pytest


@pytest.fixture
def statement(own_desk, fill, run_on):
    fill(20, 30)
    return lambda *words: run_on(own_desk, "statement", "L-1001", *words)


def test_the_rows_lead_from_opening_to_closing(statement):
    answer = statement("--from", "2025-01-01").answer
    balance = Decimal(answer["opening"])
    assert answer["rows"]
    for row in answer["rows"]:
        balance += Decimal(row["debit"]) - Decimal(row["credit"])
        assert balance == Decimal(row["balance"])
        assert set(row) >= {"date", "kind", "debit", "credit", "balance", "reference"}
    assert balance == Decimal(answer["closing"])
    assert "file" not in answer


def test_a_file_is_written_with_its_hash(statement, tmp_path):
    for name in ("account.pdf", "account.xlsx", "account.csv"):
        file = tmp_path / name
        answer = statement("--out", str(file)).answer
        assert answer["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert answer["file"] == str(file)
        assert (answer["pages"] > 0) is name.endswith("pdf")
    with file.open(encoding="utf-8-sig", newline="") as source:
        assert len(list(csv.DictReader(source))) == len(answer["rows"]) + 2


def test_refusals(statement, run_on, own_desk, tmp_path):
    assert statement("--out", str(tmp_path / "account.xls")).code == 7
    assert statement("--to", "2030-01-01").code == 7
    assert statement("--from", "yesterday").code == 2
    assert run_on(own_desk, "statement", "L-999999").code == 7
    assert [file for file in tmp_path.iterdir() if file.stem == "account"] == []
