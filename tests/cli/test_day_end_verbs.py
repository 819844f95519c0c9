from datetime import date, timedelta

import pytest

from ml.sample.book_presets import SANDBOX_DAY
from tests.cli.conftest import TODAY


@pytest.fixture
def run(own_desk, fill, run_on):
    fill(20, 30)
    return lambda *words: run_on(own_desk, *words)


def test_a_dry_run_then_the_day_then_nothing(run, tmp_path) -> None:
    day = (SANDBOX_DAY + timedelta(days=1)).isoformat()
    if date.fromisoformat(day) > TODAY:
        day = SANDBOX_DAY.isoformat()
    told = run("day-end", "--date", day, "--dry-run", "--as", "checker1").answer
    report = tmp_path / "day.csv"
    done = run("day-end", "--date", day, "--report", report, "--as", "checker1").answer
    assert {**told, "dry_run": False} == done
    assert {"date", "loans", "moved", "provision", "pending_receipts"} <= set(done)
    assert report.read_text(encoding="utf-8-sig").startswith("business_date,part")
    again = run("day-end", "--date", day, "--as", "checker1").answer
    assert (again["closed"], again["moved"]) == ([], [])


def test_an_officer_does_not_close_the_day(run) -> None:
    assert run("day-end").code == 8
    assert run("day-end", "--date", "2099-01-01", "--as", "checker1").code == 7


def test_a_class_comes_with_its_reasons(run) -> None:
    listed = run("loans", "--limit", "100").answer["loans"]
    for loan in listed:
        answer = run("classify", loan["reference"]).answer
        assert answer["asset_class"] == loan["asset_class"]
        assert answer["days_past_due"] == loan["days_past_due"]
        if answer["asset_class"] == "Standard":
            assert answer["npa_since"] is None
    assert run("classify", "L-9").code == 7


def test_a_journal_balances_and_is_written(run, tmp_path) -> None:
    out = tmp_path / "journal.csv"
    answer = run("journal", "--date", SANDBOX_DAY.isoformat(), "--out", out, "--as", "checker1")
    assert answer.answer["debit"] == answer.answer["credit"]
    assert out.read_text(encoding="utf-8-sig").startswith("business_date,value_date,entry")
    assert run("journal", "--out", tmp_path / "journal.txt", "--as", "checker1").code == 7
