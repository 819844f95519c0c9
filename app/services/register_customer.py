"""A customer is registered, or the facts of one are changed.

Source: screens.md S22. The number of a person's PAN is unique in a branch; people who look alike
are named in the answer and never merged.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.permissions import Act
from app.services.steps.check_identity_numbers import check_mobile
from app.services.steps.command import Answer, Command, Done, run_command
from app.services.steps.customer_checks import check_customer
from app.services.steps.customer_facts import CustomerFacts, ObligationEntry
from app.services.steps.customer_record import (
    Stamp,
    filled,
    new_customer,
    numbers_of,
    with_kyc,
)
from app.services.steps.fact_changes import changes_between, kept_numbers, two_person_faults
from app.services.steps.ids import new_id
from app.services.steps.permission import permit
from app.services.steps.plain_json import to_plain
from app.services.steps.refusal import RefusalKind, Refused, bad_input
from db.records.people import Customer, NewCustomer, SimilarProbe
from db.records.refusals import DuplicatePan
from db.vocabulary.people import KycStatus

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.records.lists import SimilarCustomer
    from db.unit_of_work import UnitOfWork

__all__ = [
    "CustomerFacts",
    "CustomerRegistered",
    "ObligationEntry",
    "RegisterCustomer",
    "UpdateCustomer",
    "check_customer",
    "register_customer",
    "update_customer",
]


@dataclass(frozen=True, slots=True)
class RegisterCustomer:
    """Register a new customer once."""

    command_id: UUID
    facts: CustomerFacts = field(repr=False)


@dataclass(frozen=True, slots=True)
class UpdateCustomer:
    """Change a customer that still has the version seen; numbers of None stay as stored."""

    command_id: UUID
    customer_id: UUID
    version: int
    facts: CustomerFacts = field(repr=False)


@dataclass(frozen=True, slots=True)
class CustomerRegistered:
    """The customer's id and reference, and who may be the same person."""

    customer_id: UUID
    reference: str
    version: int
    kyc_status: KycStatus
    duplicates: "tuple[SimilarCustomer, ...]" = ()


def register_customer(request: RegisterCustomer, desk: "Desk") -> CustomerRegistered:
    """Store a new customer.

    Raises:
        Refused: a field is wrong (BAD_INPUT with `fields`), the PAN belongs to someone else, or
            the person may not register.
    """
    permit(desk, Act.REGISTER_CUSTOMER)
    facts = request.facts
    _refuse_faults(check_customer(facts, desk.clock.today()))
    numbers, stamp, rulebook = numbers_of(facts), _stamp(desk), desk.rulebook()

    def act(book: "UnitOfWork") -> Done:
        identity = (new_id(desk), book.next_reference("C", stamp.branch_id))
        customer = new_customer(facts, identity, stamp, _ids(facts, desk))
        customer = with_kyc(customer, numbers, rulebook, stamp.today)
        with _PanGuard():
            book.customers.add(NewCustomer(customer, numbers, facts.gender))
        return _done(customer, 1)

    command = Command(request.command_id, "register_customer", {"facts": to_plain(facts)})
    return _registered(run_command(desk, command, act), facts, desk)


def update_customer(request: UpdateCustomer, desk: "Desk") -> CustomerRegistered:
    """Change a customer's facts.

    Raises:
        Refused: as `register_customer`, or name, birth date or PAN differ from what is on record:
            those take two people (`propose_correction`).
        VersionConflict: somebody changed the customer meanwhile.
        NotFound: the branch has no such customer.
    """
    person = permit(desk, Act.REGISTER_CUSTOMER)
    facts, stamp, rulebook = request.facts, _stamp(desk), desk.rulebook()

    def act(book: "UnitOfWork") -> Done:
        stored = book.customers.get(stamp.branch_id, request.customer_id)
        _refuse_faults(check_customer(facts, stamp.today, kept_numbers(stored)))
        numbers = numbers_of(facts)
        customer = filled(stored, facts, stamp, _ids(facts, desk))
        _refuse_faults(two_person_faults(book, stored, customer, numbers.pan_number))
        customer = with_kyc(customer, numbers, rulebook, stamp.today)
        with _PanGuard():
            version = book.customers.update(
                NewCustomer(customer, numbers, facts.gender), request.version
            )
        after = book.customers.get(stamp.branch_id, request.customer_id)
        history = changes_between(stored, after, person, desk)
        book.corrections.add_many(stamp.branch_id, history)
        return _done(customer, version)

    payload = {
        "customer_id": str(request.customer_id),
        "version": request.version,
        "facts": to_plain(facts),
    }
    command = Command(request.command_id, "update_customer", payload)
    return _registered(run_command(desk, command, act), facts, desk)


class _PanGuard:
    """Turns the book's refusal of a PAN into a field error that names the existing record."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DuplicatePan):
            sentence = f"{error.sentence}: open that record"
            raise Refused(RefusalKind.BAD_INPUT, sentence, {"pan_number": sentence}) from error


def _refuse_faults(faults: dict[str, str]) -> None:
    if faults:
        raise bad_input(faults)


def _ids(facts: CustomerFacts, desk: "Desk") -> tuple[UUID, ...]:
    return tuple(new_id(desk) for _ in facts.obligations)


def _stamp(desk: "Desk") -> Stamp:
    person = desk.person()
    return Stamp(person.branch_id, person.user_id, desk.clock.now(), desk.clock.today())


def _done(customer: Customer, version: int) -> Done:
    answer: Answer = {
        "customer_id": str(customer.customer_id),
        "reference": customer.reference,
        "version": version,
        "kyc_status": customer.kyc_status.value,
    }
    details = {"version": version, "kyc_status": customer.kyc_status.value}
    return Done(answer, "customer", customer.customer_id, details)


def _registered(answer: Answer, facts: CustomerFacts, desk: "Desk") -> CustomerRegistered:
    customer_id = UUID(str(answer["customer_id"]))
    probe = SimilarProbe(
        phone=check_mobile(facts.phone).value,
        full_name=facts.full_name or None,
        date_of_birth=facts.date_of_birth,
        exclude_id=customer_id,
    )
    with desk.read_book() as book:
        duplicates = book.customers.similar(desk.person().branch_id, probe)
    return CustomerRegistered(
        customer_id=customer_id,
        reference=str(answer["reference"]),
        version=int(str(answer["version"])),
        kyc_status=KycStatus(str(answer["kyc_status"])),
        duplicates=duplicates,
    )
