"""Who may be the same person: PAN and phone exactly, a name with its birth date nearby."""

import difflib
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, or_, select

from db.identifiers import format_reference
from db.records.lists import SimilarCustomer
from db.records.people import SimilarProbe
from db.repositories.identity_columns import search_name
from db.repositories.session import Session
from db.security.blind_index import blind_index
from db.tables.customers import customers

_NEAR = timedelta(days=366)
_ALIKE = 0.8
_MOST = 20
_MOST_CANDIDATES = 500
_ORDER = ("pan_number", "phone", "full_name")


def id_by_pan(session: Session, branch_id: int, pan_number: str) -> UUID | None:
    """Find the customer of a PAN by its blind index."""
    row = session.first(
        select(customers.c.customer_id).where(
            customers.c.branch_id == branch_id,
            customers.c.pan_index == blind_index(session.keys, "pan", pan_number),
        )
    )
    return row["customer_id"] if row else None


def similar_customers(
    session: Session, branch_id: int, probe: SimilarProbe
) -> tuple[SimilarCustomer, ...]:
    """Return at most twenty, each once by its surest match, in one statement."""
    conditions = []
    if probe.pan_number:
        index = blind_index(session.keys, "pan", probe.pan_number)
        conditions.append(customers.c.pan_index == index)
    if probe.phone:
        conditions.append(customers.c.phone == probe.phone)
    if probe.full_name and search_name(probe.full_name):
        conditions.append(_near_name(probe))
    if not conditions:
        return ()
    query = select(customers).where(customers.c.branch_id == branch_id, or_(*conditions))
    if probe.exclude_id is not None:
        query = query.where(customers.c.customer_id != probe.exclude_id)
    rows = session.rows(query.order_by(customers.c.search_name).limit(_MOST_CANDIDATES))
    matched = [(match, row) for row in rows if (match := _match(session, probe, row))]
    matched.sort(key=lambda pair: _ORDER.index(pair[0]))
    return tuple(_similar(match, row) for match, row in matched[:_MOST])


def _near_name(probe: SimilarProbe) -> ColumnElement[bool]:
    if probe.date_of_birth is None:
        return customers.c.search_name == search_name(probe.full_name or "")
    born = probe.date_of_birth
    return customers.c.date_of_birth.between(born - _NEAR, born + _NEAR)


def _match(session: Session, probe: SimilarProbe, row: RowMapping) -> str | None:
    if probe.pan_number and row["pan_index"] == blind_index(session.keys, "pan", probe.pan_number):
        return "pan_number"
    if probe.phone and row["phone"] == probe.phone:
        return "phone"
    name = search_name(probe.full_name or "")
    alike = difflib.SequenceMatcher(None, _sorted(name), _sorted(row["search_name"])).ratio()
    return "full_name" if name and alike >= _ALIKE else None


def _sorted(name: str) -> str:
    """Words in one order, so that swapped first and last names still look alike."""
    return " ".join(sorted(name.split()))


def _similar(match: str, row: RowMapping) -> SimilarCustomer:
    return SimilarCustomer(
        customer_id=row["customer_id"],
        reference=format_reference("C", row["number"]),
        full_name=row["full_name"],
        date_of_birth=row["date_of_birth"],
        city=row["city"],
        match=match,
    )
