"""What is wrong with a customer's facts, field by field, in sentences for the form.

Source: screens.md S22 and F6. Pure: the form calls it on leaving a field and on submit, `register`
on every call. Policy (age, income limits) is no error and is not judged here.
"""

from collections.abc import Callable
from datetime import date

from app.rules.case_facts import ApplicantFacts
from app.rules.day_count import add_months, whole_years
from app.services.steps.check_identity_numbers import (
    IdentityCheck,
    check_aadhaar,
    check_email,
    check_ifsc,
    check_mobile,
    check_other_id,
    check_personal_pan,
    check_pin_code,
)
from app.services.steps.customer_facts import CustomerFacts, ObligationEntry
from app.services.steps.text_checks import LONGEST_NAME, line_fault, money_fault, name_faults, tidy
from db.records.people import BureauReport

Faults = dict[str, str]

OLDEST_YEARS = 120
YOUNGEST_WORKER_YEARS = 14
MOST_EXPERIENCE_YEARS = 60
LEAST_BUREAU_SCORE, MOST_BUREAU_SCORE = 300, 900
MONTHS = 12
_ACCOUNT_DIGITS = range(6, 19)


def check_customer(facts: CustomerFacts, today: date, kept: frozenset[str] = frozenset()) -> Faults:
    """Sentence by field name; empty when everything can be stored.

    Args:
        facts: what was typed.
        today: the business date.
        kept: number fields already stored, which an edit may leave untyped.
    """
    faults: Faults = {}
    for part in (_person, _contact, _work, _bank):
        faults |= part(facts, today)
    faults |= _identity(facts, today, kept)
    faults |= check_bureau(facts.bureau, today)
    if facts.bureau != BureauReport() and not facts.consent_bureau:
        faults["consent_bureau"] = "Tick the consent to ask the credit bureau"
    if not facts.consent_data_use:
        faults["consent_data_use"] = "Tick the consent to keep and use these facts"
    for number, due in enumerate(facts.obligations, start=1):
        faults |= _obligation(due, number)
    return faults


def _person(facts: CustomerFacts, today: date) -> Faults:
    faults = name_faults("full_name", "Full name", facts.full_name)
    local = line_fault("Name in local script", facts.full_name_local, LONGEST_NAME)
    if local:
        faults["full_name_local"] = local
    born = facts.date_of_birth
    if born is None:
        faults["date_of_birth"] = "Enter the date of birth"
    elif born >= today:
        faults["date_of_birth"] = "Date of birth must lie in the past"
    elif whole_years(born, today) > OLDEST_YEARS:
        faults["date_of_birth"] = f"Date of birth must lie within the last {OLDEST_YEARS} years"
    return faults


def _contact(facts: CustomerFacts, _today: date) -> Faults:
    faults = _numbers(
        ("phone", facts.phone, check_mobile, True),
        ("email", facts.email, check_email, False),
        ("pincode", facts.pincode, check_pin_code, True),
    )
    for field, label, text in (("address", "address", facts.address), ("city", "city", facts.city)):
        if not tidy(text):
            faults[field] = f"Enter the {label}"
        elif found := line_fault(label.capitalize(), text):
            faults[field] = found
    if facts.state is None:
        faults["state"] = "Choose the state"
    return faults


def _identity(facts: CustomerFacts, today: date, kept: frozenset[str]) -> Faults:
    faults: Faults = {}
    if facts.pan_number:
        faults |= _numbers(("pan_number", facts.pan_number, check_personal_pan, True))
    elif not facts.form_60 and "pan_number" not in kept:
        faults["pan_number"] = "Enter the PAN, like ABCPE1234F, or tick Form 60"
    if facts.aadhaar_number:
        faults |= _numbers(("aadhaar_number", facts.aadhaar_number, check_aadhaar, True))
        if not facts.aadhaar_consent:
            faults["aadhaar_consent"] = "Tick the consent to take the Aadhaar number"
    return faults | _other_id(facts, today, kept)


def _other_id(facts: CustomerFacts, today: date, kept: frozenset[str]) -> Faults:
    kind, number = facts.other_id_type, facts.other_id_number
    if kind is None:
        return {"other_id_type": "Choose the kind of this document"} if number else {}
    faults: Faults = {}
    if number or "other_id_number" not in kept:
        found = check_other_id(kind, number or "")
        if not found.valid:
            faults["other_id_number"] = found.sentence
    if facts.other_id_expiry is not None and facts.other_id_expiry <= today:
        faults["other_id_expiry"] = "This document has expired: enter one that is in force"
    return faults


def _work(facts: CustomerFacts, today: date) -> Faults:
    faults: Faults = {}
    if facts.employment_type is None:
        faults["employment_type"] = "Choose the kind of employment"
    for field, label, text in (
        ("employer_name", "employer or business", facts.employer_name),
        ("job_title", "job title or trade", facts.job_title),
    ):
        if not tidy(text):
            faults[field] = f"Enter the {label}"
        elif found := line_fault(label.capitalize(), text):
            faults[field] = found
    if facts.monthly_income_paise is None:
        faults["monthly_income"] = "Enter the monthly income"
    elif found := money_fault("Monthly income", facts.monthly_income_paise, zero=False):
        faults["monthly_income"] = found
    return faults | _since(facts, today) | _experience(facts, today)


def check_applicant(person: ApplicantFacts, today: date) -> Faults:
    """Faults of somebody who is no customer; what is not given is judged when scoring."""
    facts = CustomerFacts(
        date_of_birth=person.date_of_birth,
        employment_start_date=person.employment_start_date,
        experience_months=person.experience_months,
    )
    faults: Faults = {}
    income = money_fault("Monthly income", person.monthly_income_paise, zero=False)
    if income:
        faults["monthly_income"] = income
    if person.date_of_birth is not None and person.date_of_birth >= today:
        faults["date_of_birth"] = "Date of birth must lie in the past"
    if person.employment_start_date is not None:
        faults |= _since(facts, today)
    return faults if person.experience_months is None else faults | _experience(facts, today)


def _since(facts: CustomerFacts, today: date) -> Faults:
    started, born = facts.employment_start_date, facts.date_of_birth
    if started is None:
        sentence = "Enter the day the present work started"
    elif started > today:
        sentence = "The present work cannot start in the future"
    elif born is not None and started < add_months(born, YOUNGEST_WORKER_YEARS * MONTHS):
        sentence = f"The present work started before the age of {YOUNGEST_WORKER_YEARS}: check it"
    else:
        return {}
    return {"employment_start_date": sentence}


def _experience(facts: CustomerFacts, today: date) -> Faults:
    months, born = facts.experience_months, facts.date_of_birth
    if months is None:
        return {"years_of_experience": "Enter the years of experience"}
    if not 0 <= months <= MOST_EXPERIENCE_YEARS * MONTHS:
        sentence = f"Years of experience lie between 0 and {MOST_EXPERIENCE_YEARS}"
        return {"years_of_experience": sentence}
    if born is not None and born < today:
        most = max(whole_years(born, today) - YOUNGEST_WORKER_YEARS, 0)
        if months > most * MONTHS:
            return {"years_of_experience": f"At this age experience is at most {most} years"}
    return {}


def _bank(facts: CustomerFacts, _today: date) -> Faults:
    faults = _numbers(("ifsc_code", facts.ifsc_code or "", check_ifsc, False))
    account = "".join((facts.bank_account_number or "").split())
    if account and not (
        account.isascii() and account.isdigit() and len(account) in _ACCOUNT_DIGITS
    ):
        faults["bank_account_number"] = "Bank account number has 6 to 18 digits: check it"
    return faults


def check_bureau(report: BureauReport, today: date) -> Faults:
    """Faults of the five typed bureau facts; nothing typed is no fault."""
    faults: Faults = {}
    score = report.score
    if score is not None and not LEAST_BUREAU_SCORE <= score <= MOST_BUREAU_SCORE:
        faults["bureau_score"] = (
            f"Bureau score lies between {LEAST_BUREAU_SCORE} and {MOST_BUREAU_SCORE}; "
            "choose “no score” when the report has none"
        )
    if report.report_date is not None and report.report_date > today:
        faults["bureau_report_date"] = "The bureau report cannot be dated in the future"
    for field, label, count in (
        ("bureau_late_payments", "Late payments", report.late_payments),
        ("bureau_active_loans", "Active loans", report.active_loans),
    ):
        if count is not None and not 0 <= count <= LEAST_BUREAU_SCORE:
            faults[field] = f"{label} in the report are 0 or more, as a whole number"
    return faults


def _obligation(due: ObligationEntry, number: int) -> Faults:
    head = f"obligations.{number}"
    faults = {
        f"{head}.{field}": found
        for field, found in (
            ("monthly_amount", money_fault("Monthly amount", due.monthly_amount_paise)),
            ("outstanding_amount", money_fault("Outstanding amount", due.outstanding_paise)),
            ("lender_name", line_fault("Lender", due.lender_name)),
        )
        if found
    }
    if not tidy(due.lender_name):
        faults[f"{head}.lender_name"] = "Enter who is paid"
    return faults


def _numbers(*checks: tuple[str, str, Callable[[str], IdentityCheck], bool]) -> Faults:
    """Run number checks; the last item says whether an empty field is a fault."""
    faults: Faults = {}
    for field, text, check, needed in checks:
        if not text.strip() and not needed:
            continue
        found = check(text)
        if not found.valid:
            faults[field] = found.sentence
    return faults
