from decimal import Decimal

import pytest


@pytest.fixture
def run(own_desk, fill, run_on):
    fill(20, 30)
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


@pytest.fixture
def fresh(run) -> str:
    """A loan that can be prepaid today: nothing fell due since the sample's own day."""
    for loan in run("loans", "--limit", "100").answer["loans"]:
        said = run("prepay", loan["reference"], "--amount", "200000", "--preview")
        if said.code == 0:
            return loan["reference"]
    raise AssertionError("no loan can be prepaid")


def test_a_preview_shows_both_ways_and_writes_nothing(run, fresh) -> None:
    before = run("loans", "--limit", "100").answer
    emi = run("prepay", fresh, "--amount", "200000", "--keep", "emi", "--preview").answer
    tenure = run("prepay", fresh, "--amount", "200000", "--keep", "tenure", "--preview").answer
    assert emi["before"] == tenure["before"]
    assert emi["after"]["emi"] == emi["before"]["emi"]
    assert tenure["after"]["instalments_left"] == tenure["before"]["instalments_left"]
    assert Decimal(emi["interest_saved"]) >= Decimal(tenure["interest_saved"])
    for answer in (emi, tenure):
        assert {"emi", "instalments_left", "interest_left"} <= set(answer["after"])
    assert run("loans", "--limit", "100").answer == before


def test_one_proposes_and_another_confirms(run, fresh) -> None:
    words = ("prepay", fresh, "--amount", "200000", "--idempotency-key", "k1")
    asked = run(*words).answer
    assert (asked["state"], run(*words).answer["act_id"]) == ("Proposed", asked["act_id"])
    assert run(*words, "--note", "other content").code == 9
    assert run("prepay", fresh, "--confirm").code == 8  # the maker may not confirm
    done = run("prepay", fresh, "--confirm", "--as", "checker1").answer
    assert (done["state"], done["act_id"]) == ("Posted", asked["act_id"])
    assert done["after"] == asked["after"]
    assert run("prepay", fresh, "--confirm", "--as", "checker1").code == 9  # nothing waits


def test_a_proposal_is_declined_with_a_reason(run, fresh) -> None:
    run("prepay", fresh, "--amount", "200000")
    assert run("prepay", fresh, "--decline", " ", "--as", "checker1").code == 7
    done = run("prepay", fresh, "--decline", "paid by another bank", "--as", "checker1").answer
    assert done["state"] == "Declined"


def test_an_amount_that_does_not_fit_names_its_field(run, fresh) -> None:
    said = run("prepay", fresh, "--amount", "1", "--preview")
    assert (said.code, set(said.error["fields"])) == (7, {"amount"})
    assert run("prepay", fresh, "--preview").code == 7
    assert run("prepay", fresh, "--preview", "--confirm").code == 2
