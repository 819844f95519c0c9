"""Sign-in, customer, application, assessment: the whole path through the real window.

Driven only by the object names of the screens' contract and by the keyboard, on SQLite and on
PostgreSQL alike.
"""

import pytest

CUSTOMER = {
    "full_name": "Ravi Reddy",
    "date_of_birth": "14/08/1985",
    "phone": "98765 43210",
    "address": "14, 4th Main, Jayanagar",
    "city": "Bengaluru",
    "state": "Karnataka",
    "pincode": "560011",
    "pan_number": "ACUPR7085K",
    "employment_type": "Salaried",
    "employer_name": "Kaveri Textiles",
    "job_title": "Production manager",
    "employment_start_date": "01/06/2021",
    "monthly_income": "60000",
    "years_of_experience": "12",
}
LOAN = {
    "loan_purpose": "Home renovation",
    "loan_amount": "10L",
    "loan_tenure_months": "60",
    "interest_rate": "12.25",
}


@pytest.fixture
def signed_in(desk_window):
    """A window on an empty book in which the first user has been created."""
    desk_window.wait_for_screen("sign_in")
    with desk_window.form("form.first_user") as form:
        form.type("staff_id", "anita")
        form.type("full_name", "Anita Desai")
        form.type("branch_code", "0412")
        form.type("password", "touchstone 0412 desk")
    desk_window.press("action.session.create_first_user")
    desk_window.wait_for_screen("today")
    return desk_window


def register(window):
    window.press("action.app.go_customers")
    window.wait_for_screen("customers")
    window.press("action.customer.new")
    window.wait_for_screen("customer_form")
    for name, text in CUSTOMER.items():
        window.type(name, text)
    for consent in ("consent_bureau", "consent_data_use", "consent_contact"):
        window.tick(consent)
    window.press("action.customer.save_and_apply")
    window.wait_for_screen("application_form")


def apply(window):
    for name, text in LOAN.items():
        window.type(name, text)
    window.wait_until(lambda: window.raw("figure.estimated_emi") == "22371.00")
    assert window.raw("figure.loan_to_income_ratio") == "1.39"
    assert window.raw("figure.fixed_obligation_to_income_ratio") == "37.29"
    window.press("action.application.submit")
    window.wait_for_screen("decision")
    window.wait_until(lambda: window.raw("figure.credit_score") != "")


def test_from_sign_in_to_assessment(signed_in, tmp_path):
    window = signed_in
    register(window)
    apply(window)
    assert 300 <= float(window.raw("figure.credit_score")) <= 850
    assert 0 < float(window.raw("figure.risk_probability")) < 1
    assert window.raw("figure.risk_level") in {"Low", "Medium", "High"}
    assert window.raw("figure.probability_of_default") == ""
    assert window.rows("table.contributors") == 28
    assert window.rows("table.policy_checks") > 5
    assert "Ravi Reddy" in window.title()
    planted = CUSTOMER["pan_number"]
    assert planted not in window.title()
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [file.name for file in written if planted.encode() in file.read_bytes()] == []
