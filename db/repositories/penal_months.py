"""What the penal charges of a period follow from, read for all loans of a branch at once.

Source: data-and-sync.md 4, lending-rules.md section 5. Charges are only added; what each comes to
is the rule's word, not this file's.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from db.records.day_end import PenalLoan, PenalRow
from db.records.loans import Charge
from db.repositories import closing_sql as sql
from db.repositories.loan_rows import part_values
from db.repositories.portfolio_scope import money
from db.repositories.session import Session
from db.tables.loan_account import charges, schedules
from db.tables.loans import instalments, loans, repayments
from db.vocabulary.loan_account import ChargeEntry, ChargeKind


class PenalMonths:
    """Arrears of a period, and the charges that follow from them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def concerned(self, branch_id: int, since: date, last: date) -> tuple[PenalLoan, ...]:
        """Lock and read the open loans with an instalment unpaid at some day-end of the period.

        `since` is the first day whose payments count, the grace before the period included.
        """
        later = or_(
            loans.c.loan_id.in_(sql.later_rows(branch_id, last)),
            loans.c.loan_id.in_(_replaced(branch_id, since)),
            loans.c.loan_id.in_(_closed_once(branch_id, last)),
        )
        query = select(
            loans.c.loan_id, loans.c.product_code, loans.c.sanction_date, later.label("moved")
        ).where(*_in_arrears(branch_id, since, last))
        rows = self._session.rows(query.order_by(loans.c.loan_id).with_for_update(of=loans))
        return tuple(PenalLoan(*row.values()) for row in rows)

    def dues(self, branch_id: int, since: date, last: date) -> tuple[PenalRow, ...]:
        """Their instalments that fell due by then and were not wholly paid before."""
        paid_on, due = instalments.c.paid_on, instalments.c.due_date
        query = (
            select(instalments.c.loan_id, due, sql.LEFT, sql.PAID)
            .select_from(loans.join(instalments, sql.of_loan(instalments)))
            .where(
                *_in_arrears(branch_id, since, last),
                due <= last,
                or_(paid_on.is_(None), paid_on >= since),
                sql.AGREED > 0,
            )
        )
        rows = self._session.rows(query.order_by(instalments.c.loan_id, due))
        return tuple(PenalRow(*row.values()) for row in rows)

    def paid(self, branch_id: int, since: date, last: date) -> tuple[PenalRow, ...]:
        """What was paid of their instalments on each day, reversals and corrections included."""
        row, undone = repayments.c, repayments.alias("undone").c
        on_dues = money(row.interest_paise + row.principal_paise)
        joined = loans.join(repayments, sql.of_loan(repayments)).outerjoin(
            undone.loan_id.table,
            and_(undone.branch_id == row.branch_id, undone.repayment_id == row.reverses_id),
        )
        query = (
            select(row.loan_id, row.value_date, on_dues.label("paid"))
            .select_from(joined)
            .where(
                *_in_arrears(branch_id, since, last),
                row.value_date.between(since, last),
                func.coalesce(undone.kind, row.kind).not_in(sql.PAST_DUES),
            )
            .group_by(row.loan_id, row.value_date)
        )
        return tuple(
            PenalRow(found["loan_id"], found["value_date"], 0, int(found["paid"]))
            for found in self._session.rows(query)
        )

    def levy(self, branch_id: int, last: date, levied: Sequence[Charge]) -> None:
        """Add the charges of a period to loans that have none of it yet, and to what they owe."""
        self._session.write(charges, [part_values(branch_id, each) for each in levied])
        if levied:
            statement = update(loans).where(
                loans.c.branch_id == branch_id,
                loans.c.loan_id == charges.c.loan_id,
                charges.c.branch_id == branch_id,
                charges.c.value_date == last,
                charges.c.entry == ChargeEntry.LEVIED,
                charges.c.kind == ChargeKind.PENAL,
                charges.c.due_date.is_not(None),
            )
            values = {
                loans.c.charges_due_paise: loans.c.charges_due_paise + charges.c.amount_paise,
                loans.c.version: loans.c.version + 1,
            }
            self._session.change(statement.values(values))


def _replaced(branch_id: int, since: date) -> Select[Any]:
    """Loans with a schedule of after that day: the one before may have left arrears."""
    made = schedules.c
    return select(made.loan_id).where(
        made.branch_id == branch_id, made.version > 1, made.from_date > since
    )


def _closed_once(branch_id: int, last: date) -> Select[Any]:
    """Loans that a closing charged in the month: what stands of that is replaced."""
    charge = charges.c
    return select(charge.loan_id).where(
        charge.branch_id == branch_id,
        charge.value_date.between(last.replace(day=1), last),
        charge.kind == ChargeKind.PENAL,
        charge.due_date.is_(None),
    )


def _in_arrears(branch_id: int, since: date, last: date) -> tuple[ColumnElement[bool], ...]:
    late: Select[Any] = select(instalments.c.loan_id).where(
        instalments.c.branch_id == branch_id,
        instalments.c.paid_on >= since,
        instalments.c.paid_on > instalments.c.due_date,
    )
    return (
        loans.c.branch_id == branch_id,
        sql.IS_OPEN,
        loans.c.disbursement_date <= last,
        or_(
            loans.c.oldest_unpaid_due <= last,
            loans.c.loan_id.in_(late),
            loans.c.loan_id.in_(_replaced(branch_id, since)),
        ),
    )
