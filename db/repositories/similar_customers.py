"""Who may be the same person: PAN and phone exactly, the name nearly, with a birth date nearby."""

import difflib
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, select, union_all

from db.identifiers import format_reference
from db.records.lists import SimilarCustomer
from db.records.people import SimilarProbe
from db.repositories.identity_columns import search_name
from db.repositories.near_names import near_named, near_words
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
    """Return at most twenty, each once by its surest match: one statement, and one a word typed."""
    own, who = customers.c.branch_id == branch_id, select(customers.c.customer_id)
    found = []
    if probe.pan_number:
        index = blind_index(session.keys, "pan", probe.pan_number)
        found.append(who.where(own, customers.c.pan_index == index))
    if probe.phone:
        found.append(who.where(own, customers.c.phone == probe.phone))
    named = _near_name(session, branch_id, probe) if probe.full_name else None
    if named is not None:
        found.append(who.where(own, named))
    if not found:
        return ()
    # Each way by its own index; an OR of them would read the whole branch.
    anyone = union_all(*found).subquery()
    query = select(customers).where(own, customers.c.customer_id.in_(select(anyone)))
    if probe.exclude_id is not None:
        query = query.where(customers.c.customer_id != probe.exclude_id)
    rows = session.rows(query.order_by(customers.c.search_name).limit(_MOST_CANDIDATES))
    matched = [(match, row) for row in rows if (match := _match(session, probe, row))]
    matched.sort(key=lambda pair: _ORDER.index(pair[0]))
    return tuple(_similar(match, row) for match, row in matched[:_MOST])


def _near_name(session: Session, branch_id: int, probe: SimilarProbe) -> ColumnElement[bool] | None:
    """Every word typed nearly stands in the name; near a birth date one word is enough."""
    words = search_name(probe.full_name or "").split()
    groups = [near for word in words if (near := near_words(session, branch_id, word))]
    if not groups:
        return customers.c.search_name == " ".join(words) if words else None
    if probe.date_of_birth is None:
        named = near_named(branch_id, groups) if len(groups) == len(words) else None
        return None if named is None else customers.c.customer_id.in_(named)
    born = probe.date_of_birth
    any_word = tuple(dict.fromkeys(word for group in groups for word in group))
    return and_(
        customers.c.date_of_birth.between(born - _NEAR, born + _NEAR),
        customers.c.customer_id.in_(near_named(branch_id, [any_word])),
    )


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
