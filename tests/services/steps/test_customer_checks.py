from dataclasses import replace
from datetime import date

import pytest

from app.services.steps.customer_checks import check_customer
from app.services.steps.customer_facts import ObligationEntry
from db.records.people import BureauReport
from db.vocabulary.lending import ObligationType
from db.vocabulary.people import OtherIdType

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "A"}, "full_name"),
        ({"full_name": "Asha 2"}, "full_name"),
        ({"full_name": "As\x00ha"}, "full_name"),
        ({"date_of_birth": None}, "date_of_birth"),
        ({"date_of_birth": date(2026, 11, 23)}, "date_of_birth"),
        ({"date_of_birth": date(1900, 1, 1)}, "date_of_birth"),
        ({"phone": "12345"}, "phone"),
        ({"email": "asha"}, "email"),
        ({"address": " "}, "address"),
        ({"city": "x" * 201}, "city"),
        ({"state": None}, "state"),
        ({"pincode": "070001"}, "pincode"),
        ({"pan_number": None}, "pan_number"),
        ({"pan_number": "ABCDE1234F"}, "pan_number"),
        ({"aadhaar_number": "234123412346"}, "aadhaar_consent"),
        ({"aadhaar_number": "234123412345", "aadhaar_consent": True}, "aadhaar_number"),
        ({"other_id_number": "x"}, "other_id_number"),
        ({"other_id_type": None}, "other_id_type"),
        ({"other_id_expiry": date(2026, 1, 1)}, "other_id_expiry"),
        ({"employment_type": None}, "employment_type"),
        ({"employer_name": ""}, "employer_name"),
        ({"job_title": "x" * 300}, "job_title"),
        ({"employment_start_date": None}, "employment_start_date"),
        ({"employment_start_date": date(2027, 1, 1)}, "employment_start_date"),
        ({"employment_start_date": date(1990, 1, 1)}, "employment_start_date"),
        ({"monthly_income_paise": None}, "monthly_income"),
        ({"monthly_income_paise": 0}, "monthly_income"),
        ({"monthly_income_paise": 10**16}, "monthly_income"),
        ({"experience_months": None}, "years_of_experience"),
        ({"experience_months": 61 * 12}, "years_of_experience"),
        ({"experience_months": 30 * 12}, "years_of_experience"),
        ({"ifsc_code": "SBIN"}, "ifsc_code"),
        ({"bank_account_number": "12a"}, "bank_account_number"),
        ({"consent_data_use": False}, "consent_data_use"),
        ({"consent_bureau": False}, "consent_bureau"),
        ({"bureau": BureauReport(score=200)}, "bureau_score"),
        ({"bureau": BureauReport(report_date=date(2027, 1, 1))}, "bureau_report_date"),
        ({"bureau": BureauReport(late_payments=-1)}, "bureau_late_payments"),
        (
            {"obligations": (ObligationEntry("", ObligationType.RENT, 1),)},
            "obligations.1.lender_name",
        ),
        (
            {"obligations": (ObligationEntry("A", ObligationType.RENT, -1),)},
            "obligations.1.monthly_amount",
        ),
    ],
)
def test_a_wrong_field_has_its_sentence(customer_form, change, field):
    faults = check_customer(replace(customer_form, **change), TODAY)
    assert field in faults
    banned = ("invalid", "required", "please", "sorry", "oops")
    assert not any(word in faults[field].lower() for word in banned)


def test_a_right_form_has_no_faults(customer_form):
    assert check_customer(customer_form, TODAY) == {}
    form_60 = replace(customer_form, pan_number=None, form_60=True)
    assert check_customer(form_60, TODAY) == {}
    kept = replace(customer_form, other_id_type=OtherIdType.PASSPORT, other_id_number=None)
    assert check_customer(kept, TODAY, frozenset({"other_id_number"})) == {}
