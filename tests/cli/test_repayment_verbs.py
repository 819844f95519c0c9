"""The verbs of money received, as a script calls them."""

import pytest

from app.services.make_sample_book import MakeSampleBook, make_sample_book


@pytest.fixture
def on_book(own_desk, run_on):
    make_sample_book(MakeSampleBook(customers=20, applications=30), own_desk)
    return lambda *words: run_on(own_desk, *words)


@pytest.fixture
def loan(on_book) -> dict:
    rows = on_book("loans", "--limit", "50").answer["loans"]
    return next(row for row in rows if row["status"] == "Active")


def paid(**fields: object) -> dict:
    receipt = {"amount": "1000.00", "method": "UPI", "reference": "431277881200"}
    return {**receipt, "idempotency_key": "k1", **fields}


def test_a_payment_is_posted_once(on_book, loan) -> None:
    done = on_book("repay", loan["reference"], paid()).answer
    assert set(done["applied"]) == {"charges", "interest", "principal", "excess"}
    assert sum(float(part) for part in done["applied"].values()) == 1000
    assert {"repayment_id", "days_past_due", "asset_class", "as_of", "corrections"} <= set(done)
    again = on_book("repay", loan["reference"], paid()).answer
    assert again == done
    clash = on_book("repay", loan["reference"], paid(amount="1000.01"))
    assert clash.code == 7
    assert "other content" in clash.error["message"]


def test_an_id_serves_as_well_as_a_number(on_book, loan) -> None:
    done = on_book("repay", loan["loan_id"], paid(idempotency_key=None)).answer
    assert done["reference"] == loan["reference"]
    other = on_book("repay", loan["loan_id"], paid(idempotency_key=None)).answer
    assert other["repayment_id"] != done["repayment_id"]
    assert loan["reference"] in other["warnings"][0]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"method": "Barter"}, "method"),
        ({"reference": "12"}, "reference"),
        ({"value_date": "2099-01-01"}, "value_date"),
        ({"value_date": "2001-01-01"}, "value_date"),
        ({"method": "Cash", "amount": "50000.01", "reference": ""}, "pan_number"),
    ],
)
def test_what_does_not_do_exits_with_7(on_book, loan, fields, field) -> None:
    said = on_book("repay", loan["reference"], paid(**fields))
    assert said.code == 7
    assert list(said.error["fields"]) == [field]


def test_other_refusals_have_their_codes(on_book, loan) -> None:
    assert on_book("repay", "L-9999", paid()).code == 7
    assert on_book("repay", loan["reference"], [1]).code == 7
    assert on_book("repay", loan["reference"], paid(), "--as", "analyst1").code == 8
