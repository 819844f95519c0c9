from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.services.steps.application_checks import check_application
from app.services.steps.application_facts import CollateralEntry, GuarantorEntry
from db.records.applications import CoApplicant
from db.vocabulary.lending import CollateralType
from db.vocabulary.people import Relationship

TODAY = date(2026, 11, 23)
CUSTOMER = UUID(int=7)


def faults_of(application_form, rulebook, **change):
    facts = replace(application_form, **{"customer_id": CUSTOMER, **change})
    return check_application(facts, rulebook, TODAY)


def test_a_right_form_has_no_faults(application_form, rulebook):
    assert faults_of(application_form, rulebook) == {}
    assert faults_of(application_form, rulebook, product_code=None, rate_ppm=None) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount_paise": 0}, "loan_amount"),
        ({"amount_paise": -5}, "loan_amount"),
        ({"amount_paise": 10**16}, "loan_amount"),
        ({"amount_paise": None}, "loan_amount"),
        ({"tenure_months": 0}, "loan_tenure_months"),
        ({"tenure_months": None}, "loan_tenure_months"),
        ({"rate_ppm": -1}, "interest_rate"),
        ({"rate_ppm": 122_555}, "interest_rate"),
        ({"loan_purpose": None}, "loan_purpose"),
        ({"product_code": "NO_SUCH"}, "product_code"),
        ({"moratorium_months": -1}, "moratorium_months"),
        ({"first_due_date": date(2026, 11, 1)}, "first_due_date"),
        ({"remarks": "x" * 2001}, "remarks"),
        ({"other_charges_paise": -1}, "other_charges"),
        ({"household_income_paise": -1}, "household_income"),
        ({"customer_id": None}, "customer_id"),
    ],
)
def test_a_wrong_field_is_named(application_form, rulebook, change, field):
    faults = faults_of(application_form, rulebook, **change)
    assert list(faults) == [field]
    banned = ("invalid", "required", "please", "sorry", "oops")
    assert not any(word in faults[field].lower() for word in banned)


def test_faults_of_sub_forms_count_from_one(application_form, rulebook):
    faults = faults_of(
        application_form,
        rulebook,
        collateral=(CollateralEntry(CollateralType.GOLD, 0, date(2027, 1, 1), 0, "x" * 201),),
        guarantors=(
            GuarantorEntry(
                "R2",
                Relationship.OTHER,
                phone="12",
                email="a",
                address="x" * 201,
                pan_number="A",
                income_paise=-1,
            ),
        )
        * 5,
        co_applicants=(CoApplicant(CUSTOMER, Relationship.SPOUSE, True),),
    )
    assert {
        "collateral.1.collateral_value",
        "collateral.1.accepted_share",
        "collateral.1.valuation_date",
        "collateral.1.description",
        "guarantor.1.guarantor_name",
        "guarantor.5.guarantor_phone",
        "guarantor.1.guarantor_email",
        "guarantor.1.guarantor_pan",
        "guarantor.1.guarantor_income",
        "guarantor.1.guarantor_address",
        "guarantors",
        "co_applicants",
    } <= set(faults)
    five = tuple(CoApplicant(UUID(int=n), Relationship.OTHER, False) for n in range(20, 25))
    assert list(faults_of(application_form, rulebook, co_applicants=five)) == ["co_applicants"]
