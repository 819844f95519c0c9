from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.file_formats.import_row_models import ImportedRow
from app.services.steps.ids import new_id
from app.services.steps.import_records import ImportFrame, application_of_row, customer_of_row
from db.vocabulary.lending import LoanPurpose, ObligationType
from db.vocabulary.people import KycRisk, KycStatus

ROW = ImportedRow(
    row=2,
    customer_reference="1077501",
    reference="55",
    loan_amount=Decimal("1000.005"),
    loan_tenure_months=36,
    rate_ppm=120_000,
    loan_purpose=LoanPurpose.DEBT_CONSOLIDATION,
    purpose_text="credit_card",
    monthly_income=Decimal(500),
    existing_debt_percent=Decimal("20.5"),
    months_with_employer=24,
    application_date=date(2026, 9, 1),
)


@pytest.fixture
def frame(desk, rulebook):
    return ImportFrame(
        desk=desk,
        actor=desk.person(),
        rulebook=rulebook,
        import_id=new_id(desk),
        factor=Decimal(80),
        imported_at=desk.clock.now(),
        as_of=desk.clock.today(),
    )


def test_a_borrower_of_a_file_is_nobody_in_particular(frame):
    new = customer_of_row(ROW, "C-1", frame)
    customer = new.customer
    assert customer.full_name == "Borrower 1077501"
    assert (customer.phone, customer.city, customer.state, customer.date_of_birth) == (
        "",
        "",
        None,
        None,
    )
    assert customer.employment.employment_type is None
    assert customer.employment.employment_start_date == date(2024, 9, 1)
    assert customer.form_60
    assert customer.kyc_status is KycStatus.INCOMPLETE
    assert customer.kyc_risk is KycRisk.MEDIUM
    assert new.numbers.pan_number is None
    assert customer.import_id == frame.import_id


def test_the_factor_turns_the_files_money_into_paise(frame):
    customer = customer_of_row(ROW, "C-1", frame).customer
    assert customer.employment.monthly_income_paise == 500 * 80 * 100
    application = application_of_row(ROW, "A-1", customer.customer_id, frame)
    assert application is not None
    assert application.amount_paise == 8_000_040
    assert application.product_code == "DEBT_CONSOLIDATION"
    assert "credit_card" in application.remarks
    assert "55" in application.remarks


def test_debts_as_a_share_of_income_become_one_obligation(frame):
    (due,) = customer_of_row(ROW, "C-1", frame).customer.obligations
    assert due.lender_name == "Debts declared in the file"
    assert due.obligation_type is ObligationType.OTHER_DEBT
    assert due.monthly_amount_paise == 820_000
    without = replace(ROW, existing_debt_percent=Decimal(0))
    assert customer_of_row(without, "C-1", frame).customer.obligations == ()


def test_a_row_without_a_loan_makes_no_application(frame):
    bare = replace(ROW, loan_amount=None)
    assert application_of_row(bare, "A-1", new_id(frame.desk), frame) is None


def test_what_the_file_lacks_stays_unknown(frame):
    bare = replace(ROW, months_with_employer=None)
    work = customer_of_row(bare, "C-1", frame).customer.employment
    assert (work.employment_start_date, work.experience_months) == (None, None)
