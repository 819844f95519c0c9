"""The applications and the loans of one customer, each for its own tab.

Source: screens.md S21.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.days_past_due import days_past_due
from app.rules.permissions import Act
from app.services.steps.closed_day import counted_to
from app.services.steps.permission import permit
from db.records.lists import ApplicationRow, LoanRow

if TYPE_CHECKING:
    from app.services.steps.desk import Desk


@dataclass(frozen=True, slots=True)
class LoanStanding:
    """A loan and how many days its oldest due is late at the last day-end."""

    loan: LoanRow
    days_late: int


def customer_applications(customer_id: UUID, desk: "Desk") -> tuple[ApplicationRow, ...]:
    """Every application of a customer, newest first.

    Raises:
        Refused: the person may not read applications.
        NotFound: the branch has no such customer.
    """
    permit(desk, Act.READ_CUSTOMERS)
    branch_id = permit(desk, Act.READ_APPLICATIONS).branch_id
    with desk.read_book() as book:
        book.customers.get(branch_id, customer_id)
        rows = book.applications.of_customer(branch_id, customer_id)
    return tuple(sorted(rows, key=lambda row: (row.application_date, row.reference), reverse=True))


def customer_loans(customer_id: UUID, desk: "Desk") -> tuple[LoanStanding, ...]:
    """Every loan of a customer by number, with its days late by the rules in force.

    Raises:
        Refused: the person may not read loans.
        NotFound: the branch has no such customer.
    """
    permit(desk, Act.READ_CUSTOMERS)
    branch_id = permit(desk, Act.READ_LOANS).branch_id
    rulebook, today = desk.rulebook(), desk.clock.today()
    with desk.read_book() as book:
        book.customers.get(branch_id, customer_id)
        rows = book.loans.of_customer(branch_id, customer_id)
        day_end = counted_to(book, branch_id, today)
    return tuple(
        LoanStanding(row, days_past_due(row.oldest_unpaid_due, day_end, rulebook)) for row in rows
    )
