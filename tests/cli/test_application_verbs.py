from decimal import ROUND_HALF_UP, Decimal

import pytest

from app.services.steps.feature_labels import FEATURE_LABELS

ASSESSMENT = {
    *("credit_score", "base_score", "risk_probability", "base_probability"),
    *("probability_of_default", "risk_level", "band", "recommendation", "reasons"),
    *("contributors", "groups", "factors", "policy", "model_id", "model_sha256", "rules_as_of"),
}


@pytest.fixture
def customer(run, customer_json) -> str:
    return run("register", customer_json).answer["reference"]


def test_apply_score_explain_agree(run, customer, loan_json):
    done = run("apply", {"customer_id": customer, **loan_json}).answer
    assert set(done) >= ASSESSMENT | {
        "application_id",
        "reference",
        "customer_id",
        "status",
        "version",
    }
    assert done["status"] == "Pending"
    assert done["factors"]["estimated_emi"] == "22371.00"
    assert done["factors"]["loan_to_value_ratio"] is None
    assert round(done["factors"]["fixed_obligation_to_income_ratio"], 2) == 55.95
    assert done["probability_of_default"] is None
    assert len(done["reasons"]) <= 4
    assert {each["feature"] for each in done["contributors"]} == set(FEATURE_LABELS)
    total = done["base_probability"] + sum(each["impact"] for each in done["contributors"])
    assert total == pytest.approx(done["risk_probability"], abs=1e-9)
    exact = Decimal(850) - 550 * Decimal(repr(done["risk_probability"]))
    assert Decimal(repr(done["credit_score"])) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    scored = run("score", {"customer_id": customer, **loan_json}).answer
    assert {name: scored[name] for name in ASSESSMENT} == {name: done[name] for name in ASSESSMENT}
    explained = run("explain", done["reference"]).answer
    assert explained["replayed_equal"] is True
    assert explained["differences"] == []
    assert explained["decision"] is None
    assert explained["contributors"] == done["contributors"]


def test_the_list_and_one(run, customer, loan_json):
    done = run("apply", {"customer_id": customer, **loan_json}).answer
    listed = run("applications", "--status", "Pending", "--customer", customer).answer
    (row,) = listed["applications"]
    assert row["credit_score"] == done["credit_score"]
    assert row["loan_amount"] == "1000000.00"
    assert row["interest_rate"] == 12.25
    assert run("applications", "--status", "Approved").answer["total"] == 0
    assert run("applications", "--status", "Nearly").code == 2
    one = run("application", done["application_id"]).answer
    assert one["assessment"]["credit_score"] == done["credit_score"]
    assert [each["act"] for each in one["trail"]] == ["submit_application"]
    assert one["trail"][0]["to"] == "Pending"


def test_an_idempotency_key_applies_once(run, customer, loan_json):
    keyed = {"customer_id": customer, **loan_json, "idempotency_key": "a-1"}
    assert run("apply", keyed).answer == run("apply", keyed).answer
    assert run("apply", {**keyed, "loan_amount": 5}).code == 9
    assert run("applications").answer["total"] == 1


def test_everything_an_application_may_hold(run, customer, customer_json, loan_json):
    other = {**customer_json, "full_name": "Vivek Kulkarni", "pan_number": "AAAPK1234C"}
    brother = run("register", other).answer["reference"]
    due = run("customer", customer).answer["obligations"][0]["obligation_id"]
    full = {
        "customer_id": customer,
        **loan_json,
        "collateral": [{"collateral_type": "Property", "value": "25 lakh", "accepted_share": 50}],
        "guarantors": [{"guarantor_name": "Meena Rao", "relationship": "friend"}],
        "co_applicants": [{"customer_id": brother, "relationship": "Sibling"}],
        "bureau": {"bureau_score": 800},
        "closed_obligations": [due],
        "processing_fee": 0,
    }
    done = run("apply", full).answer
    assert done["factors"]["loan_to_value_ratio"] == 80
    assert done["factors"]["monthly_income"] == "120000.00"
    assert done["factors"]["existing_emi"] == "0.00"
    assert run("apply", {**full, "closed_obligations": ["HDFC"]}).code == 7


def test_score_takes_an_applicant_features_and_lists(run, loan_json):
    applicant = {
        "date_of_birth": "1985-04-03",
        "monthly_income": 60000,
        "employment_type": "Salaried",
        "years_of_experience": 10,
        "employment_start_date": "2019-06-01",
        "obligations": [{"obligation_type": "Rent", "monthly_amount": 2000}],
    }
    case = {"applicant": applicant, **loan_json}
    one = run("score", case).answer
    row = {each["feature"]: each["value"] for each in one["contributors"]}
    by_row = run("score", {"features": row}).answer
    assert by_row["risk_probability"] == one["risk_probability"]
    assert by_row["factors"]["estimated_emi"] is None
    unknown = run("score", {"features": {**row, "bureau_score": None}}).answer
    assert unknown["risk_probability"] == one["risk_probability"]
    poor = {**case, "applicant": {**applicant, "monthly_income": 0}}
    listed = run("score", [case, poor, {"features": row}]).answer
    assert listed[0] == one
    assert listed[1]["refused"] is True
    assert "monthly_income" in listed[1]["fields"]
    assert listed[2] == by_row
    assert run("applications").answer["total"] == 0


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"features": {}}, "loan_amount"),
        ({"features": {"gender": 1}}, "gender"),
        ({"features": [1]}, "features"),
        ({"features": dict.fromkeys(FEATURE_LABELS, "1")}, "loan_amount"),
        ({"features": dict.fromkeys(FEATURE_LABELS, True)}, "loan_amount"),
        ({"features": {}, "loan_amount": 1}, "features"),
        ({"applicant": {}, "customer_id": "C-1001"}, "applicant"),
        ({"applicant": {"monthly_income": 1}}, "loan_amount"),
        ({"loan_amount": 100000}, "customer_id"),
        ({"loan_purpose": "Yacht"}, "loan_purpose"),
        ({"loan_tenure_months": 12.5}, "loan_tenure_months"),
        ({"interest_rate": "12.123456"}, "interest_rate"),
    ],
)
def test_score_names_what_is_wrong(run, customer, content, field):
    said = run("score", content)
    assert said.code == 7
    assert field in said.error["fields"]


def test_apply_refuses_and_stores_nothing(run, customer, loan_json):
    for change in (
        {"loan_amount": -1},
        {"loan_amount": 0},
        {"loan_amount": 10**17},
        {"loan_tenure_months": 0},
        {"interest_rate": -1},
        {"customer_id": "C-9999"},
        {"income": 5},
        {"loan_purpose": None},
    ):
        said = run("apply", {"customer_id": customer, **loan_json, **change})
        assert said.code == 7, change
        assert said.error["message"]
    assert run("applications").answer["total"] == 0


def test_the_waterfall_is_drawn_on_request(run, customer, loan_json, tmp_path):
    done = run("apply", {"customer_id": customer, **loan_json}).answer
    picture = tmp_path / "score.svg"
    assert run("explain", done["reference"], "--figure", picture).code == 0
    assert picture.read_text(encoding="utf-8").count("<svg") == 1
    assert run("explain", done["reference"], "--figure", tmp_path / "score.doc").code == 7
    assert run("explain", done["reference"], "--figure", tmp_path / "no" / "a.svg").code == 7
    assert run("explain", "A-9999").code == 7


def test_roles_hold_for_verbs_too(run, customer, loan_json):
    said = run("apply", {"customer_id": customer, **loan_json}, "--as", "checker1")
    assert said.code == 8
    assert said.error["code"] == "not_permitted"
    assert run("register", {}, "--as", "analyst1").code in {7, 8}
    assert run("customers", "--as", "nobody").code == 8
