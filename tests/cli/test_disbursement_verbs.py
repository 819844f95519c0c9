"""A loan begins on the command line: acceptance, proposal, confirmation, schedule."""

import pytest

from tests.cli.test_decision_verbs import APPROVE

PAYMENT = {
    "amount": "500000",
    "disbursement_date": "2026-11-23",
    "first_due_date": "2026-12-23",
    "mode": "account credit",
    "beneficiary_account": "50100012345678",
    "ifsc_code": "HDFC0001234",
    "agreement_date": "2026-11-23",
    "mandate_reference": "UMRN-1",
}


@pytest.fixture
def on_sandbox(sandbox_desk, run_on):
    return lambda *words: run_on(sandbox_desk, *words)


@pytest.fixture
def approved(on_sandbox, customer_json, loan_json):
    customer = on_sandbox("register", customer_json).answer
    loan = {**loan_json, "customer_id": customer["customer_id"]}
    reference = on_sandbox("apply", loan).answer["reference"]
    on_sandbox("propose", reference, *APPROVE)
    on_sandbox("decide", reference, *APPROVE, "--as", "checker1")
    return reference


@pytest.fixture
def ready(on_sandbox, approved, tmp_path):
    on_sandbox("document", approved, "--kind", "kfs", "--out", tmp_path / "kfs.pdf")
    done = on_sandbox("accept-kfs", approved).answer
    assert (done["status"], done["accepted_on"]) == ("Accepted", "2026-11-23")
    return approved


def payment(on_sandbox, reference, **changes):
    lent = on_sandbox("application", reference).answer["loan_amount"]
    return {**PAYMENT, "amount": lent, **changes}


def test_two_people_pay_a_loan_out(on_sandbox, ready):
    waits = on_sandbox("disburse", ready, payment(on_sandbox, ready)).answer
    assert (waits["state"], waits["loan_id"], waits["disbursement_id"]) == ("Proposed", None, None)
    own = on_sandbox("disburse", ready, "--confirm")
    assert (own.code, own.error["message"]) == (
        8, "You proposed this: another person must decide it",
    )  # fmt: skip
    done = on_sandbox("disburse", ready, "--confirm", "--as", "checker1").answer
    assert done["state"] == "Posted"
    assert done["loan_id"]
    assert done["disbursement_id"]
    assert done["schedule"] == waits["schedule"]
    stored = on_sandbox("schedule", done["reference"]).answer
    assert stored == on_sandbox("schedule", done["loan_id"]).answer
    assert stored["rows"] == done["schedule"]
    assert (stored["emi"], stored["total_interest"]) == (done["emi"], done["total_interest"])
    assert stored["rows"][-1]["closing"] == "0.00"
    assert set(stored["rows"][0]) >= {
        "number", "due_date", "opening", "interest", "principal", "instalment", "closing",
    }  # fmt: skip
    assert on_sandbox("application", ready).answer["status"] == "Disbursed"
    (row,) = on_sandbox("loans").answer["loans"]
    assert (row["loan_id"], row["status"]) == (done["loan_id"], "Active")
    assert on_sandbox("disburse", ready, "--confirm", "--as", "checker1").code == 9


def test_refusals_have_their_codes(on_sandbox, approved, tmp_path):
    wanted = payment(on_sandbox, approved)
    assert on_sandbox("accept-kfs", approved).code == 9
    assert on_sandbox("disburse", approved, wanted).code == 9
    on_sandbox("document", approved, "--kind", "kfs", "--out", tmp_path / "kfs.pdf")
    assert on_sandbox("accept-kfs", approved, "--on", "2026-11-24").code == 7
    on_sandbox("accept-kfs", approved)
    for changes, field in (
        ({"amount": "99999999"}, "amount"),
        ({"mode": "by pigeon"}, "mode"),
        ({"mandate_reference": ""}, "mandate_reference"),
        ({"account": "1"}, "account"),
    ):
        said = on_sandbox("disburse", approved, {**wanted, **changes})
        assert (said.code, list(said.error["fields"])) == (7, [field])
    bare = on_sandbox("disburse", approved, {"mode": "Account Credit"})
    assert (bare.code, set(bare.error["fields"])) == (
        7, {"beneficiary_account", "agreement_date", "mandate_reference"},
    )  # fmt: skip
    assert on_sandbox("disburse", approved).code == 7
    assert on_sandbox("disburse", approved, wanted, "--confirm").code == 7
    assert on_sandbox("disburse", approved, "--confirm", "--decline").code == 2
    assert on_sandbox("disburse", approved, wanted, "--as", "analyst1").code == 8


def test_a_key_proposes_once_and_the_rest_is_the_usual(on_sandbox, ready):
    short = payment(on_sandbox, ready, idempotency_key="pay-1")
    for name in ("amount", "disbursement_date", "first_due_date"):
        short.pop(name)
    first = on_sandbox("disburse", ready, short).answer
    assert on_sandbox("disburse", ready, short).answer["act_id"] == first["act_id"]
    back = on_sandbox("disburse", ready, "--withdraw").answer
    assert back["state"] == "Withdrawn"
    on_sandbox("disburse", ready, payment(on_sandbox, ready))
    bare = on_sandbox("disburse", ready, "--decline", "--as", "checker1")
    assert (bare.code, list(bare.error["fields"])) == (7, ["note"])
    said = on_sandbox("disburse", ready, "--decline", "--note", "Not yet", "--as", "checker1")
    assert said.answer["state"] == "Declined"


def test_a_payment_of_today_is_taken_back_by_two_people(on_sandbox, ready):
    assert on_sandbox("disburse", ready, "--reverse", "REV-WRONG-AMOUNT").code == 9
    on_sandbox("disburse", ready, payment(on_sandbox, ready))
    paid = on_sandbox("disburse", ready, "--confirm", "--as", "checker1").answer
    waits = on_sandbox("disburse", ready, "--reverse", "REV-WRONG-AMOUNT").answer
    assert (waits["state"], waits["loan_id"]) == ("Proposed", paid["loan_id"])
    assert on_sandbox("disburse", ready, "--confirm").code == 8
    done = on_sandbox("disburse", ready, "--confirm", "--as", "checker1").answer
    assert (done["state"], done["schedule"]) == ("Posted", [])
    assert on_sandbox("application", ready).answer["status"] == "Approved"


def test_a_schedule_of_a_loan_that_nobody_has(on_sandbox):
    words = ("--amount", "20,000", "--rate", "15", "--months", "24")
    plan = on_sandbox("schedule", *words).answer
    assert (plan["emi"], plan["total_interest"]) == ("970.00", "3272.56")
    assert len(plan["rows"]) == 24
    assert plan["rows"][0]["due_date"] == "2026-12-23"
    assert plan["rows"][-1]["instalment"] == "962.56"
    dated = on_sandbox("schedule", *words, "--first-due-date", "2027-01-31").answer
    assert [row["due_date"] for row in dated["rows"][:3]] == [
        "2027-01-31", "2027-02-28", "2027-03-31",
    ]  # fmt: skip
    assert on_sandbox("schedule", "--amount", "20000").code == 7
    assert on_sandbox("schedule", "L-1001", *words).code == 7
    assert on_sandbox("schedule", "L-9999").code == 7
    assert on_sandbox("schedule", "--amount", "0", "--rate", "15", "--months", "24").code == 7
