"""What moves on a loan's account: ledger rows, charges, acts of two people, versions of schedules.

Lock order: loan, cells, audit head (data-and-sync.md 2).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from db.identifiers import format_reference
from db.records.loans import (
    Charge,
    Instalment,
    Loan,
    LoanBatch,
    Repayment,
    ScheduleVersion,
)
from db.records.refusals import NotFound, VersionConflict
from db.repositories.loan_rows import loan_of, loan_values, part_values
from db.repositories.loans import Loans
from db.repositories.open_accounts import OpenAccounts
from db.repositories.session import Session
from db.tables.loan_account import charges, past_instalments, schedules
from db.tables.loans import instalments, loans, repayments

_CHARGE = tuple(column.name for column in charges.c if column.name != "branch_id")
_VERSION = tuple(column.name for column in schedules.c if column.name != "branch_id")
_PAID = ("paid_interest_paise", "paid_principal_paise", "paid_on")


class LoanAccounts:
    """The moving side of the loans of a book."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.open_accounts = OpenAccounts(session)
        self._loans = Loans(session)

    def lock(self, branch_id: int, loan_id: UUID) -> Loan:
        """Read one loan and keep others from changing it until the end of the unit of work.

        Raises:
            NotFound: the branch has no such loan.
        """
        row = self._session.first(
            select(loans)
            .where(loans.c.branch_id == branch_id, loans.c.loan_id == loan_id)
            .with_for_update()
        )
        if row is None:
            raise NotFound("There is no such loan in this branch")
        found = loan_of(row)
        self._session.moves.know([found])
        return found

    def of_borrower(
        self, branch_id: int, customer_id: UUID, *, lock: bool = False
    ) -> tuple[Loan, ...]:
        """Read all loans of a customer, by number."""
        query = select(loans).where(
            loans.c.branch_id == branch_id, loans.c.customer_id == customer_id
        )
        ordered = query.order_by(loans.c.number)
        found = self._session.rows(ordered.with_for_update() if lock else ordered)
        theirs = tuple(loan_of(row) for row in found)
        self._session.moves.know(theirs)
        return theirs

    def lock_borrower(self, branch_id: int, customer_id: UUID) -> tuple[Loan, ...]:
        """Read all loans of a customer, by number, and keep others from changing them."""
        return self.of_borrower(branch_id, customer_id, lock=True)

    def update(self, loan: Loan, seen: Loan | None = None) -> Loan:
        """Rewrite a loan that still has its version; return it with the next one.

        With the loan as it stands in the book only what differs is written: what is left alone
        costs neither an index nor a guard.

        Raises:
            VersionConflict: somebody changed it meanwhile.
        """
        after = replace(loan, version=loan.version + 1)
        values = loan_values(after)
        if seen is not None:
            stands = loan_values(seen)
            values = {name: one for name, one in values.items() if one != stands[name]}
        met = self._session.change(
            update(loans)
            .where(
                loans.c.branch_id == loan.branch_id,
                loans.c.loan_id == loan.loan_id,
                loans.c.version == loan.version,
            )
            .values(values)
        )
        if met != 1:
            raise VersionConflict
        return after

    def settle(
        self, branch_id: int, rows: Sequence[Instalment], before: Iterable[Instalment]
    ) -> None:
        """Write what has been paid of these instalments; `before` holds them as they stood."""
        if rows:
            moved = {row.number for row in rows}
            self._session.moves.due(branch_id, (row for row in before if row.number in moved), -1)
            self._session.moves.due(branch_id, rows)
            statement = (
                update(instalments)
                .where(
                    instalments.c.branch_id == branch_id,
                    instalments.c.loan_id == bindparam("of_loan"),
                    instalments.c.number == bindparam("of_number"),
                )
                .values({name: bindparam(f"new_{name}") for name in _PAID})
            )
            values = [
                {"of_loan": row.loan_id, "of_number": row.number}
                | {f"new_{name}": getattr(row, name) for name in _PAID}
                for row in rows
            ]
            self._session.connection.execute(statement, values)

    def add(self, branch_id: int, batch: LoanBatch) -> None:
        """Add rows of the ledger, charges, acts, versions or class entries."""
        self._loans.add_many(branch_id, batch)

    def repayment(self, branch_id: int, repayment_id: UUID) -> Repayment:
        """Read one row of a ledger.

        Raises:
            NotFound: the branch has no such row.
        """
        row = self._session.first(
            select(repayments).where(
                repayments.c.branch_id == branch_id, repayments.c.repayment_id == repayment_id
            )
        )
        if row is None:
            raise NotFound("There is no such payment in this branch")
        return Repayment(**{name: row[name] for name in Repayment.__slots__})

    def same_reference(self, branch_id: int, row: Repayment) -> tuple[str, ...]:
        """Loans on which a receipt with this reference stands already, by reference.

        Searched on the loan itself, and on all loans of the branch for the same value date: a
        cheque number alone may come again, and the two indexes of the ledger serve both.
        """
        same = (
            repayments.c.branch_id == branch_id,
            repayments.c.reference == row.reference,
            repayments.c.method == row.method,
            repayments.c.amount_paise > 0,
            repayments.c.repayment_id != row.repayment_id,
        )
        on_loan = select(repayments.c.loan_id).where(*same, repayments.c.loan_id == row.loan_id)
        that_day = select(repayments.c.loan_id).where(
            *same, repayments.c.value_date == row.value_date
        )
        query = select(loans.c.number).where(
            loans.c.branch_id == branch_id, loans.c.loan_id.in_(on_loan.union(that_day))
        )
        numbers = self._session.rows(query.order_by(loans.c.number))
        return tuple(format_reference("L", found["number"]) for found in numbers)

    # Charges.

    def charges(self, branch_id: int, loan_id: UUID) -> tuple[Charge, ...]:
        """The charge ledger of a loan, in the order of recording."""
        query = select(charges).where(charges.c.branch_id == branch_id)
        ordered = query.where(charges.c.loan_id == loan_id).order_by(
            charges.c.recorded_at, charges.c.charge_id
        )
        return tuple(
            Charge(**{name: row[name] for name in _CHARGE}) for row in self._session.rows(ordered)
        )

    # Schedules.

    def versions(self, branch_id: int, loan_id: UUID) -> tuple[ScheduleVersion, ...]:
        """The versions of a loan's schedule, the contract first."""
        query = select(schedules).where(
            schedules.c.branch_id == branch_id, schedules.c.loan_id == loan_id
        )
        rows = self._session.rows(query.order_by(schedules.c.version))
        return tuple(ScheduleVersion(**{name: row[name] for name in _VERSION}) for row in rows)

    def past_schedule(self, branch_id: int, loan_id: UUID, version: int) -> tuple[Instalment, ...]:
        """The instalments that a later version replaced."""
        query = select(past_instalments).where(
            past_instalments.c.branch_id == branch_id,
            past_instalments.c.loan_id == loan_id,
            past_instalments.c.version == version,
        )
        rows = self._session.rows(query.order_by(past_instalments.c.number))
        return tuple(_instalment(row) for row in rows)

    def past_schedules(self, branch_id: int, loan_id: UUID) -> dict[int, tuple[Instalment, ...]]:
        """The instalments that later versions replaced, by the version they belonged to."""
        query = select(past_instalments).where(
            past_instalments.c.branch_id == branch_id, past_instalments.c.loan_id == loan_id
        )
        found: dict[int, list[Instalment]] = defaultdict(list)
        for row in self._session.rows(query.order_by(past_instalments.c.number)):
            found[row["version"]].append(_instalment(row))
        return {version: tuple(rows) for version, rows in found.items()}

    def replace_schedule(
        self, branch_id: int, made: ScheduleVersion, rows: Sequence[Instalment]
    ) -> None:
        """Put a new version in force: `rows` replace the instalments from their first number on.

        Without rows nothing falls due any more.
        """
        first, loan_id = rows[0].number if rows else 1, made.loan_id
        old = (
            instalments.c.branch_id == branch_id,
            instalments.c.loan_id == loan_id,
            instalments.c.number >= first,
        )
        found = self._session.rows(select(instalments).where(*old))
        self._session.moves.due(branch_id, map(_instalment, found), -1)
        self._session.moves.due(branch_id, rows)
        replaced = [{**row, "version": made.version - 1} for row in found]
        self._session.write(past_instalments, replaced)
        self._session.change(delete(instalments).where(*old))
        self._session.write(instalments, [part_values(branch_id, row) for row in rows])
        self._session.connection.execute(insert(schedules), [part_values(branch_id, made)])


def _instalment(row: RowMapping) -> Instalment:
    return Instalment(**{name: row[name] for name in Instalment.__slots__})
