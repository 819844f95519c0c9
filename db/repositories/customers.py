"""Customers of a branch: written with sealed numbers, read with masks."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.identifiers import format_reference
from db.records.lists import CustomerFilter, CustomerRow, Page, SimilarCustomer, Viewer
from db.records.people import Customer, NewCustomer, SimilarProbe
from db.records.refusals import DuplicatePan, NotFound, VersionConflict
from db.repositories import customer_lists, customer_rows
from db.repositories.identity_columns import NO_IDENTITY, PAN_COLUMN, identity_values, opened
from db.repositories.name_words import rewrite_words, write_words
from db.repositories.near_names import suggestion
from db.repositories.portfolio_cells import PortfolioCells
from db.repositories.search_terms import goes_by_name
from db.repositories.session import MOST_IDS, Session, among
from db.repositories.similar_customers import id_by_pan, similar_customers
from db.tables.customers import consents, customers, employment, obligations, protected_attributes
from db.vocabulary.people import Gender

_NAMED = (customers.c.branch_id, customers.c.customer_id, customers.c.search_name)
_NO_CUSTOMER = "There is no such customer in this branch"


class Customers:
    """The customers of the book, with employment, dues and consents."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, new: NewCustomer) -> None:
        """Write one customer.

        Raises:
            DuplicatePan: another customer of the branch has this PAN.
        """
        if new.numbers.pan_number:
            branch_id = new.customer.branch_id
            _refuse_other(
                self._session, branch_id, self.id_by_pan(branch_id, new.numbers.pan_number)
            )
        self.add_many([new])

    def add_many(self, batch: Sequence[NewCustomer]) -> None:
        """Write many customers in seven statements.

        Raises:
            DuplicatePan: a PAN stands twice.
        """
        keys = self._session.keys
        rows = [
            customer_rows.customer_values(new.customer)
            | NO_IDENTITY
            | identity_values(keys, new.customer.customer_id, new.numbers)
            for new in batch
        ]
        _insert_guarded(self._session, customers, rows)
        write_words(self._session, rows)
        write = self._session.write
        write(employment, [customer_rows.employment_values(new.customer) for new in batch])
        write(protected_attributes, [customer_rows.gender_values(new) for new in batch])
        write(obligations, [v for n in batch for v in customer_rows.obligation_values(n.customer)])
        write(consents, [v for n in batch for v in customer_rows.consent_values(n.customer)])

    def update(self, new: NewCustomer, expected_version: int) -> int:
        """Rewrite a customer that still has the version seen; return the new version.

        A number of None keeps the stored one, as does a gender not stated.

        Raises:
            VersionConflict: somebody changed the customer meanwhile.
            DuplicatePan: another customer of the branch has this PAN.
        """
        customer, session = new.customer, self._session
        pan = new.numbers.pan_number
        if pan:
            found = self.id_by_pan(customer.branch_id, pan)
            _refuse_other(
                self._session, customer.branch_id, None if found == customer.customer_id else found
            )
        values = customer_rows.customer_values(customer)
        values |= identity_values(session.keys, customer.customer_id, new.numbers)
        values["version"] = expected_version + 1
        own = _is(customers, customer.branch_id, customer.customer_id)
        before = session.first(select(*_NAMED, customers.c.state).where(*own))
        met = session.change(
            update(customers)
            .where(*own)
            .where(customers.c.version == expected_version)
            .values(values)
        )
        if not met or before is None:
            raise VersionConflict
        if before["state"] != customer.state:
            places = (before["state"] or "", customer.state or "")
            PortfolioCells(session).relocate(customer.branch_id, customer.customer_id, *places)
        rewrite_words(session, before, values)
        _rewrite_children(self._session, new)
        return expected_version + 1

    def get(self, branch_id: int, customer_id: UUID) -> Customer:
        """Read one customer in three statements.

        Raises:
            NotFound: the branch has no such customer.
        """
        found = self.get_many(branch_id, [customer_id])
        if not found:
            raise NotFound(_NO_CUSTOMER)
        return found[0]

    def by_reference(self, branch_id: int, reference: str) -> Customer:
        """Read one customer by what people call it.

        Raises:
            NotFound: the branch has no such customer.
        """
        try:
            number = customer_rows.reference_number("C", reference)
        except ValueError as error:
            raise NotFound(_NO_CUSTOMER) from error
        row = self._session.first(
            select(customers.c.customer_id).where(
                customers.c.branch_id == branch_id, customers.c.number == number
            )
        )
        if row is None:
            raise NotFound(_NO_CUSTOMER)
        return self.get(branch_id, row["customer_id"])

    def get_many(self, branch_id: int, ids: Sequence[UUID]) -> tuple[Customer, ...]:
        """Read customers, three statements for every 500; ids not found are left out."""
        found: list[Customer] = []
        for start in range(0, len(ids), MOST_IDS):
            found += self._chunk(branch_id, ids[start : start + MOST_IDS])
        return tuple(found)

    def _chunk(self, branch_id: int, ids: Sequence[UUID]) -> list[Customer]:
        session = self._session
        wanted = (customers.c.branch_id == branch_id, among(customers.c.customer_id, ids))
        main = select(customers, *_beside_key(employment)).join_from(
            customers, employment, _same_customer(employment)
        )
        rows = {row["customer_id"]: row for row in session.rows(main.where(*wanted))}
        dues, agreed = (
            self._children(table, branch_id, ids, order)
            for table, order in ((obligations, "position"), (consents, "given_at"))
        )
        return [
            customer_rows.customer_of(session.keys, rows[one], dues[one], agreed[one])
            for one in ids
            if one in rows
        ]

    def _children(
        self, table: Table, branch_id: int, ids: Sequence[UUID], order: str
    ) -> dict[UUID, list[RowMapping]]:
        query = select(table).where(table.c.branch_id == branch_id, among(table.c.customer_id, ids))
        grouped: dict[UUID, list[RowMapping]] = defaultdict(list)
        for row in self._session.rows(query.order_by(table.c[order])):
            grouped[row["customer_id"]].append(row)
        return grouped

    def find(
        self, viewer: Viewer, wanted: CustomerFilter, limit: int, after: str | None = None
    ) -> Page[CustomerRow]:
        """Read one page of the list in one statement.

        Raises:
            BadCursor: `after` is no cursor of this sort.
        """
        return customer_lists.find(self._session, viewer, wanted, (limit, after))

    def count(self, viewer: Viewer, wanted: CustomerFilter) -> int:
        """Count the filtered list."""
        return customer_lists.count(self._session, viewer, wanted)

    def keys_every(
        self, viewer: Viewer, wanted: CustomerFilter, step: int = 500
    ) -> tuple[str, ...]:
        """Return the cursors after each `step` rows of the filtered list."""
        return customer_lists.keys(self._session, viewer, wanted, step)

    def suggested_name(self, branch_id: int, search: str) -> str | None:
        """Return a name near to a search text that finds nobody; None without a guess."""
        return suggestion(self._session, branch_id, search) if goes_by_name(search) else None

    def similar(self, branch_id: int, probe: SimilarProbe) -> tuple[SimilarCustomer, ...]:
        """Find customers who may be the same person, the surest first."""
        return similar_customers(self._session, branch_id, probe)

    def id_by_pan(self, branch_id: int, pan_number: str) -> UUID | None:
        """Find who has a PAN, by blind index."""
        return id_by_pan(self._session, branch_id, pan_number)

    def reveal_pan(self, branch_id: int, customer_id: UUID) -> str | None:
        """Open a PAN. The caller checks the permission and writes the audit entry.

        Raises:
            NotFound, KeyMissing, SealBroken: there is nothing to open, or it does not open.
        """
        row = self._session.first(
            select(customers.c.customer_id, customers.c[PAN_COLUMN]).where(
                *_is(customers, branch_id, customer_id)
            )
        )
        if row is None:
            raise NotFound(_NO_CUSTOMER)
        return opened(self._session.keys, row, PAN_COLUMN)

    def gender(self, branch_id: int, customer_id: UUID) -> Gender:
        """Read the gender kept apart; for editing and the fairness report only."""
        row = self._session.first(
            select(protected_attributes.c.gender).where(
                *_is(protected_attributes, branch_id, customer_id)
            )
        )
        return row["gender"] if row else Gender.NOT_STATED


def _rewrite_children(session: Session, new: NewCustomer) -> None:
    customer = new.customer
    session.change(
        update(employment)
        .where(*_is(employment, customer.branch_id, customer.customer_id))
        .values(customer_rows.employment_values(customer))
    )
    for table in (obligations, consents):
        session.change(delete(table).where(*_is(table, customer.branch_id, customer.customer_id)))
    session.write(obligations, customer_rows.obligation_values(customer))
    session.write(consents, customer_rows.consent_values(customer))
    if new.gender is not Gender.NOT_STATED:
        session.change(
            update(protected_attributes)
            .where(*_is(protected_attributes, customer.branch_id, customer.customer_id))
            .values(gender=new.gender)
        )


def _insert_guarded(session: Session, table: Table, rows: Sequence[dict[str, object]]) -> None:
    if not rows:
        return
    try:
        session.connection.execute(insert(table), list(rows))
    except IntegrityError as error:
        if "pan_index" in str(error.orig):
            raise DuplicatePan from error
        raise


def _refuse_other(session: Session, branch_id: int, customer_id: UUID | None) -> None:
    if customer_id is None:
        return
    row = session.first(select(customers.c.number).where(*_is(customers, branch_id, customer_id)))
    raise DuplicatePan(format_reference("C", row["number"]) if row else "")


def _is(table: Table, branch_id: int, customer_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (table.c.branch_id == branch_id, table.c.customer_id == customer_id)


def _same_customer(table: Table) -> ColumnElement[bool]:
    return (table.c.branch_id == customers.c.branch_id) & (
        table.c.customer_id == customers.c.customer_id
    )


def _beside_key(table: Table) -> list[ColumnElement[object]]:
    return [column for column in table.c if column.name not in {"branch_id", "customer_id"}]
