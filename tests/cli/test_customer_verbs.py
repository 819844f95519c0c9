import pytest


def test_register_then_read_and_list(run, customer_json):
    done = run("register", customer_json).answer
    assert set(done) >= {"customer_id", "reference", "duplicates", "version"}
    one = run("customer", done["reference"]).answer
    assert one["pan_number"] == "ACUPRXXXXK"
    assert one["aadhaar_number"] is None
    assert one["date_of_birth"] == "1985-04-03"
    assert one["employment"] == {
        "employer_name": "Deccan Mills",
        "employment_type": "Salaried",
        "job_title": "Supervisor",
        "monthly_income": "60000.00",
        "years_of_experience": 10.5,
        "employment_start_date": "2019-06-01",
        "income_source": None,
    }
    assert [due["monthly_amount"] for due in one["obligations"]] == ["9200.00", "2000.00"]
    assert one["bureau"]["bureau_score_state"] == "SCORED"
    listed = run("customers", "--search", "asha").answer
    assert listed["total"] == 1
    assert listed["next"] is None
    assert set(listed["customers"][0]) >= {
        *("customer_id", "reference", "full_name", "email", "phone", "city", "state"),
        "created_at",
    }
    assert run("customer", done["customer_id"]).answer == one


def test_pages_by_cursor(run, customer_json):
    for name, pan in (("Asha Rao", "AAAPR1111A"), ("Bela Rao", "AAAPR2222A")):
        run("register", {**customer_json, "full_name": name, "pan_number": pan})
    first = run("customers", "--limit", 1).answer
    assert first["total"] == 2
    second = run("customers", "--limit", 1, "--after", first["next"]).answer
    assert [each["full_name"] for each in second["customers"]] == ["Bela Rao"]
    assert run("customers", "--after", "nonsense").code == 7
    assert run("customers", "--limit", 0).code == 2


def test_an_idempotency_key_registers_once(run, customer_json):
    keyed = {**customer_json, "idempotency_key": "slip 17"}
    assert run("register", keyed).answer == run("register", keyed).answer
    other = run("register", {**keyed, "city": "Hubballi"})
    assert other.code == 9


def test_an_update_changes_what_it_names(run, customer_json):
    done = run("register", customer_json).answer
    change = {"monthly_income": "3.5 lakh", "email": "asha@example.com", "bureau_score": "THIN"}
    new = run("update-customer", done["reference"], change).answer
    assert new["version"] == done["version"] + 1
    one = run("customer", done["reference"]).answer
    assert one["employment"]["monthly_income"] == "350000.00"
    assert one["bureau"]["bureau_score"] is None
    assert one["bureau"]["bureau_score_state"] == "THIN"
    assert one["city"] == "Mysuru"
    assert one["pan_number"] == "ACUPRXXXXK"
    stale = run("update-customer", done["reference"], {"city": "Hubballi", "version": 1})
    assert stale.code == 9
    assert run("update-customer", "C-9999", {"city": "Hubballi"}).code == 7
    assert run("update-customer", done["reference"], {"email": None}).answer["version"] == 3


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"monthly_income": -1}, "monthly_income"),
        ({"monthly_income": "1; DROP TABLE customers"}, "monthly_income"),
        ({"monthly_income": 10**18}, "monthly_income"),
        ({"monthly_income": "10.005"}, "monthly_income"),
        ({"monthly_income": True}, "monthly_income"),
        ({"monthly_income": None}, "monthly_income"),
        ({"full_name": "Asha\u0007 Rao"}, "full_name"),
        ({"full_name": ["Asha"]}, "full_name"),
        ({"full_name": "x" * 6000}, "full_name"),
        ({"phone": "98-7"}, "phone"),
        ({"state": "Atlantis"}, "state"),
        ({"date_of_birth": "03/04/1985"}, "date_of_birth"),
        ({"consent_data_use": "yes"}, "consent_data_use"),
        ({"years_of_experience": "ten"}, "years_of_experience"),
        ({"bureau_score": 12.5}, "bureau_score"),
        ({"bureau_score": True}, "bureau_score"),
        ({"bureau_late_payments": 1.5}, "bureau_late_payments"),
        ({"surname": "Rao"}, "surname"),
        ({"obligations": {}}, "obligations"),
        ({"obligations": ["Rent"]}, "obligations.1"),
        ({"obligations": [{"monthly_amount": 1}]}, "obligations.1.obligation_type"),
        ({"pan_number": "ABCPE1234"}, "pan_number"),
    ],
)
def test_a_wrong_field_is_named_without_its_value(run, customer_json, change, field):
    said = run("register", {**customer_json, **change})
    assert said.code == 7
    assert field in said.error["fields"]
    assert said.error["code"] == "bad_input"
    assert "Traceback" not in said.err
    assert 'ABCPE1234"' not in said.err
    assert run("customers").answer["total"] == 0


def test_text_that_looks_like_sql_is_only_text(run, customer_json):
    nasty = "Robert'); DROP TABLE customers;--"
    done = run("register", {**customer_json, "address": nasty}).answer
    assert run("customer", done["reference"]).answer["address"] == nasty
    assert run("customers", "--search", "'; DROP TABLE customers;--").answer["total"] == 0
    assert run("customer", "C-1' OR '1'='1").code == 7


def test_the_pan_stands_in_no_message(run, customer_json):
    run("register", customer_json)
    again = run("register", customer_json)
    assert again.code == 7
    assert "7085" not in again.err
    assert "C-1001" in again.error["fields"]["pan_number"]


def test_people_read_a_table(run, customer_json):
    run("register", customer_json)
    said = run("customers", json_out=False)
    assert "customers (1)" in said.out
    assert "Asha Kulkarni" in said.out
    wrong = run("customer", "C-9999", json_out=False)
    assert wrong.out == ""
    assert "no such customer" in wrong.err
