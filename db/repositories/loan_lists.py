"""The loans list: filtered and paged by number, one statement a page."""

from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from db.identifiers import format_reference
from db.records.lists import LoanDue, LoanFilter, LoanRow, LoanTotals, Page, Viewer
from db.repositories.closing_sql import IS_OPEN
from db.repositories.keyset_paging import Ordering
from db.repositories.lent_loans import WAS_LENT
from db.repositories.list_reading import RowReader, read_page
from db.repositories.name_search import Found
from db.repositories.search_terms import customer_matches
from db.repositories.session import Session
from db.tables.customers import customers
from db.tables.loans import loans
from db.tables.reference import users
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.people import Scope

ORDER = Ordering("reference", loans.c.number, loans.c.loan_id, descending=False)
_READER = RowReader(LoanRow, {"reference": lambda number: format_reference("L", number)})
_PHONE_DIGITS = 10
_LAST_DIGITS, _LAST = 4, 10_000


NPA = tuple(AssetClass)[tuple(AssetClass).index(AssetClass.SUB_STANDARD) :]
_WEEK = timedelta(days=6)
# Filters that are no plain equality; what they bind stands in `_values`.
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "lent": WAS_LENT,
    "npa": loans.c.asset_class.in_(NPA),
    "open": IS_OPEN,  # a loan that is over keeps its last class, and counts in none
    "overdue": loans.c.overdue_paise > 0,
    "this_week": loans.c.next_due_date.between(bindparam("week_begin"), bindparam("week_end")),
}


def find(
    session: Session, viewer: Viewer, wanted: LoanFilter, place: tuple[int, str | None]
) -> Page[LoanRow]:
    """Read one page; `place` is the limit and the cursor before it."""
    (limit, after), values = place, _values(viewer, wanted)
    statement = _statement(_names(viewer, wanted), after is not None)
    if wanted.search.strip():
        found = _matches(session, viewer.branch_id, wanted.search)
        statement, values = statement.where(found.condition), values | found.values
    if after is not None:
        values |= ORDER.place_values(after)
    values |= {"branch": viewer.branch_id, "most": limit + 1}
    return read_page(session, _READER, statement, ORDER, values)


def filtered(session: Session, viewer: Viewer, wanted: LoanFilter) -> "Select[Any]":
    """Return the list's query, without order and limit, to count, add up or place.

    Only a search asks for the customers beside the loans.
    """
    values, searched = _values(viewer, wanted), bool(wanted.search.strip())
    plain = select(loans.c.loan_id).where(loans.c.branch_id == bindparam("branch"))
    query = (_joined() if searched else plain).where(*map(_condition, _names(viewer, wanted)))
    if searched:
        found = _matches(session, viewer.branch_id, wanted.search)
        query, values = query.where(found.condition), values | found.values
    return query.params(values | {"branch": viewer.branch_id})


def totals(session: Session, viewer: Viewer, wanted: LoanFilter) -> LoanTotals:
    """Count and add up the filtered list in one statement."""
    sums = (
        func.coalesce(func.sum(column), 0)
        for column in (loans.c.principal_paise, loans.c.outstanding_paise, loans.c.overdue_paise)
    )
    query = filtered(session, viewer, wanted).with_only_columns(func.count(), *sums)
    return LoanTotals(*(int(each) for each in session.one(query)))


def of_customer(
    session: Session, branch_id: int, customer_id: UUID, shown: UUID | None
) -> tuple[LoanRow, ...]:
    """Return all loans that a customer was lent, by number, and the one that is shown."""
    listed = WAS_LENT if shown is None else or_(WAS_LENT, loans.c.loan_id == bindparam("shown"))
    query = _joined().where(loans.c.customer_id == bindparam("customer"), listed)
    values: dict[str, object] = {"branch": branch_id, "customer": customer_id}
    values |= {} if shown is None else {"shown": shown}
    return tuple(_READER.read(session, query.order_by(loans.c.number), values))


def _equal(viewer: Viewer, wanted: LoanFilter) -> dict[str, object]:
    """The filters that are equalities, by column."""
    officer = viewer.user_id if wanted.scope is Scope.MINE else wanted.officer_id
    found = {
        "asset_class": wanted.asset_class,
        "customer_id": wanted.customer_id,
        "product_code": wanted.product_code,
        "officer_id": officer,
    }
    return {name: value for name, value in found.items() if value is not None}


def _names(viewer: Viewer, wanted: LoanFilter) -> tuple[str, ...]:
    """Which filters there are, in a fixed order; by its own number any loan is found."""
    classed = wanted.npa or wanted.asset_class is not None
    special = ["open"] if classed else []
    special += [] if wanted.due is None else [wanted.due.value]
    special += [] if _is_number(wanted.search) else ["lent"]
    return (*_equal(viewer, wanted), *(["npa"] if wanted.npa else []), *special)


def _values(viewer: Viewer, wanted: LoanFilter) -> dict[str, object]:
    """What the filters bind."""
    values = _equal(viewer, wanted)
    if wanted.due is LoanDue.THIS_WEEK:
        values |= {"week_begin": viewer.today, "week_end": viewer.today + _WEEK}
    return values


def _condition(name: str) -> ColumnElement[bool]:
    return _CONDITIONS[name] if name in _CONDITIONS else loans.c[name] == bindparam(name)


@lru_cache(maxsize=64)
def _statement(filters: tuple[str, ...], later: bool) -> "Select[Any]":  # noqa: FBT001  # a part of the key under which it is kept
    """The statement of a page: built once for each set of filters, its values bound."""
    query = _joined().add_columns(*ORDER.columns())
    query = query.where(*map(_condition, filters))
    if later:
        query = query.where(ORDER.beyond())
    return query.order_by(*ORDER.order_by()).limit(bindparam("most"))


def _joined() -> "Select[Any]":
    """What a LoanRow is made of, in its order, with the customer's name."""
    other = {
        "reference": loans.c.number,
        "full_name": customers.c.full_name,
        "officer_name": func.coalesce(users.c.full_name, ""),
    }
    columns = [other[name] if name in other else loans.c[name] for name in LoanRow._fields]
    same_customer = and_(
        customers.c.branch_id == loans.c.branch_id,
        customers.c.customer_id == loans.c.customer_id,
    )
    joined = select(*columns).join_from(loans, customers, same_customer)
    joined = joined.outerjoin(users, users.c.user_id == loans.c.officer_id)
    return joined.where(loans.c.branch_id == bindparam("branch"))


def _matches(session: Session, branch_id: int, search: str) -> Found:
    """The customer's terms; a plain number or L-reference is the loan's own.

    Four digits alone are also the last ones of a longer number (screens.md S62, part C).
    """
    typed = search.strip().upper()
    plain = typed.removeprefix("L-")
    if _is_number(search):
        if len(typed) == _LAST_DIGITS and plain == typed:
            return Found(loans.c.number % _LAST == int(plain), {})
        return Found(loans.c.number == int(plain), {})
    return customer_matches(session, branch_id, search)


def _is_number(search: str) -> bool:
    plain = search.strip().upper().removeprefix("L-")
    return plain.isdecimal() and plain.isascii() and len(plain) < _PHONE_DIGITS
