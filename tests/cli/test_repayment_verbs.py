"""The verbs of money received, as a script calls them."""

import pytest


@pytest.fixture
def on_book(own_desk, fill, run_on):
    fill(20, 30)
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


def test_two_people_undo_a_payment(on_book, loan) -> None:
    paid_in = on_book("repay", loan["reference"], paid()).answer
    one = paid_in["repayment_id"]
    made = on_book("reverse", one, "--reason", "REV-BOUNCE").answer
    assert (made["state"], made["reason"]) == ("Proposed", "REV-BOUNCE")
    assert f"reverse {one} --confirm" in made["next"]
    assert on_book("reverse", one, "--confirm").code == 8  # the maker
    before = on_book("loans", "--search", loan["reference"]).answer["loans"][0]
    done = on_book("reverse", one, "--confirm", "--as", "checker1").answer
    assert (done["state"], done["reversal_id"]) == ("Posted", made["reversal_id"])
    assert done["applied"] == {
        name: f"-{part}" if float(part) else part for name, part in paid_in["applied"].items()
    }
    after = on_book("loans", "--search", loan["reference"]).answer["loans"][0]
    assert (
        before["outstanding_balance"] != after["outstanding_balance"]
        or float(paid_in["applied"]["principal"]) == 0
    )
    assert after["outstanding_balance"] == loan["outstanding_balance"]
    assert on_book("reverse", one, "--confirm", "--as", "checker1").code == 9


def test_a_reversal_may_end_without_anything_moving(on_book, loan) -> None:
    one = on_book("repay", loan["reference"], paid()).answer["repayment_id"]
    on_book("reverse", one, "--reason", "REV-DUPLICATE")
    assert on_book("reverse", one, "--reason", "REV-DUPLICATE").code == 9  # one waits
    assert on_book("reverse", one, "--decline", "--as", "checker1").code == 7  # no word why
    said = on_book("reverse", one, "--decline", "--note", "It is good", "--as", "checker1")
    assert (said.answer["state"], said.answer["applied"]) == ("Declined", None)
    on_book("reverse", one, "--reason", "REV-DUPLICATE")
    assert on_book("reverse", one, "--withdraw").answer["state"] == "Withdrawn"


def test_a_reversal_says_why(on_book, loan) -> None:
    one = on_book("repay", loan["reference"], paid()).answer["repayment_id"]
    assert list(on_book("reverse", one).error["fields"]) == ["reason"]
    assert list(on_book("reverse", one, "--reason", "X").error["fields"]) == ["reason"]
    assert list(on_book("reverse", one, "--reason", "REV-OTHER").error["fields"]) == ["note"]
    assert on_book("reverse", "L-1001", "--reason", "REV-OTHER").code == 2
    assert on_book("reverse", loan["loan_id"], "--reason", "REV-BOUNCE").code == 7
