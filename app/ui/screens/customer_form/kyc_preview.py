"""The KYC state that would follow from what is typed, by the same code that stores it."""

from dataclasses import replace
from uuid import UUID

from app.rules.rulebook import Rulebook
from app.services.register_customer import CustomerFacts
from app.services.steps.customer_record import Stamp, new_customer, numbers_of, with_kyc
from app.services.steps.desk import Desk
from db.records.people import Customer
from db.vocabulary.people import KycStatus


def kyc_preview(
    facts: CustomerFacts, stored: Customer | None, rulebook: Rulebook, desk: Desk
) -> KycStatus:
    """The state after saving. Pure arithmetic on what is in memory."""
    base = stored or _nobody(desk)
    known = replace(base, form_60=facts.form_60)
    return with_kyc(known, numbers_of(facts), rulebook, desk.clock.today()).kyc_status


def _nobody(desk: Desk) -> Customer:
    person = desk.person()
    stamp = Stamp(person.branch_id, person.user_id, desk.clock.now(), desk.clock.today())
    return new_customer(CustomerFacts(), (UUID(int=0), ""), stamp, ())
