"""The verbs between maker and checker, as a script calls them."""

import pytest

NOTE = "Income seen on three payslips and the statement"
APPROVE = ("--decision", "approve", "--reason", "APP-JUDGEMENT", "--note", NOTE)


@pytest.fixture
def on_sandbox(sandbox_desk, run_on):
    return lambda *words: run_on(sandbox_desk, *words)


@pytest.fixture
def application(on_sandbox, customer_json, loan_json):
    customer = on_sandbox("register", customer_json).answer
    return on_sandbox("apply", {**loan_json, "customer_id": customer["customer_id"]}).answer[
        "reference"
    ]


def test_two_people_decide(on_sandbox, application):
    made = on_sandbox("propose", application, *APPROVE).answer
    assert (made["status"], made["version"]) == ("Proposed", 3)
    (row,) = on_sandbox("queue", "--as", "checker1").answer["queue"]
    assert (row["reference"], row["decision"], row["held_by"]) == (application, "approve", None)
    taken = on_sandbox("claim", application, "--as", "checker1").answer
    assert taken["status"] == "Proposed"
    done = on_sandbox("decide", application, *APPROVE, "--as", "checker1").answer
    assert done["status"] == "Approved"
    read = on_sandbox("application", application).answer
    assert [each["act"] for each in read["trail"]] == [
        "submit_application", "propose", "claim", "decide",
    ]  # fmt: skip
    assert read["trail"][1]["note"] == NOTE
    assert read["decision"]["decision_id"] == done["decision_id"]
    back = on_sandbox("recall", application, "--as", "checker1").answer
    assert back["status"] == "Proposed"


def test_tighter_terms_keep_what_was_not_named(on_sandbox, application):
    on_sandbox("propose", application, *APPROVE)
    words = ("--decision", "approve", "--reason", "APP-CHANGED", "--note", NOTE)
    loose = on_sandbox("decide", application, *words, "--tenure", "90", "--as", "checker1")
    assert (loose.code, list(loose.error["fields"])) == (7, ["approved_tenure_months"])
    done = on_sandbox("decide", application, *words, "--amount", "4,00,000", "--as", "checker1")
    assert done.answer["status"] == "Approved"
    decision = on_sandbox("application", application).answer["decision"]
    assert decision["decision"] == "approve_with_changes"
    assert (decision["loan_amount"], decision["loan_tenure_months"]) == ("400000.00", 60)


def test_refusals_have_their_codes(on_sandbox, application):
    assert on_sandbox("decide", application, *APPROVE, "--as", "checker1").code == 9
    assert on_sandbox("propose", application, "--decision", "approve").code == 7
    assert on_sandbox("propose", application, "--decision", "return").code == 2
    assert on_sandbox("propose", application, *APPROVE, "--amount", "much").code == 7
    on_sandbox("propose", application, *APPROVE)
    assert on_sandbox("decide", application, *APPROVE, "--as", "maker1").code == 8
    assert on_sandbox("queue", "--as", "maker1").code == 8
    assert on_sandbox("propose", application, *APPROVE).code == 9
    assert on_sandbox("claim", "A-9999", "--as", "checker1").code == 7


def test_a_case_goes_back_and_forth(on_sandbox, application):
    on_sandbox("propose", application, *APPROVE)
    assert on_sandbox("withdraw-proposal", application).answer["status"] == "Pending"
    on_sandbox("propose", application, *APPROVE)
    on_sandbox("claim", application, "--as", "checker1")
    assert on_sandbox("release", application, "--as", "checker1").code == 0
    sent = on_sandbox("forward", application, "--note", "Above my limit", "--as", "checker1")
    assert sent.answer["status"] == "Proposed"
    asked = ("--decision", "return", "--reason", "RET-INCOME-PROOF", "--note", "Which months?")
    returned = on_sandbox("decide", application, *asked, "--as", "checker1")
    assert returned.answer["status"] == "Returned"
