"""Promises to pay of a whole branch, and the money that came in on them: one statement each.

Source: screens.md S70. The rule of promise keeping decides; a payment that was taken back is left
out on whatever day that was found.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from db.records.follow_up import PromiseRow, ReceiptRow
from db.repositories.closing_sql import IS_OPEN, of_loan
from db.repositories.session import Session
from db.tables.follow_up import promises
from db.tables.loans import loans, repayments
from db.vocabulary.loan_account import RepaymentKind

RowT = TypeVar("RowT")
_NO_MONEY = (RepaymentKind.REALLOCATION, RepaymentKind.ADVANCE_USED, RepaymentKind.CAPITALISATION)


class PromisedMoney:
    """Promises that matter today: those that run, and those on loans in arrears."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def promises(
        self, branch_id: int, today: date, due_on: date | None = None
    ) -> Sequence[PromiseRow]:
        """The promises, by loan and day; with `due_on` of loans with one for that day alone."""
        columns = (promises.c[name] for name in PromiseRow._fields)
        query = _promised(branch_id, today, select(*columns), due_on)
        ordered = query.order_by(promises.c.loan_id, promises.c.due_on, promises.c.made_at)
        return self._read(PromiseRow._make, ordered)

    def receipts(
        self, branch_id: int, today: date, due_on: date | None = None
    ) -> Sequence[ReceiptRow]:
        """Money received on their loans since the first of them, by value date."""
        since = func.min(promises.c.promised_on).label("since")
        made = _promised(branch_id, today, select(promises.c.loan_id, since), due_on)
        first = made.group_by(promises.c.loan_id).subquery("first")
        query = _receipts(branch_id).join(first, first.c.loan_id == repayments.c.loan_id)
        return self._read(ReceiptRow._make, query.where(repayments.c.value_date >= first.c.since))

    def receipts_of(self, branch_id: int, loan_id: UUID, since: date) -> Sequence[ReceiptRow]:
        """Money received on one loan since a day, by value date."""
        own = (repayments.c.loan_id == loan_id, repayments.c.value_date >= since)
        return self._read(ReceiptRow._make, _receipts(branch_id).where(*own))

    def _read(self, make: Callable[[Iterable[Any]], RowT], query: "Select[Any]") -> list[RowT]:
        return [make(row) for row in self._session.connection.execute(query)]


def _promised(
    branch_id: int, today: date, query: "Select[Any]", due_on: date | None
) -> "Select[Any]":
    matters = or_(loans.c.oldest_unpaid_due.is_not(None), promises.c.due_on >= today)
    found = query.join(loans, of_loan(promises)).where(
        promises.c.branch_id == branch_id, promises.c.dropped_at.is_(None), IS_OPEN, matters
    )
    if due_on is None:
        return found
    due = promises.alias("due")
    that_day = (due.c.branch_id == branch_id, due.c.due_on == due_on, due.c.dropped_at.is_(None))
    return found.where(promises.c.loan_id.in_(select(due.c.loan_id).where(*that_day)))


def _receipts(branch_id: int) -> "Select[Any]":
    """Receipts of a branch that stand."""
    undone = repayments.alias("undone")
    return (
        select(
            repayments.c.loan_id,
            repayments.c.value_date,
            repayments.c.amount_paise,
            repayments.c.recorded_at,
        )
        .where(
            repayments.c.branch_id == branch_id,
            repayments.c.amount_paise > 0,
            repayments.c.kind.not_in(_NO_MONEY),
            ~select(undone.c.repayment_id)
            .where(
                undone.c.branch_id == branch_id,
                undone.c.loan_id == repayments.c.loan_id,
                undone.c.reverses_id == repayments.c.repayment_id,
            )
            .exists(),
        )
        .order_by(repayments.c.loan_id, repayments.c.value_date, repayments.c.recorded_at)
    )
