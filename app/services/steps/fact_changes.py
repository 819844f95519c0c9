"""How one fact of a customer changes: what the rules of the form say, the record, the history."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.rules.rulebook import Rulebook
from app.services.steps.check_identity_numbers import check_personal_pan
from app.services.steps.customer_checks import check_customer
from app.services.steps.customer_facts import CustomerFacts
from app.services.steps.customer_record import Stamp, facts_of, filled, numbers_of, with_kyc
from app.services.steps.fact_fields import FACT_FIELDS, PAN, FactField, stored_text, with_text
from app.services.steps.ids import new_id
from app.services.steps.refusal import bad_input
from db.records.customer_life import FactCorrection
from db.records.people import Customer, NewCustomer
from db.vocabulary.operations import RuleState
from db.vocabulary.people import FactSource, Gender

if TYPE_CHECKING:
    from app.services.steps.desk import Actor, Desk
    from db.unit_of_work import UnitOfWork

_NUMBERS = {
    PAN: "pan_masked",
    "aadhaar_number": "aadhaar_masked",
    "other_id_number": "other_id_masked",
    "bank_account_number": "bank_account_masked",
}
_LABELS = {"full_name": "The name", "date_of_birth": "The date of birth", PAN: "The PAN"}


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact about to change: the customer as stored and the facts with the new value."""

    fact: FactField
    stored: Customer
    facts: CustomerFacts


def kept_numbers(stored: Customer) -> frozenset[str]:
    """Number fields that are on record, which an edit may leave untyped."""
    return frozenset(name for name, mask in _NUMBERS.items() if getattr(stored, mask))


def planned_change(fact: FactField, stored: Customer, text: str, today: date) -> FactChange:
    """A change that the rules of the form allow.

    Raises:
        Refused: the value does not fit; `fields` says why under "value". What was wrong before
            and stays so is no fault of this change.
    """
    before = facts_of(stored)
    after = with_text(before, fact, text)
    kept = kept_numbers(stored)
    old = check_customer(before, today, kept)
    new = check_customer(after, today, kept)
    faults = [words for name, words in new.items() if name == fact.name or name not in old]
    if fact.name == PAN and not text.strip():
        faults.append("Enter the PAN, like ABCPE1234F")
    if faults:
        raise bad_input({"value": faults[0]})
    return FactChange(fact, stored, after)


def full_text(book: "UnitOfWork", fact: FactField, stored: Customer) -> str | None:
    """The stored text of a fact; a PAN is opened, for comparing and the sealed history only."""
    if fact.name == PAN:
        return book.customers.reveal_pan(stored.branch_id, stored.customer_id)
    return stored_text(fact, stored)


def clean_text(change: FactChange, stamp: Stamp) -> str | None:
    """The text form in which the new value is going to be stored."""
    if change.fact.name == PAN:
        return check_personal_pan(change.facts.pan_number or "").value
    return stored_text(change.fact, _changed(change, stamp))


def apply_change(book: "UnitOfWork", change: FactChange, stamp: Stamp, rulebook: Rulebook) -> int:
    """Write the customer with the new value; return the new version.

    Raises:
        DuplicatePan: another customer of the branch has this PAN.
        VersionConflict: somebody changed the customer meanwhile.
    """
    numbers = numbers_of(change.facts)
    customer = with_kyc(_changed(change, stamp), numbers, rulebook, stamp.today)
    new = NewCustomer(customer, numbers, Gender.NOT_STATED)
    return book.customers.update(new, change.stored.version)


def _changed(change: FactChange, stamp: Stamp) -> Customer:
    ids = tuple(each.obligation_id for each in change.stored.obligations)
    return filled(change.stored, change.facts, stamp, ids)


def two_person_faults(
    book: "UnitOfWork", stored: Customer, after: Customer, pan_number: str | None
) -> dict[str, str]:
    """Sentences for facts that an edit by one person may not change, by field.

    A fact not known before may be filled in; a PAN of another customer is not this fault.
    """
    changed = [
        fact.name
        for fact in FACT_FIELDS
        if fact.two_persons
        and fact.name != PAN
        and stored_text(fact, stored) not in (None, stored_text(fact, after))
    ]
    if (
        pan_number
        and stored.pan_masked
        and book.customers.id_by_pan(stored.branch_id, pan_number) is None
    ):
        changed.append(PAN)
    words = "is corrected by two people: propose the correction on the customer's Profile"
    return {name: f"{_LABELS[name]} {words}" for name in changed}


def changes_between(
    before: Customer, after: Customer, person: "Actor", desk: "Desk"
) -> tuple[FactCorrection, ...]:
    """The history rows of an edit in the form: each fact that changed, with its old value."""
    blank = FactCorrection(
        correction_id=before.customer_id,
        customer_id=before.customer_id,
        fact="",
        old_value=None,
        new_value=None,
        source=FactSource.TOLD,
        document="",
        reason="",
        two_persons=False,
        state=RuleState.APPROVED,
        proposed_by=person.staff_id,
        proposed_at=desk.clock.now(),
        customer_version=before.version,
    )
    return tuple(
        replace(
            blank,
            correction_id=new_id(desk),
            fact=fact.name,
            old_value=stored_text(fact, before),
            new_value=stored_text(fact, after),
            source=FactSource.BUREAU if fact.name.startswith("bureau_") else FactSource.TOLD,
        )
        for fact in FACT_FIELDS
        if stored_text(fact, before) != stored_text(fact, after)
    )
