"""From checked facts to the customer's row and back; masks stay masks.

Source: screens.md S22. KYC is complete with PAN or Form 60 and one paper that proves the address
(Aadhaar, voter id, licence or passport); its review date follows the risk class.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from app.rules.kyc_review import first_risk, kyc_due_on
from app.rules.rulebook import Rulebook
from app.services.steps.check_identity_numbers import (
    check_aadhaar,
    check_email,
    check_ifsc,
    check_mobile,
    check_other_id,
    check_personal_pan,
    check_pin_code,
)
from app.services.steps.customer_facts import CustomerFacts, ObligationEntry
from app.services.steps.text_checks import tidy
from db.records.people import (
    Consent,
    Customer,
    Employment,
    IdentityNumbers,
    Obligation,
)
from db.vocabulary.people import (
    ConsentChannel,
    ConsentPurpose,
    KycStatus,
)

NOTICE_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who and when a record is made or changed."""

    branch_id: int
    officer_id: UUID
    now: datetime
    today: date


def numbers_of(facts: CustomerFacts) -> IdentityNumbers:
    """The numbers typed, cleaned; None for those left out."""
    kind, other = facts.other_id_type, facts.other_id_number
    account = "".join((facts.bank_account_number or "").split())
    return IdentityNumbers(
        pan_number=check_personal_pan(facts.pan_number).value if facts.pan_number else None,
        aadhaar_number=check_aadhaar(facts.aadhaar_number).value if facts.aadhaar_number else None,
        other_id_number=check_other_id(kind, other).value if kind and other else None,
        bank_account_number=account or None,
    )


def new_customer(
    facts: CustomerFacts, identity: tuple[UUID, str], stamp: Stamp, obligation_ids: tuple[UUID, ...]
) -> Customer:
    """The row of a customer registered now; `facts` have been checked."""
    customer_id, reference = identity
    blank = Customer(
        customer_id=customer_id,
        branch_id=stamp.branch_id,
        reference=reference,
        full_name="",
        date_of_birth=None,
        phone="",
        city="",
        state=None,
        pincode="",
        address="",
        employment=Employment(None, 0),
        created_at=stamp.now,
        customer_since=stamp.today,
        version=1,
        officer_id=stamp.officer_id,
    )
    return filled(blank, facts, stamp, obligation_ids)


def filled(
    customer: Customer, facts: CustomerFacts, stamp: Stamp, obligation_ids: tuple[UUID, ...]
) -> Customer:
    """The customer with checked facts in place; what the form does not hold stays."""
    return replace(
        customer,
        full_name=tidy(facts.full_name),
        full_name_local=tidy(facts.full_name_local),
        date_of_birth=facts.date_of_birth or customer.date_of_birth,
        phone=check_mobile(facts.phone).value or "",
        email=check_email(facts.email).value or "",
        address=tidy(facts.address),
        city=tidy(facts.city),
        state=facts.state or customer.state,
        pincode=check_pin_code(facts.pincode).value or "",
        form_60=facts.form_60,
        other_id_type=facts.other_id_type,
        other_id_expiry=facts.other_id_expiry,
        ifsc_code=check_ifsc(facts.ifsc_code).value if facts.ifsc_code else None,
        employment=employment_of(facts),
        bureau=facts.bureau,
        obligations=tuple(
            obligation_of(entry, made)
            for entry, made in zip(facts.obligations, obligation_ids, strict=True)
        ),
        consents=_consents(customer, facts, stamp),
    )


def employment_of(facts: CustomerFacts) -> Employment:
    """The current employment row."""
    return Employment(
        employment_type=facts.employment_type,
        monthly_income_paise=facts.monthly_income_paise or 0,
        experience_months=facts.experience_months,
        employer_name=tidy(facts.employer_name),
        job_title=tidy(facts.job_title),
        employment_start_date=facts.employment_start_date,
        income_source=facts.income_source,
    )


def obligation_of(entry: ObligationEntry, made: UUID) -> Obligation:
    """One due with its id: the one it had, else the one made for it."""
    return Obligation(
        obligation_id=entry.obligation_id or made,
        lender_name=tidy(entry.lender_name),
        obligation_type=entry.obligation_type,
        monthly_amount_paise=entry.monthly_amount_paise,
        outstanding_paise=entry.outstanding_paise,
        end_date=entry.end_date,
    )


def with_kyc(
    customer: Customer, numbers: IdentityNumbers, rulebook: Rulebook, today: date
) -> Customer:
    """The customer with the KYC state that follows from the papers held."""
    risk = first_risk(rulebook, today)
    identity = bool(numbers.pan_number or customer.pan_masked or customer.form_60)
    address = bool(
        numbers.aadhaar_number
        or customer.aadhaar_masked
        or numbers.other_id_number
        or customer.other_id_masked
    )
    if not (identity and address):
        return replace(customer, kyc_status=KycStatus.INCOMPLETE, kyc_risk=risk, kyc_due_on=None)
    due = customer.kyc_due_on
    if due is None or numbers != IdentityNumbers():  # papers seen today start a new period
        due = kyc_due_on(today, risk, rulebook, today)
    status = KycStatus.EXPIRED if today > due else KycStatus.COMPLETE
    return replace(customer, kyc_status=status, kyc_risk=risk, kyc_due_on=due)


def _consents(customer: Customer, facts: CustomerFacts, stamp: Stamp) -> tuple[Consent, ...]:
    """Consents as they stand now: a tick taken away withdraws, a new tick adds one."""
    ticked = {
        ConsentPurpose.BUREAU: facts.consent_bureau,
        ConsentPurpose.DATA_USE: facts.consent_data_use,
        ConsentPurpose.CONTACT: facts.consent_contact,
        ConsentPurpose.AADHAAR: facts.aadhaar_consent,
    }
    kept = [
        replace(each, withdrawn_at=stamp.now)
        if each.withdrawn_at is None and not ticked[each.purpose]
        else each
        for each in customer.consents
    ]
    standing = {each.purpose for each in kept if each.withdrawn_at is None}
    added = [
        Consent(purpose, ConsentChannel.DESK, NOTICE_VERSION, stamp.now)
        for purpose, given in ticked.items()
        if given and purpose not in standing
    ]
    return (*kept, *added)


def facts_of(customer: Customer) -> CustomerFacts:
    """The form of a stored customer; identity numbers stay out, gender is kept apart."""
    work = customer.employment
    standing = {each.purpose for each in customer.consents if each.withdrawn_at is None}
    return CustomerFacts(
        full_name=customer.full_name,
        full_name_local=customer.full_name_local,
        date_of_birth=customer.date_of_birth,
        phone=customer.phone,
        email=customer.email,
        address=customer.address,
        city=customer.city,
        state=customer.state,
        pincode=customer.pincode,
        form_60=customer.form_60,
        aadhaar_consent=ConsentPurpose.AADHAAR in standing,
        other_id_type=customer.other_id_type,
        other_id_expiry=customer.other_id_expiry,
        employment_type=work.employment_type,
        employer_name=work.employer_name,
        job_title=work.job_title,
        employment_start_date=work.employment_start_date,
        monthly_income_paise=work.monthly_income_paise,
        income_source=work.income_source,
        experience_months=work.experience_months,
        ifsc_code=customer.ifsc_code,
        consent_bureau=ConsentPurpose.BUREAU in standing,
        consent_data_use=ConsentPurpose.DATA_USE in standing,
        consent_contact=ConsentPurpose.CONTACT in standing,
        bureau=customer.bureau,
        obligations=tuple(_entry(each) for each in customer.obligations),
    )


def _entry(due: Obligation) -> ObligationEntry:
    return ObligationEntry(
        lender_name=due.lender_name,
        obligation_type=due.obligation_type,
        monthly_amount_paise=due.monthly_amount_paise,
        outstanding_paise=due.outstanding_paise,
        end_date=due.end_date,
        obligation_id=due.obligation_id,
    )
