"""Loans of a branch, their schedule and their money."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Table, select

from db.records.lists import LoanFilter, LoanRow, LoanTotals, Page, Viewer
from db.records.loans import (
    Charge,
    Disbursement,
    Instalment,
    Loan,
    LoanActRecord,
    LoanBatch,
    NpaEntry,
    OwnLoans,
    Repayment,
    ScheduleVersion,
)
from db.records.refusals import NotFound
from db.repositories import loan_lists
from db.repositories.customer_rows import reference_number
from db.repositories.keyset_paging import keys_every
from db.repositories.loan_rows import PART_TABLES, act_values, loan_of, loan_values, part_values
from db.repositories.own_loans import own_loans
from db.repositories.session import Session
from db.tables.loans import disbursements, instalments, loans, npa_tracking, repayments

PartT = TypeVar("PartT", Instalment, Disbursement, Repayment, NpaEntry)
_NO_LOAN = "There is no such loan in this branch"


class Loans:
    """The loans of the book."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_many(self, branch_id: int, batch: LoanBatch) -> None:
        """Write loans and all that hangs on them, at most eight statements."""
        self._session.write(loans, [loan_values(loan) for loan in batch.loans])
        acts = [act_values(self._session.keys, branch_id, act) for act in batch.acts]
        self._session.write(PART_TABLES[LoanActRecord], acts)
        for kind, parts in (
            (ScheduleVersion, batch.schedules),
            (Instalment, batch.instalments),
            (Disbursement, batch.disbursements),
            (Repayment, batch.repayments),
            (Charge, batch.charges),
            (NpaEntry, batch.npa_entries),
        ):
            rows = [part_values(branch_id, part) for part in parts]
            self._session.write(PART_TABLES[kind], rows)
        moves = self._session.moves
        moves.know(batch.loans)
        moves.start(batch.loans)
        moves.due(branch_id, batch.instalments)
        moves.pay_out(branch_id, batch.disbursements)
        moves.receive(branch_id, batch.repayments)

    def get(self, branch_id: int, loan_id: UUID) -> Loan:
        """Read one loan.

        Raises:
            NotFound: the branch has no such loan.
        """
        row = self._session.first(
            select(loans).where(loans.c.branch_id == branch_id, loans.c.loan_id == loan_id)
        )
        if row is None:
            raise NotFound(_NO_LOAN)
        return loan_of(row)

    def by_reference(self, branch_id: int, reference: str) -> Loan:
        """Read one loan by what people call it.

        Raises:
            NotFound: the branch has no such loan.
        """
        try:
            number = reference_number("L", reference)
        except ValueError as error:
            raise NotFound(_NO_LOAN) from error
        row = self._session.first(
            select(loans).where(loans.c.branch_id == branch_id, loans.c.number == number)
        )
        if row is None:
            raise NotFound(_NO_LOAN)
        return loan_of(row)

    def find(
        self, viewer: Viewer, wanted: LoanFilter, limit: int, after: str | None = None
    ) -> Page[LoanRow]:
        """Read one page of the list in one statement.

        Raises:
            BadCursor: `after` is no cursor of this list.
        """
        return loan_lists.find(self._session, viewer, wanted, (limit, after))

    def totals(self, viewer: Viewer, wanted: LoanFilter) -> LoanTotals:
        """Count and add up the filtered list."""
        return loan_lists.totals(self._session, viewer, wanted)

    def keys_every(self, viewer: Viewer, wanted: LoanFilter, step: int = 500) -> tuple[str, ...]:
        """Return the cursors after each `step` rows of the filtered list."""
        query = loan_lists.filtered(self._session, viewer, wanted)
        return keys_every(self._session, query, loan_lists.ORDER, step)

    def of_customer(
        self, branch_id: int, customer_id: UUID, shown: UUID | None = None
    ) -> tuple[LoanRow, ...]:
        """Return all loans that a customer was lent, by number.

        One whose payment out was taken back is among them only as the loan that is shown.
        """
        return loan_lists.of_customer(self._session, branch_id, customer_id, shown)

    def own_record(self, branch_id: int, customer_id: UUID, today: date) -> OwnLoans:
        """Return what our own books say of one customer."""
        return self.own_records(branch_id, [customer_id], today)[customer_id]

    def own_records(
        self, branch_id: int, customer_ids: Sequence[UUID], today: date
    ) -> dict[UUID, OwnLoans]:
        """Return the same for many customers, two statements for every 500."""
        return own_loans(self._session, branch_id, customer_ids, today)

    def schedule(self, branch_id: int, loan_id: UUID) -> tuple[Instalment, ...]:
        """Return the instalments of a loan in order."""
        return self._parts(Instalment, instalments, (branch_id, loan_id), "number")

    def repayments(self, branch_id: int, loan_id: UUID) -> tuple[Repayment, ...]:
        """Return the receipts of a loan, oldest first."""
        return self._parts(Repayment, repayments, (branch_id, loan_id), "value_date")

    def disbursements(self, branch_id: int, loan_id: UUID) -> tuple[Disbursement, ...]:
        """Return the payments out of a loan, oldest first."""
        return self._parts(Disbursement, disbursements, (branch_id, loan_id), "disbursement_date")

    def npa_entries(self, branch_id: int, loan_id: UUID) -> tuple[NpaEntry, ...]:
        """Return the class history of a loan, oldest first."""
        return self._parts(NpaEntry, npa_tracking, (branch_id, loan_id), "business_date")

    def _parts(
        self, kind: type[PartT], table: Table, loan: tuple[int, UUID], order: str
    ) -> tuple[PartT, ...]:
        query = select(table).where(table.c.branch_id == loan[0], table.c.loan_id == loan[1])
        ordered = query.order_by(table.c[order], *table.primary_key.columns)
        return tuple(
            kind(**{name: row[name] for name in kind.__slots__})
            for row in self._session.rows(ordered)
        )
