"""The verbs of the rule book: read, propose, and the word of a second person."""

import pytest

CHANGE = {
    "code": "foir_band_high_above",
    "value": 450_000,
    "effective_from": "2026-12-01",
    "source": "board of 1 Nov 2026",
}


@pytest.fixture
def on_sandbox(sandbox_desk, run_on):
    return lambda *words: run_on(sandbox_desk, *words)


def test_rules_of_a_day_and_products(on_sandbox):
    (row,) = on_sandbox("rules", "--code", "foir_band_high_above").answer["rules"]
    names = ("code", "segment", "value", "unit", "effective_from", "effective_to", "source")
    assert set(names) <= set(row)
    assert (row["value"], row["unit"], row["shown"]) == (500_000, "ppm", "50 %")
    early = on_sandbox("rules", "--on", "2005-01-01").answer
    assert early["as_of"] == "2005-01-01"
    assert "kyc_reminders" not in {each["code"] for each in early["rules"]}
    assert len(on_sandbox("products").answer["products"]) == 10
    assert on_sandbox("rules", "--on", "soon").code == 2


def test_two_people_change_a_rule(on_sandbox):
    made = on_sandbox("rule-change", CHANGE, "--as", "analyst1").answer
    assert made["state"] == "Proposed"
    own = on_sandbox("rule-approve", made["proposal_id"], "--as", "analyst1")
    assert own.code == 8
    done = on_sandbox("rule-approve", made["proposal_id"], "--as", "checker1").answer
    assert done["state"] == "Approved"
    (row,) = on_sandbox("rules", "--code", CHANGE["code"], "--on", "2026-12-01").answer["rules"]
    assert (row["value"], row["proposed_by"], row["approved_by"]) == (
        450_000, "analyst1", "checker1",
    )  # fmt: skip
    (today,) = on_sandbox("rules", "--code", CHANGE["code"]).answer["rules"]
    assert (today["value"], today["effective_to"]) == (500_000, "2026-11-30")
    assert on_sandbox("rule-approve", made["proposal_id"], "--as", "checker1").code == 9


def test_a_product_is_changed_and_a_change_refused(on_sandbox):
    change = {**CHANGE, "product_code": "PERSONAL", "fields": {"card_rate_ppm": 130_000}}
    for name in ("code", "value"):
        change.pop(name)
    made = on_sandbox("rule-change", change, "--as", "analyst1").answer
    silent = on_sandbox("rule-approve", made["proposal_id"], "--refuse", "--as", "checker1")
    assert list(silent.error["fields"]) == ["note"]
    words = ("rule-approve", made["proposal_id"], "--refuse", "--note", "not now")
    assert on_sandbox(*words, "--as", "checker1").answer["state"] == "Refused"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": None}, "code"),
        ({"value": 0.5}, "value"),
        ({"value": [0.5]}, "value"),
        ({"value": "much"}, "value"),
        ({"effective_from": "2026-11-23"}, "effective_from"),
        ({"product_code": "PERSONAL"}, "fields"),
        ({"product_code": "PERSONAL", "fields": {"fees": {"X": 0.5}}}, "fields"),
        ({"limit": 5}, "limit"),
    ],
)
def test_a_bad_change_names_its_field(on_sandbox, changes, field):
    said = on_sandbox("rule-change", {**CHANGE, **changes}, "--as", "analyst1")
    assert said.code == 7
    assert list(said.error["fields"]) == [field]


def test_a_missing_value_is_not_no_limit_and_an_officer_may_not_propose(on_sandbox):
    without = {name: value for name, value in CHANGE.items() if name != "value"}
    said = on_sandbox("rule-change", without, "--as", "analyst1")
    assert list(said.error["fields"]) == ["value"]
    assert on_sandbox("rule-change", CHANGE).code == 8
    assert on_sandbox("rule-approve", "nonsense", "--as", "checker1").code == 2
