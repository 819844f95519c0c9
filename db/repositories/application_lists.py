"""The applications list, to-do and counts: one statement each."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, select

from db.identifiers import format_reference
from db.records.lists import ApplicationFilter, ApplicationRow, Page, Viewer
from db.records.refusals import BadCursor
from db.repositories.keyset_paging import Ordering, count_of, keys_every
from db.repositories.list_reading import RowReader, read_page
from db.repositories.name_search import Found
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
_READER = RowReader(
    ApplicationRow,
    {"reference": lambda number: format_reference("A", number), "imported": bool},
)
_PHONE_DIGITS = 10


def find(
    session: Session, viewer: Viewer, wanted: ApplicationFilter, place: tuple[int, str | None]
) -> Page[ApplicationRow]:
    """Read one page; `place` is the limit and the cursor before it."""
    (limit, after), values = place, _values(viewer, wanted)
    ordering = _ordering(wanted.sort, descending=wanted.descending)
    statement = _statement((wanted.sort, wanted.descending), tuple(values), after is not None)
    if wanted.search.strip():
        found = _matches(session, viewer.branch_id, wanted.search)
        statement, values = statement.where(found.condition), values | found.values
    if after is not None:
        values |= ordering.place_values(after)
    values |= {"branch": viewer.branch_id, "most": limit + 1}
    return read_page(session, _READER, statement, ordering, values)


def count(session: Session, viewer: Viewer, wanted: ApplicationFilter) -> int:
    """Count the filtered list."""
    return count_of(session, _filtered(session, viewer, wanted))


def keys(session: Session, viewer: Viewer, wanted: ApplicationFilter, step: int) -> tuple[str, ...]:
    """Return every `step`-th cursor of the filtered list."""
    ordering = _ordering(wanted.sort, descending=wanted.descending)
    return keys_every(session, _filtered(session, viewer, wanted), ordering, step)


def of_customer(session: Session, branch_id: int, customer_id: UUID) -> tuple[ApplicationRow, ...]:
    """Return all applications of a customer, newest first."""
    newest = (applications.c.application_date.desc(), applications.c.application_id.desc())
    query = _joined().where(applications.c.customer_id == bindparam("customer"))
    values = {"branch": branch_id, "customer": customer_id}
    return tuple(_READER.read(session, query.order_by(*newest), values))


def to_do(
    session: Session, viewer: Viewer, statuses: Sequence[ApplicationStatus], limit: int
) -> tuple[ApplicationRow, ...]:
    """Return the viewer's own applications in those statuses, in that order, oldest first.

    Without a user the whole branch's are returned.
    """
    if not statuses:
        return ()
    query = _joined().where(applications.c.status.in_(statuses))
    if viewer.user_id is not None:
        query = query.where(applications.c.officer_id == viewer.user_id)
    rank = case(
        *((applications.c.status == status, place) for place, status in enumerate(statuses))
    )
    ordered = query.order_by(rank, applications.c.status_since, applications.c.application_id)
    return tuple(_READER.read(session, ordered.limit(limit), {"branch": viewer.branch_id}))


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


def _ordering(sort: str, *, descending: bool) -> Ordering:
    column = SORTS.get(sort)
    if column is None:
        raise BadCursor
    return Ordering(sort, column, applications.c.application_id, descending)


def _values(viewer: Viewer, wanted: ApplicationFilter) -> dict[str, object]:
    """The filters that are set, by column; "mine" asks for what the viewer entered."""
    found = {
        "status": wanted.status,
        "loan_purpose": wanted.purpose,
        "customer_id": wanted.customer_id,
        "officer_id": viewer.user_id if wanted.scope is Scope.MINE else None,
    }
    return {name: value for name, value in found.items() if value is not None}


@lru_cache(maxsize=256)
def _statement(sort: tuple[str, bool], filters: tuple[str, ...], later: bool) -> "Select[Any]":  # noqa: FBT001  # a part of the key under which it is kept
    """The statement of a page: built once for each set of filters, its values bound."""
    ordering = _ordering(sort[0], descending=sort[1])
    query = _joined().add_columns(*ordering.columns())
    query = query.where(*(applications.c[name] == bindparam(name) for name in filters))
    if later:
        query = query.where(ordering.beyond())
    return query.order_by(*ordering.order_by()).limit(bindparam("most"))


def _filtered(session: Session, viewer: Viewer, wanted: ApplicationFilter) -> "Select[Any]":
    values = _values(viewer, wanted)
    query = _joined().where(*(applications.c[name] == bindparam(name) for name in values))
    if wanted.search.strip():
        found = _matches(session, viewer.branch_id, wanted.search)
        query, values = query.where(found.condition), values | found.values
    return query.params(values | {"branch": viewer.branch_id})


def _joined() -> "Select[Any]":
    """What an ApplicationRow is made of; officers and scores may be missing, customers never."""
    own, score = applications.c, assessments.c
    columns = [
        own.application_id,
        own.number,
        own.customer_id,
        customers.c.full_name,
        *(own[name] for name in ("loan_purpose", "product_code", "amount_paise")),
        *(own[name] for name in ("tenure_months", "rate_ppm", "status", "status_since")),
        own.application_date,
        func.coalesce(users.c.full_name, ""),
        *(score[name] for name in ("credit_score_hundredths", "risk_probability", "risk_level")),
        own.import_id.is_not(None),
    ]
    same_customer = and_(
        customers.c.branch_id == own.branch_id, customers.c.customer_id == own.customer_id
    )
    newest_score = and_(score.branch_id == own.branch_id, score.assessment_id == own.assessment_id)
    tables = (
        applications.join(customers, same_customer)
        .outerjoin(assessments, newest_score)
        .outerjoin(users, users.c.user_id == own.officer_id)
    )
    return select(*columns).select_from(tables).where(own.branch_id == bindparam("branch"))


def _matches(session: Session, branch_id: int, search: str) -> Found:
    """The customer's terms; a plain number or A-reference is the application's own."""
    plain = search.strip().upper().removeprefix("A-")
    if plain.isdecimal() and plain.isascii() and len(plain) < _PHONE_DIGITS:
        return Found(applications.c.number == int(plain), {})
    return customer_matches(session, branch_id, search)
