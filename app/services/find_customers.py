"""The customers list, its count, people who may be the same, and the shell's find box.

Source: screens.md S20, G3 (pages by key, one count per filter change) and A2.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from app.rules.money import rupees_shown
from app.rules.permissions import Act
from app.services.steps.book_person import viewer_of
from app.services.steps.check_identity_numbers import check_mobile, check_personal_pan
from app.services.steps.permission import permit
from db.records.lists import (
    ApplicationFilter,
    CustomerFilter,
    CustomerRow,
    LoanFilter,
    LoanRow,
    Page,
    SimilarCustomer,
)
from db.records.people import SimilarProbe

if TYPE_CHECKING:
    from app.services.steps.desk import Desk

KEY_STEP = 500
QUICK_HITS = 5


@dataclass(frozen=True, slots=True)
class FindCustomers:
    """One page of the list. `after` is the `next` of the page before."""

    filter: CustomerFilter = CustomerFilter()  # noqa: RUF009  # frozen, so one default serves all
    limit: int = KEY_STEP
    after: str | None = None


@dataclass(frozen=True, slots=True)
class CustomersFound:
    """A page and when it was read; where nobody is found, the name that may have been meant."""

    page: Page[CustomerRow]
    as_of: datetime
    suggestion: str | None = None

    @property
    def rows(self) -> tuple[CustomerRow, ...]:
        """The rows of the page."""
        return self.page.rows

    @property
    def next(self) -> str | None:
        """The key after which the next page begins; None at the end."""
        return self.page.next


@dataclass(frozen=True, slots=True)
class CustomersCounted:
    """How many there are, and the cursor after every 500th row."""

    total: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarSearch:
    """What has been typed so far of a person who may be known already."""

    pan_number: str | None = field(default=None, repr=False)
    phone: str | None = None
    full_name: str | None = None
    date_of_birth: date | None = None
    exclude_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class QuickHit:
    """One line of the find box; `kind` is customer, application or loan."""

    kind: str
    id: UUID
    reference: str
    title: str
    detail: str


def find_customers(request: FindCustomers, desk: "Desk") -> CustomersFound:
    """One page of the customers list.

    Raises:
        Refused: the person may not read customers.
        BadCursor: `after` belongs to another sort.
    """
    permit(desk, Act.READ_CUSTOMERS)
    viewer, search = viewer_of(desk), request.filter.search
    with desk.read_book() as book:
        page = book.customers.find(viewer, request.filter, request.limit, request.after)
        nobody = not page.rows and request.after is None
        meant = book.customers.suggested_name(viewer.branch_id, search) if nobody else None
    return CustomersFound(page, desk.clock.now(), meant)


def count_customers(wanted: CustomerFilter, desk: "Desk") -> CustomersCounted:
    """Count the filtered list once and keep every 500th key."""
    permit(desk, Act.READ_CUSTOMERS)
    viewer = viewer_of(desk)
    with desk.read_book() as book:
        total = book.customers.count(viewer, wanted)
        keys = book.customers.keys_every(viewer, wanted, KEY_STEP) if total > KEY_STEP else ()
    return CustomersCounted(total, keys)


def find_similar(search: SimilarSearch, desk: "Desk") -> tuple[SimilarCustomer, ...]:
    """Customers who may be this person, the surest first; half-typed numbers find nobody."""
    person = permit(desk, Act.READ_CUSTOMERS)
    probe = SimilarProbe(
        pan_number=check_personal_pan(search.pan_number or "").value,
        phone=check_mobile(search.phone or "").value,
        full_name=search.full_name,
        date_of_birth=search.date_of_birth,
        exclude_id=search.exclude_id,
    )
    with desk.read_book() as book:
        return book.customers.similar(person.branch_id, probe)


def customer_id_of(key: UUID | str, desk: "Desk") -> UUID:
    """The id of a customer named by id or reference.

    Raises:
        NotFound: the branch has no such customer.
    """
    person = permit(desk, Act.READ_CUSTOMERS)
    with desk.read_book() as book:
        if isinstance(key, UUID):
            return book.customers.get(person.branch_id, key).customer_id
        return book.customers.by_reference(person.branch_id, key).customer_id


def quick_find(text: str, desk: "Desk") -> tuple[QuickHit, ...]:
    """The first few customers, applications and loans that a typed text may mean.

    A record whose number was typed comes first; of bare digits that is the loan, and after it one
    whose number ends in them (screens.md C).
    """
    permit(desk, Act.READ_CUSTOMERS)
    viewer, plain = viewer_of(desk), text.strip()
    if not plain:
        return ()
    with desk.read_book() as book:
        customers = book.customers.find(viewer, CustomerFilter(search=plain), QUICK_HITS)
        applications = book.applications.find(viewer, ApplicationFilter(search=plain), QUICK_HITS)
        loans = book.loans.find(viewer, LoanFilter(search=plain), QUICK_HITS)
    hits = (
        *(
            QuickHit("customer", row.customer_id, row.reference, row.full_name, row.city)
            for row in customers.rows
        ),
        *(
            QuickHit(
                "application",
                each.application_id,
                each.reference,
                each.full_name,
                f"{each.loan_purpose}, {rupees_shown(each.amount_paise)}, {each.status}",
            )
            for each in applications.rows
        ),
        *map(_loan_hit, loans.rows),
    )
    return tuple(sorted(hits, key=lambda hit: _distance(plain.upper(), hit)))


def _loan_hit(loan: LoanRow) -> QuickHit:
    detail = f"{rupees_shown(loan.outstanding_paise)} outstanding, {loan.asset_class}"
    return QuickHit("loan", loan.loan_id, loan.reference, loan.full_name, detail)


def _distance(typed: str, hit: QuickHit) -> int:
    """0 for the record with the typed number, 1 for a loan whose number ends in it, else 2."""
    loan = hit.kind == "loan"
    if typed == hit.reference or (loan and f"L-{typed}" == hit.reference):
        return 0
    return 1 if loan and typed.isdecimal() and hit.reference.endswith(typed) else 2
