"""Everything the desk knows of one customer, their form for editing, and the PAN on request.

Source: screens.md S21, A9: the PAN is revealed by permission and audited; Aadhaar never is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.day_count import whole_years
from app.rules.permissions import Act
from app.services.steps.customer_facts import CustomerFacts
from app.services.steps.customer_record import facts_of
from app.services.steps.permission import permit
from app.services.steps.refusal import RefusalKind, Refused
from db.records.applications import TrailEntry
from db.records.book import AuditAct
from db.records.lists import ApplicationRow, LoanRow
from db.records.people import Customer

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """One score of the past and the model that gave it."""

    at: datetime
    score_hundredths: int
    model_id: str


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A customer with applications, loans, sums in paise, scores and history.

    Attributes:
        age: whole years today, None when the birth date is not known.
        exposure_paise: outstanding on all loans.
        sanctioned_paise: principal of all loans.
    """

    customer: Customer
    age: int | None
    applications: tuple[ApplicationRow, ...]
    loans: tuple[LoanRow, ...]
    exposure_paise: int
    sanctioned_paise: int
    overdue_paise: int
    score_history: tuple[ScorePoint, ...]
    timeline: tuple[TrailEntry, ...]


def read_customer(customer_id: UUID | str, desk: "Desk") -> CustomerView:
    """Read a customer by id or by reference.

    Raises:
        Refused: the person may not read customers.
        NotFound: the branch has no such customer.
    """
    branch_id = permit(desk, Act.READ_CUSTOMERS).branch_id
    today = desk.clock.today()
    with desk.read_book() as book:
        customer = _customer(book, branch_id, customer_id)
        applications = book.applications.of_customer(branch_id, customer.customer_id)
        loans = book.loans.of_customer(branch_id, customer.customer_id)
        scores = book.applications.scores_of_customer(branch_id, customer.customer_id)
        ids = [customer.customer_id, *(each.application_id for each in applications)]
        trail = book.audit.trail(branch_id, [*ids, *(each.loan_id for each in loans)])
    born = customer.date_of_birth
    return CustomerView(
        customer=customer,
        age=None if born is None else whole_years(born, today),
        applications=applications,
        loans=loans,
        exposure_paise=sum(each.outstanding_paise for each in loans),
        sanctioned_paise=sum(each.principal_paise for each in loans),
        overdue_paise=sum(each.overdue_paise for each in loans),
        score_history=tuple(
            ScorePoint(each.assessed_at, each.credit_score_hundredths, each.model_id)
            for each in scores
        ),
        timeline=trail,
    )


def customer_facts(customer_id: UUID, desk: "Desk") -> CustomerFacts:
    """The stored facts as the form takes them; identity numbers stay out.

    Raises:
        Refused: the person may not change customers.
        NotFound: the branch has no such customer.
    """
    branch_id = permit(desk, Act.REGISTER_CUSTOMER).branch_id
    with desk.read_book() as book:
        return facts_of(book.customers.get(branch_id, customer_id))


def reveal_pan(customer_id: UUID, desk: "Desk") -> str:
    """The full PAN, for a person who may see it; the look is audited.

    Raises:
        Refused: the person may not, or there is no PAN.
    """
    person = permit(desk, Act.REVEAL_PAN)
    with desk.open_book() as book:
        pan = book.customers.reveal_pan(person.branch_id, customer_id)
        if pan is None:
            raise Refused(RefusalKind.BAD_INPUT, "This customer has no PAN on record")
        book.audit.append(
            person.branch_id,
            AuditAct("reveal_pan", "customer", customer_id, person.staff_id, desk.clock.now(), {}),
        )
        book.commit()
    return pan


def _customer(book: "UnitOfWork", branch_id: int, customer_id: UUID | str) -> Customer:
    if isinstance(customer_id, UUID):
        return book.customers.get(branch_id, customer_id)
    return book.customers.by_reference(branch_id, customer_id)
