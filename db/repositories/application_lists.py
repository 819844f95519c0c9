"""The applications list, to-do and counts: one statement each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, and_, case, func, select

from db.identifiers import format_reference
from db.records.lists import ApplicationFilter, ApplicationRow, Page, Viewer
from db.records.refusals import BadCursor
from db.repositories.keyset_paging import Ordering, count_of, keys_every, page_of
from db.repositories.search_terms import customer_matches
from db.repositories.session import Session
from db.tables.applications import applications, assessments
from db.tables.customers import customers
from db.tables.reference import users
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import Scope

_UNSCORED = -1  # sorts below every score; never shown
SORTS: dict[str, ColumnElement[Any]] = {
    "application_date": applications.c.application_date,
    "reference": applications.c.number,
    "amount_paise": applications.c.amount_paise,
    "status_since": applications.c.status_since,
    "full_name": customers.c.search_name,
    "credit_score": func.coalesce(assessments.c.credit_score_hundredths, _UNSCORED),
}
_OWN_NAMES = [
    "application_id",
    "customer_id",
    "loan_purpose",
    "product_code",
    "amount_paise",
    "tenure_months",
    "rate_ppm",
    "status",
    "status_since",
    "application_date",
]
_SCORE_NAMES = ["credit_score_hundredths", "risk_probability", "risk_level"]


def find(
    session: Session, viewer: Viewer, wanted: ApplicationFilter, place: tuple[int, str | None]
) -> Page[ApplicationRow]:
    """Read one page; `place` is the limit and the cursor before it."""
    query = _filtered(session, viewer, wanted)
    rows, following = page_of(session, query, _ordering(wanted), *place)
    return Page(tuple(_row(row) for row in rows), following)


def count(session: Session, viewer: Viewer, wanted: ApplicationFilter) -> int:
    """Count the filtered list."""
    return count_of(session, _filtered(session, viewer, wanted))


def keys(session: Session, viewer: Viewer, wanted: ApplicationFilter, step: int) -> tuple[str, ...]:
    """Return every `step`-th cursor of the filtered list."""
    return keys_every(session, _filtered(session, viewer, wanted), _ordering(wanted), step)


def of_customer(session: Session, branch_id: int, customer_id: UUID) -> tuple[ApplicationRow, ...]:
    """Return all applications of a customer, newest first."""
    query = _joined(branch_id).where(applications.c.customer_id == customer_id)
    newest = (applications.c.application_date.desc(), applications.c.application_id.desc())
    return tuple(_row(row) for row in session.rows(query.order_by(*newest)))


def to_do(
    session: Session, viewer: Viewer, statuses: Sequence[ApplicationStatus], limit: int
) -> tuple[ApplicationRow, ...]:
    """Return the viewer's own applications in those statuses, in that order, oldest first.

    Without a user the whole branch's are returned.
    """
    if not statuses:
        return ()
    query = _joined(viewer.branch_id).where(applications.c.status.in_(statuses))
    if viewer.user_id is not None:
        query = query.where(applications.c.officer_id == viewer.user_id)
    rank = case(
        *((applications.c.status == status, place) for place, status in enumerate(statuses))
    )
    ordered = query.order_by(rank, applications.c.status_since, applications.c.application_id)
    return tuple(_row(row) for row in session.rows(ordered.limit(limit)))


def counts_by_status(
    session: Session, viewer: Viewer, *, mine: bool
) -> dict[ApplicationStatus, int]:
    """Count applications by status; statuses without any are left out."""
    query = select(applications.c.status, func.count().label("count")).where(
        applications.c.branch_id == viewer.branch_id
    )
    if mine and viewer.user_id is not None:
        query = query.where(applications.c.officer_id == viewer.user_id)
    rows = session.rows(query.group_by(applications.c.status))
    return {row["status"]: row["count"] for row in rows}


def _ordering(wanted: ApplicationFilter) -> Ordering:
    column = SORTS.get(wanted.sort)
    if column is None:
        raise BadCursor
    return Ordering(wanted.sort, column, applications.c.application_id, wanted.descending)


def _joined(branch_id: int) -> "Select[Any]":
    """The list's columns; officers and scores may be missing, customers never are."""
    columns = [
        *(applications.c[name] for name in _OWN_NAMES),
        *(assessments.c[name] for name in _SCORE_NAMES),
        applications.c.number,
        applications.c.import_id,
        customers.c.full_name,
        users.c.full_name.label("officer_name"),
    ]
    tables = (
        applications.join(
            customers,
            and_(
                customers.c.branch_id == applications.c.branch_id,
                customers.c.customer_id == applications.c.customer_id,
            ),
        )
        .outerjoin(
            assessments,
            and_(
                assessments.c.branch_id == applications.c.branch_id,
                assessments.c.assessment_id == applications.c.assessment_id,
            ),
        )
        .outerjoin(users, users.c.user_id == applications.c.officer_id)
    )
    return select(*columns).select_from(tables).where(applications.c.branch_id == branch_id)


def _filtered(session: Session, viewer: Viewer, wanted: ApplicationFilter) -> "Select[Any]":
    query = _joined(viewer.branch_id)
    for column, value in (
        (applications.c.status, wanted.status),
        (applications.c.loan_purpose, wanted.purpose),
        (applications.c.customer_id, wanted.customer_id),
        (applications.c.officer_id, viewer.user_id if wanted.scope is Scope.MINE else None),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.search.strip():
        query = query.where(_matches(session, wanted.search))
    return query


def _matches(session: Session, search: str) -> ColumnElement[bool]:
    """The customer's terms; a plain number or A-reference is the application's own."""
    plain = search.strip().upper().removeprefix("A-")
    if plain.isdecimal() and plain.isascii() and len(plain) < len("9876543210"):
        return applications.c.number == int(plain)
    return customer_matches(session.keys, search)


def _row(row: RowMapping) -> ApplicationRow:
    return ApplicationRow(
        reference=format_reference("A", row["number"]),
        full_name=row["full_name"],
        officer_name=row["officer_name"] or "",
        imported=row["import_id"] is not None,
        **{name: row[name] for name in (*_OWN_NAMES, *_SCORE_NAMES)},
    )
