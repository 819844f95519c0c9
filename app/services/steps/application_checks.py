"""What is wrong with an application's facts, field by field, in sentences for the form.

Source: screens.md S31 and F6. Eligibility is not judged here: amounts outside the product, high
ratios or ages are policy lines and never stop saving or scoring (F5).
"""

from datetime import date

from app.rules.rule_rows import NoProductInForceError
from app.rules.rulebook import Rulebook
from app.services.steps.application_facts import (
    ApplicationFacts,
    CollateralEntry,
    GuarantorEntry,
)
from app.services.steps.check_identity_numbers import (
    check_email,
    check_mobile,
    check_personal_pan,
)
from app.services.steps.customer_checks import Faults, check_bureau
from app.services.steps.text_checks import line_fault, money_fault, name_faults, tidy

LONGEST_REMARK = 2000
MOST_MONTHS = 600
MOST_MORATORIUM_MONTHS = 120
HUNDREDTH_PERCENT_PPM = 100
WHOLE_PPM = 1_000_000
MOST_NAMED = 4


def check_application(facts: ApplicationFacts, rulebook: Rulebook, today: date) -> Faults:
    """Sentence by field name; empty when the application can be committed."""
    faults = _chosen(facts, rulebook, today) | _terms(facts, today) | _charges(facts)
    faults |= check_bureau(facts.bureau, today)
    for number, item in enumerate(facts.collateral, start=1):
        faults |= _numbered("collateral", number, collateral_faults(item, today))
    for number, person in enumerate(facts.guarantors, start=1):
        faults |= _numbered("guarantor", number, guarantor_faults(person))
    faults |= _people(facts)
    if found := line_fault("The remark", facts.remarks, LONGEST_REMARK):
        faults["remarks"] = found
    return faults


def _numbered(form: str, number: int, faults: Faults) -> Faults:
    return {f"{form}.{number}.{field}": words for field, words in faults.items()}


def _chosen(facts: ApplicationFacts, rulebook: Rulebook, today: date) -> Faults:
    faults: Faults = {}
    if facts.customer_id is None:
        faults["customer_id"] = "Choose the customer"
    if facts.loan_purpose is None:
        faults["loan_purpose"] = "Choose the purpose of the loan"
    try:
        if facts.product_code is not None:
            rulebook.product(facts.product_code, today)
        elif facts.loan_purpose is not None:
            rulebook.default_product_for(facts.loan_purpose, today)
    except NoProductInForceError:
        faults["product_code"] = "Choose a product that is offered today"
    return faults


def _terms(facts: ApplicationFacts, today: date) -> Faults:
    faults: Faults = {}
    if facts.amount_paise is None:
        faults["loan_amount"] = "Enter the loan amount"
    elif found := money_fault("Loan amount", facts.amount_paise, zero=False):
        faults["loan_amount"] = found
    if facts.tenure_months is None:
        faults["loan_tenure_months"] = "Enter the tenure in months"
    elif not 1 <= facts.tenure_months <= MOST_MONTHS:
        faults["loan_tenure_months"] = f"Tenure is 1 to {MOST_MONTHS} whole months"
    if facts.rate_ppm is not None and not _is_rate(facts.rate_ppm):
        faults["interest_rate"] = (
            "Interest rate is a yearly per cent from 0 to 100, with at most two decimals"
        )
    if not 0 <= facts.moratorium_months <= MOST_MORATORIUM_MONTHS:
        faults["moratorium_months"] = f"Moratorium is 0 to {MOST_MORATORIUM_MONTHS} whole months"
    if facts.first_due_date is not None and facts.first_due_date <= today:
        faults["first_due_date"] = "The first instalment falls due after today"
    return faults


def _is_rate(rate_ppm: int) -> bool:
    return 0 <= rate_ppm <= WHOLE_PPM and rate_ppm % HUNDREDTH_PERCENT_PPM == 0


def _charges(facts: ApplicationFacts) -> Faults:
    checks = (
        ("processing_fee", "Processing fee", facts.processing_fee_paise),
        ("insurance_premium", "Insurance premium", facts.insurance_premium_paise),
        ("other_charges", "Other charges", facts.other_charges_paise),
        ("household_income", "Household income", facts.household_income_paise),
        ("household_repayments", "Household repayments", facts.household_repayments_paise),
    )
    return {
        field: found for field, label, amount in checks if (found := money_fault(label, amount))
    }


def collateral_faults(item: CollateralEntry, today: date) -> Faults:
    """What is wrong with one security, by field of its sub-form."""
    faults = Faults()
    if found := money_fault("Value of the security", item.value_paise, zero=False):
        faults["collateral_value"] = found
    if not 0 < item.accepted_share_ppm <= WHOLE_PPM:
        faults["accepted_share"] = "The share that counts is more than 0 and at most 100 %"
    if item.valuation_date is not None and item.valuation_date > today:
        faults["valuation_date"] = "The valuation cannot be dated in the future"
    if found := line_fault("Description", item.description):
        faults["description"] = found
    return faults


def guarantor_faults(person: GuarantorEntry) -> Faults:
    """What is wrong with one guarantor, by field of its sub-form; the checks of a customer."""
    faults = name_faults("guarantor_name", "Name of the guarantor", person.full_name)
    for field, text, check in (
        ("guarantor_phone", person.phone, check_mobile),
        ("guarantor_email", person.email, check_email),
        ("guarantor_pan", person.pan_number or "", check_personal_pan),
    ):
        if text.strip():
            found = check(text)
            if not found.valid:
                faults[field] = found.sentence
    if fault := money_fault("Income of the guarantor", person.income_paise):
        faults["guarantor_income"] = fault
    if fault := line_fault("Address of the guarantor", tidy(person.address)):
        faults["guarantor_address"] = fault
    return faults


def _people(facts: ApplicationFacts) -> Faults:
    faults: Faults = {}
    if len(facts.guarantors) > MOST_NAMED:
        faults["guarantors"] = f"An application has at most {MOST_NAMED} guarantors"
    named = [each.customer_id for each in facts.co_applicants]
    if len(named) > MOST_NAMED:
        faults["co_applicants"] = f"An application has at most {MOST_NAMED} co-applicants"
    elif len(set(named)) < len(named) or facts.customer_id in named:
        faults["co_applicants"] = "Each co-applicant is another customer than the applicant"
    return faults
