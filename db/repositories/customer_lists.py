"""The customers list: filtered, sorted and paged in SQL, one statement a page."""

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    select,
)

from db.identifiers import format_reference
from db.records.lists import CustomerFilter, CustomerRow, Page, Viewer
from db.records.refusals import BadCursor
from db.repositories.keyset_paging import SORT_ID, SORT_VALUE, Ordering, count_of, keys_every
from db.repositories.list_reading import RowReader, read_page
from db.repositories.name_search import NameShape, all_named, first_named, name_shape, typed
from db.repositories.search_terms import customer_matches, exact_terms, goes_by_name, names_few
from db.repositories.session import Session
from db.tables.customers import customers
from db.tables.follow_up import contacts
from db.tables.loans import loans
from db.vocabulary.loan_life import LoanStatus
from db.vocabulary.people import Scope

BY_NAME = "full_name"
SORTS: dict[str, ColumnElement[Any]] = {
    BY_NAME: customers.c.search_name,
    "reference": customers.c.number,
    "city": customers.c.city,
    "created_at": customers.c.created_at,
}
OPEN_STATUSES = (LoanStatus.ACTIVE, LoanStatus.DEFAULTED)
_OWN = loans.alias("own")  # apart from the loans that filters and loan numbers ask for
_PLAIN = ("full_name", "phone", "email", "city", "state", "segment", "kyc_status")
_READER = RowReader(
    CustomerRow,
    # PostgreSQL sums to numeric.
    {"reference": lambda number: format_reference("C", number), "outstanding_paise": int},
)


class _Shape(NamedTuple):
    """What a page's statement depends on; the values are bound."""

    sort: str
    descending: bool
    filters: tuple[str, ...]
    later: bool
    few: bool
    flat: bool
    named: NameShape | None = None


def find(
    session: Session, viewer: Viewer, wanted: CustomerFilter, place: tuple[int, str | None]
) -> Page[CustomerRow]:
    """Read one page; `place` is the limit and the cursor before it."""
    exact = exact_terms(session.keys, wanted.search)
    (limit, after), values = place, _values(viewer, wanted) | exact
    few, flat = names_few(wanted.search), session.connection.dialect.name == "sqlite"
    shape = _Shape(wanted.sort, wanted.descending, tuple(values), after is not None, few, flat)
    ordering = _ordering(wanted.sort, descending=wanted.descending, few=few)
    if after is not None:
        values |= ordering.place_values(after)
    values |= {"branch": viewer.branch_id, "most": limit + 1}
    if exact or not wanted.search.strip():
        return read_page(session, _READER, _statement(shape), ordering, values)
    words = typed(wanted.search) if _by_name_alone(viewer, wanted) else None
    if words is not None and words.indexed and wanted.sort == BY_NAME:
        named = name_shape(session, viewer.branch_id, words)
        statement = _statement(shape._replace(named=named))
        return read_page(session, _READER, statement, ordering, values | words.values())
    found = customer_matches(session, viewer.branch_id, wanted.search)
    statement = _page(shape, found.condition)
    return read_page(session, _READER, statement, ordering, found.values | values)


def count(session: Session, viewer: Viewer, wanted: CustomerFilter) -> int:
    """Count the filtered list."""
    named = _all_named(viewer, wanted)
    if named is not None:
        return int(session.one(select(func.count()).select_from(named.subquery()))[0])
    return count_of(session, _filtered(session, viewer, wanted))


def keys(session: Session, viewer: Viewer, wanted: CustomerFilter, step: int) -> tuple[str, ...]:
    """Return every `step`-th cursor of the filtered list."""
    named = _all_named(viewer, wanted)
    if named is None or wanted.sort != BY_NAME:
        few = names_few(wanted.search)
        ordering = _ordering(wanted.sort, descending=wanted.descending, few=few)
        return keys_every(session, _filtered(session, viewer, wanted), ordering, step)
    pairs = named.subquery()
    by_name = Ordering(BY_NAME, pairs.c.search_name, pairs.c.customer_id, wanted.descending)
    return keys_every(session, select(pairs), by_name, step)


def _all_named(viewer: Viewer, wanted: CustomerFilter) -> "Select[Any] | None":
    alone = _by_name_alone(viewer, wanted)
    return all_named(viewer.branch_id, wanted.search) if alone else None


def _by_name_alone(viewer: Viewer, wanted: CustomerFilter) -> bool:
    return goes_by_name(wanted.search) and not _values(viewer, wanted)


def _ordering(sort: str, *, descending: bool, few: bool) -> Ordering:
    column = SORTS.get(sort)
    if column is None:
        raise BadCursor
    if few:
        # An expression keeps SQLite from walking the whole sort index for a handful of rows.
        column = func.coalesce(column, column)
    return Ordering(sort, column, customers.c.customer_id, descending)


def _values(viewer: Viewer, wanted: CustomerFilter) -> dict[str, object]:
    """The filters that are set, with their values; "mine" asks for the viewer's own customers."""
    late = None if wanted.overdue is None else viewer.today
    found = {
        "kyc_status": wanted.kyc_status,
        "city": wanted.city,
        "segment": wanted.segment,
        "officer_id": viewer.user_id if wanted.scope is Scope.MINE else None,
        "late_on" if wanted.overdue else "not_late_on": late,
    }
    return {name: value for name, value in found.items() if value is not None}


def _conditions(filters: tuple[str, ...]) -> list[ColumnElement[bool]]:
    late = {"late_on": True, "not_late_on": False}
    found = [customers.c.branch_id == bindparam("branch")]
    found += [customers.c[name] == bindparam(name) for name in filters if name not in late]
    for name in late.keys() & set(filters):
        due = loans.c.oldest_unpaid_due <= bindparam(name, type_=Date())
        has_late = exists().where(_open_loans_of(customers.c, loans.c), due)
        found.append(has_late if late[name] else ~has_late)
    return found


def _filtered(session: Session, viewer: Viewer, wanted: CustomerFilter) -> "Select[Any]":
    values = _values(viewer, wanted)
    query = select(customers.c.customer_id).where(*_conditions(tuple(values)))
    if wanted.search.strip():
        found = customer_matches(session, viewer.branch_id, wanted.search)
        query, values = query.where(found.condition), values | found.values
    return query.params(values | {"branch": viewer.branch_id})


@lru_cache(maxsize=256)
def _statement(shape: _Shape) -> "Select[Any]":
    """The statement of a page, built once for each set of filters; a name is one of them."""
    if shape.named is None:
        return _page(shape, None)
    ordering = _ordering(shape.sort, descending=shape.descending, few=shape.few)
    found = first_named(shape.named, ordering, later=shape.later).subquery()
    return _page(shape, customers.c.customer_id.in_(select(found.c.customer_id)))


def _page(shape: _Shape, found: ColumnElement[bool] | None) -> "Select[Any]":
    """The page, with the sums over the few loans of each of its rows.

    SQLite takes the groups in the order of the index and stops after the page. PostgreSQL would
    group everybody first, so there the page is cut out before the loans are joined.
    """
    ordering = _ordering(shape.sort, descending=shape.descending, few=shape.few)
    conditions = _conditions(shape.filters)
    if found is not None:
        conditions.append(found)
    if shape.later:
        conditions.append(ordering.beyond())
    if shape.flat:
        joined = customers.outerjoin(_OWN, _open_loans_of(customers.c, _OWN.c))
        query = select(*_columns(customers.c), *ordering.columns()).select_from(joined)
        grouped = query.where(*conditions).group_by(ordering.value, ordering.row_id)
        return grouped.order_by(*ordering.order_by()).limit(bindparam("most"))
    names = (*_PLAIN, "branch_id", "customer_id", "number", "created_at")
    inner = select(*(customers.c[name] for name in names), *ordering.columns()).where(*conditions)
    page = inner.order_by(*ordering.order_by()).limit(bindparam("most")).subquery("page")
    place = page.c[SORT_VALUE], page.c[SORT_ID]
    return (
        select(*_columns(page.c), *place)
        .select_from(page.outerjoin(_OWN, _open_loans_of(page.c, _OWN.c)))
        .group_by(*page.c)
        .order_by(*(one.desc() if shape.descending else one.asc() for one in place))
    )


def _columns(page: Any) -> list[ColumnElement[Any]]:  # noqa: ANN401  # the columns of a subquery
    """What a CustomerRow is made of, in its order."""
    return [
        page["customer_id"],
        page["number"],
        *(page[name] for name in _PLAIN),
        func.count(_OWN.c.loan_id),
        func.coalesce(func.sum(_OWN.c.outstanding_paise), literal(0)),
        func.min(_OWN.c.oldest_unpaid_due),
        _last_contact(page),
        page["created_at"],
    ]


def _last_contact(page: Any) -> ColumnElement[Any]:  # noqa: ANN401  # the columns of a subquery
    """When a customer was last reached for, on any loan: the end of an index, for each row."""
    own = (
        contacts.c.branch_id == page["branch_id"],
        contacts.c.customer_id == page["customer_id"],
    )
    last = select(func.max(contacts.c.made_at)).where(*own)
    return last.correlate(page["branch_id"].table).scalar_subquery()


def _open_loans_of(owner: Any, theirs: Any) -> ColumnElement[bool]:  # noqa: ANN401  # columns of customers, a page, loans
    return and_(
        theirs.branch_id == owner.branch_id,
        theirs.customer_id == owner.customer_id,
        theirs.status.in_(OPEN_STATUSES),
    )
