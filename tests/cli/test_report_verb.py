"""The verb `portfolio report`: a file with its hash, and the loans it counted."""

import hashlib

import pytest


@pytest.fixture
def report(own_desk, fill, run_on):
    fill(20, 30)
    return lambda *words: run_on(own_desk, "portfolio", "report", "--as", "checker1", *words)


def test_a_file_is_written_with_its_hash(report, run_on, own_desk, tmp_path):
    for name in ("book.pdf", "book.xlsx"):
        file = tmp_path / name
        answer = report("--out", str(file)).answer
        assert answer["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert (answer["pages"] == 9) is name.endswith("pdf")
    rows = run_on(own_desk, "portfolio", "summary", "--as", "checker1", "--rows", "outstanding")
    assert answer["loans"] == rows.answer["figures"][0]["loans"]


def test_refusals_come_before_any_file(report, tmp_path):
    assert report("--out", str(tmp_path / "book.doc")).code == 7
    assert report().code == 2
    assert report("--month-end", "2030-01-31", "--out", str(tmp_path / "book.pdf")).code == 7
    assert {file.suffix for file in tmp_path.iterdir()} & {".pdf", ".xlsx", ".doc"} == set()
