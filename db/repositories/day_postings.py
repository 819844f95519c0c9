"""Everything that a branch booked on one day, for its journal."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Table, select

from db.records.loans import Charge, Disbursement, NpaEntry, Repayment
from db.repositories.session import MOST_IDS, Session
from db.tables.loan_account import charges, day_ends
from db.tables.loans import disbursements, npa_tracking, repayments

PartT = TypeVar("PartT", Charge, NpaEntry, Repayment)


class DayPostings:
    """Rows by the day on which they were booked, whatever their value date."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def repayments(self, branch_id: int, begin: datetime, end: datetime) -> tuple[Repayment, ...]:
        """Rows of the ledger recorded from one moment until before another."""
        part = repayments.c
        query = select(repayments).where(
            part.branch_id == branch_id, part.recorded_at >= begin, part.recorded_at < end
        )
        rows = self._session.rows(query.order_by(part.recorded_at, part.repayment_id))
        return tuple(Repayment(**{name: row[name] for name in Repayment.__slots__}) for row in rows)

    def charges(self, branch_id: int, begin: datetime, end: datetime) -> tuple[Charge, ...]:
        """Entries of the charge ledger recorded from one moment until before another."""
        part = charges.c
        query = select(charges).where(
            part.branch_id == branch_id, part.recorded_at >= begin, part.recorded_at < end
        )
        rows = self._session.rows(query.order_by(part.recorded_at, part.charge_id))
        return tuple(Charge(**{name: row[name] for name in Charge.__slots__}) for row in rows)

    def disbursements(self, branch_id: int, day: date) -> tuple[Disbursement, ...]:
        """Payments out, and those taken back, of a day."""
        part = disbursements.c
        query = select(disbursements).where(
            part.branch_id == branch_id, part.disbursement_date == day
        )
        rows = self._session.rows(query.order_by(part.disbursement_id))
        names = Disbursement.__slots__
        return tuple(Disbursement(**{name: row[name] for name in names}) for row in rows)

    def classes_of(self, branch_id: int, loan_ids: Collection[UUID]) -> list[NpaEntry]:
        """The class history of these loans, one statement for every 500."""
        return self._of_loans(NpaEntry, npa_tracking, "business_date", (branch_id, loan_ids))

    def repayments_of(self, branch_id: int, loan_ids: Collection[UUID]) -> list[Repayment]:
        """The whole ledger of these loans, one statement for every 500."""
        return self._of_loans(Repayment, repayments, "value_date", (branch_id, loan_ids))

    def charges_of(self, branch_id: int, loan_ids: Collection[UUID]) -> list[Charge]:
        """The charge ledger of these loans, one statement for every 500."""
        return self._of_loans(Charge, charges, "recorded_at", (branch_id, loan_ids))

    def _of_loans(
        self, kind: type[PartT], table: Table, order: str, loans: tuple[int, Collection[UUID]]
    ) -> list[PartT]:
        branch_id, ids = loans[0], list(loans[1])
        found: list[PartT] = []
        for start in range(0, len(ids), MOST_IDS):
            query = select(table).where(
                table.c.branch_id == branch_id,
                table.c.loan_id.in_(ids[start : start + MOST_IDS]),
            )
            rows = self._session.rows(query.order_by(table.c[order], *table.primary_key.columns))
            found += [kind(**{name: row[name] for name in kind.__slots__}) for row in rows]
        return found

    def provisions(self, branch_id: int, day: date) -> tuple[int | None, int]:
        """The provision of that closed day and of the closed day before it, in paise."""
        part = day_ends.c
        query = select(part.business_date, part.provision_paise).where(
            part.branch_id == branch_id, part.business_date <= day
        )
        rows = self._session.rows(query.order_by(part.business_date.desc()).limit(2))
        if not rows or rows[0]["business_date"] != day:
            return None, 0
        return rows[0]["provision_paise"], rows[1]["provision_paise"] if len(rows) > 1 else 0
