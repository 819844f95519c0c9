"""The loans list: filtered and paged by number, one statement a page."""

from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, select

from db.identifiers import format_reference
from db.records.lists import LoanFilter, LoanRow, Viewer
from db.repositories.keyset_paging import Ordering
from db.repositories.search_terms import customer_matches
from db.repositories.session import Session
from db.tables.customers import customers
from db.tables.loans import loans

ORDER = Ordering("reference", loans.c.number, loans.c.loan_id, descending=False)
_NAMES = (
    "loan_id",
    "customer_id",
    "application_id",
    "principal_paise",
    "outstanding_paise",
    "overdue_paise",
    "emi_paise",
    "rate_ppm",
    "tenure_months",
    "disbursement_date",
    "next_due_date",
    "oldest_unpaid_due",
    "status",
    "asset_class",
)
_PHONE_DIGITS = 10


def filtered(session: Session, viewer: Viewer, wanted: LoanFilter) -> "Select[Any]":
    """Return the list's query, without order and limit."""
    query = joined().where(loans.c.branch_id == viewer.branch_id)
    if wanted.asset_class is not None:
        query = query.where(loans.c.asset_class == wanted.asset_class)
    if wanted.customer_id is not None:
        query = query.where(loans.c.customer_id == wanted.customer_id)
    if wanted.search.strip():
        query = query.where(_matches(session, wanted.search))
    return query


def joined() -> "Select[Any]":
    """The list's columns, with the customer's name."""
    names = [loans.c[name] for name in _NAMES]
    same_customer = and_(
        customers.c.branch_id == loans.c.branch_id,
        customers.c.customer_id == loans.c.customer_id,
    )
    return select(*names, loans.c.number, customers.c.full_name).join_from(
        loans, customers, same_customer
    )


def row_of(row: RowMapping) -> LoanRow:
    """Build one line of the list."""
    return LoanRow(
        reference=format_reference("L", row["number"]),
        full_name=row["full_name"],
        **{name: row[name] for name in _NAMES},
    )


def _matches(session: Session, search: str) -> ColumnElement[bool]:
    """The customer's terms; a plain number or L-reference is the loan's own."""
    plain = search.strip().upper().removeprefix("L-")
    if plain.isdecimal() and plain.isascii() and len(plain) < _PHONE_DIGITS:
        return loans.c.number == int(plain)
    return customer_matches(session.keys, search)
