"""The customers list: filtered, sorted and paged in SQL, one statement a page."""

from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, exists, func, literal, select

from db.identifiers import format_reference
from db.records.lists import CustomerFilter, CustomerRow, Page, Viewer
from db.records.refusals import BadCursor
from db.repositories.keyset_paging import Ordering, count_of, keys_every, page_of
from db.repositories.search_terms import customer_matches, names_few
from db.repositories.session import Session
from db.tables.customers import customers
from db.tables.loans import loans
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Scope

SORTS: dict[str, ColumnElement[Any]] = {
    "full_name": customers.c.search_name,
    "reference": customers.c.number,
    "city": customers.c.city,
    "created_at": customers.c.created_at,
}
OPEN_STATUSES = (LoanStatus.ACTIVE, LoanStatus.DEFAULTED)


def find(
    session: Session, viewer: Viewer, wanted: CustomerFilter, place: tuple[int, str | None]
) -> Page[CustomerRow]:
    """Read one page; `place` is the limit and the cursor before it."""
    query = _filtered(session, viewer, wanted).add_columns(*_loan_sums())
    rows, following = page_of(session, query, _ordering(wanted), *place)
    return Page(tuple(_row(row) for row in rows), following)


def count(session: Session, viewer: Viewer, wanted: CustomerFilter) -> int:
    """Count the filtered list."""
    return count_of(session, _filtered(session, viewer, wanted))


def keys(session: Session, viewer: Viewer, wanted: CustomerFilter, step: int) -> tuple[str, ...]:
    """Return every `step`-th cursor of the filtered list."""
    return keys_every(session, _filtered(session, viewer, wanted), _ordering(wanted), step)


def _ordering(wanted: CustomerFilter) -> Ordering:
    column = SORTS.get(wanted.sort)
    if column is None:
        raise BadCursor
    if names_few(wanted.search):
        # An expression keeps SQLite from walking the whole sort index for a handful of rows.
        column = func.coalesce(column, column)
    return Ordering(wanted.sort, column, customers.c.customer_id, wanted.descending)


def _filtered(session: Session, viewer: Viewer, wanted: CustomerFilter) -> "Select[Any]":
    query = select(*_columns()).where(customers.c.branch_id == viewer.branch_id)
    for column, value in (
        (customers.c.kyc_status, wanted.kyc_status),
        (customers.c.city, wanted.city),
        (customers.c.segment, wanted.segment),
        (customers.c.officer_id, viewer.user_id if wanted.scope is Scope.MINE else None),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.search.strip():
        query = query.where(customer_matches(session.keys, wanted.search))
    if wanted.overdue is not None:
        late = exists().where(_own_open_loans(), loans.c.oldest_unpaid_due <= viewer.today)
        query = query.where(late if wanted.overdue else ~late)
    return query


def _columns() -> list[ColumnElement[Any]]:
    names = "customer_id number full_name phone email city state segment kyc_status created_at"
    return [customers.c[name] for name in names.split()]


def _own_open_loans() -> ColumnElement[bool]:
    return and_(
        loans.c.branch_id == customers.c.branch_id,
        loans.c.customer_id == customers.c.customer_id,
        loans.c.status.in_(OPEN_STATUSES),
    )


def _loan_sums() -> list[ColumnElement[Any]]:
    """Sums over the few loans of each row shown: index look-ups inside the one statement."""
    own = _own_open_loans()
    parts = (
        (func.count(), "active_loans"),
        (func.coalesce(func.sum(loans.c.outstanding_paise), literal(0)), "outstanding_paise"),
        (func.min(loans.c.oldest_unpaid_due), "oldest_unpaid_due"),
    )
    return [
        select(part).select_from(loans).where(own).scalar_subquery().label(name)
        for part, name in parts
    ]


def _row(row: RowMapping) -> CustomerRow:
    return CustomerRow(
        customer_id=row["customer_id"],
        reference=format_reference("C", row["number"]),
        full_name=row["full_name"],
        phone=row["phone"],
        email=row["email"],
        city=row["city"],
        state=row["state"],
        segment=row["segment"],
        kyc_status=row["kyc_status"],
        active_loans=row["active_loans"],
        outstanding_paise=int(row["outstanding_paise"]),
        oldest_unpaid_due=row["oldest_unpaid_due"],
        last_contact=None,  # contacts come with follow-up
        created_at=row["created_at"],
    )
