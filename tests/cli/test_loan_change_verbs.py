from decimal import Decimal

import pytest

from app.services.make_sample_book import MakeSampleBook, make_sample_book


@pytest.fixture
def run(own_desk, run_on):
    make_sample_book(MakeSampleBook(customers=20, applications=30), own_desk)
    return lambda *words: run_on(own_desk, *words)


@pytest.fixture
def running(run) -> dict:
    """A loan without arrears that has some instalments left."""
    listed = run("loans", "--limit", "100").answer["loans"]
    return next(
        loan
        for loan in listed
        if loan["status"] == "Active"
        and loan["overdue_amount"] == "0.00"
        and loan["tenure_months"] > 12
        and Decimal(loan["outstanding_balance"]) > 50_000
    )


def test_a_quote_has_the_fields_of_the_contract_and_adds_up(run, running) -> None:
    answer = run("foreclosure", running["reference"], "--on", "2026-11-23").answer
    assert answer["valid_to"] == "2026-11-23"
    parts = ("principal_outstanding", "accrued_interest", "overdue", "fee", "gst", "charges")
    total = sum(Decimal(answer[name]) for name in parts)
    assert Decimal(answer["total"]) == total
    assert Decimal(answer["principal_outstanding"]) <= Decimal(running["outstanding_balance"])
    assert answer["fee_reason"]


def test_today_is_the_day_unless_another_is_named(run, running) -> None:
    assert run("foreclosure", running["loan_id"]).answer["valid_to"] == "2026-11-23"


def test_a_loan_that_is_not_there_and_a_day_that_does_not_fit(run, running) -> None:
    assert run("foreclosure", "L-9").code == 7
    said = run("foreclosure", running["reference"], "--on", "2020-01-01")
    assert (said.code, set(said.error["fields"])) == (7, {"value_date"})
