"""A customer's facts with where each comes from, what was corrected, and what waits.

Source: screens.md S21 and F10: source, document, checked by, date. A fact seen on a paper is
checked; one that was told is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.bank_time import bank_day
from app.rules.permissions import Act
from app.services.steps.check_identity_numbers import check_pan
from app.services.steps.fact_fields import FACT_FIELDS, PAN, FactField, FactSection, stored_text
from app.services.steps.permission import permit
from db.records.customer_life import FactCorrection
from db.records.people import Customer
from db.vocabulary.operations import RuleState
from db.vocabulary.people import FactSource

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ProfileFact:
    """One fact as it stands.

    Attributes:
        value: stored text form; identity numbers as masks; None = not known.
        correctable: it can be corrected alone; the others are changed in the form.
        checked_by: who saw the paper, empty while nobody did.
        on: the day the fact came on record, None when the books do not say.
        waiting: the correction a second person has to decide.
        history: corrections that were decided or done, newest first.
    """

    name: str
    section: FactSection
    value: str | None = field(repr=False)
    source: FactSource
    two_persons: bool
    correctable: bool
    document: str = ""
    checked_by: str = ""
    on: date | None = None
    waiting: FactCorrection | None = None
    history: tuple[FactCorrection, ...] = ()

    @property
    def checked(self) -> bool:
        """Whether a person saw it on a paper."""
        return bool(self.checked_by) and self.value is not None


@dataclass(frozen=True, slots=True)
class CustomerProfile:
    """The Profile. `names` gives the name of a staff id that stands in a correction."""

    customer: Customer
    facts: tuple[ProfileFact, ...]
    names: Mapping[str, str]


def read_customer_profile(customer_id: UUID, desk: "Desk") -> CustomerProfile:
    """Read every fact of a customer.

    Raises:
        Refused: the person may not read customers.
        NotFound: the branch has no such customer.
    """
    branch_id = permit(desk, Act.READ_CUSTOMERS).branch_id
    with desk.read_book() as book:
        customer = book.customers.get(branch_id, customer_id)
        corrections = [
            _masked(each) for each in book.corrections.of_customer(branch_id, customer_id)
        ]
        names = _names(book, corrections)
    facts = tuple(_fact(fact, customer, corrections, names) for fact in FACT_FIELDS)
    return CustomerProfile(customer, facts, names)


def _fact(
    fact: FactField,
    customer: Customer,
    corrections: Sequence[FactCorrection],
    names: Mapping[str, str],
) -> ProfileFact:
    own = [each for each in corrections if each.fact == fact.name]
    done = next((each for each in own if each.state is RuleState.APPROVED), None)
    plain = ProfileFact(
        name=fact.name,
        section=fact.section,
        value=stored_text(fact, customer),
        source=FactSource.BUREAU if fact.section is FactSection.BUREAU else FactSource.TOLD,
        two_persons=fact.two_persons,
        correctable=bool(fact.typed),
        on=_on_record_since(fact, customer),
        waiting=next((each for each in own if each.state is RuleState.PROPOSED), None),
        history=tuple(each for each in own if each.state is not RuleState.PROPOSED),
    )
    if done is None:
        return plain
    seen = done.source is FactSource.DOCUMENT
    who = done.decided_by or done.proposed_by
    return replace(
        plain,
        source=done.source,
        document=done.document,
        checked_by=names.get(who, who) if seen else "",
        on=bank_day(done.decided_at or done.proposed_at),
    )


def _on_record_since(fact: FactField, customer: Customer) -> date | None:
    if fact.section is FactSection.BUREAU:
        return customer.bureau.report_date
    return None if customer.import_id is not None else bank_day(customer.created_at)


def _masked(correction: FactCorrection) -> FactCorrection:
    """A correction as it may be shown: a PAN by its mask."""
    if correction.fact != PAN:
        return correction
    old, new = (
        None if value is None else check_pan(value).masked or value
        for value in (correction.old_value, correction.new_value)
    )
    return replace(correction, old_value=old, new_value=new)


def _names(book: "UnitOfWork", corrections: Sequence[FactCorrection]) -> dict[str, str]:
    staff = {each.proposed_by for each in corrections}
    staff |= {each.decided_by for each in corrections if each.decided_by is not None}
    found = {each: book.users.by_staff_id(each) for each in staff}
    return {each: each if user is None else user.full_name for each, user in found.items()}
