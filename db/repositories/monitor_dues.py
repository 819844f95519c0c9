"""What fell due and how it was paid: due dates, receipts, first lateness of each loan.

Source: screens.md S80 (Repayment, Cohorts), lending-rules.md 14. Instalments of months in which
nothing is asked for are no dues.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    text,
    union_all,
)

from db.identifiers import format_reference
from db.records.monitor import BookCut, CohortSum, DueSum, FigureRow, ReceiptSum
from db.records.months import MonthSpan
from db.repositories.closing_sql import LEFT, PAID, of_loan
from db.repositories.day_sql import month_start
from db.repositories.monitor_positions import lent_by, of_cut, until
from db.repositories.portfolio_scope import money, of_branch, share_of
from db.repositories.session import Session
from db.tables.loan_account import TAKEN_BACK, loan_acts
from db.tables.loans import EARLY_ROWS, instalments, loans, repayments
from db.tables.monitor import first_bads
from db.vocabulary.loan_account import ActState
from db.vocabulary.reasons import ReversalReason

Flag = ColumnElement[bool]
_STATES = ("on_time", "late", "unpaid")
ASKED = instalments.c.interest_paise + instalments.c.principal_paise
# A reversal takes one receipt back; a correction moves no money.
_SIGN = case((repayments.c.amount_paise > 0, 1), (repayments.c.amount_paise < 0, -1), else_=0)


def how_paid() -> dict[str, Flag]:
    """The states of an instalment until now: each due one is in exactly one of the last three."""
    due, paid = instalments.c.due_date, instalments.c.paid_on
    return {
        "due": ASKED > 0,
        "on_time": and_(paid.is_not(None), paid <= due),
        "late": and_(paid.is_not(None), paid > due),
        "unpaid": paid.is_(None),
    }


def due_by(cut: BookCut) -> Flag:
    """Instalments of the loans looked at that had fallen due by the day."""
    return and_(
        of_cut(cut), of_branch(instalments, cut.branch_id),
        instalments.c.due_date <= cut.day, ASKED > 0,
    )  # fmt: skip


def received_by(cut: BookCut) -> Flag:
    """Ledger rows of the loans looked at, up to the day."""
    return and_(
        of_cut(cut), of_branch(repayments, cut.branch_id), until(repayments.c.value_date, cut)
    )


def taken_back() -> Flag:
    """Receipts that a reversal took back, and the reversals."""
    back = repayments.alias("back")
    named = select(back.c.repayment_id).where(
        back.c.branch_id == repayments.c.branch_id,
        back.c.loan_id == repayments.c.loan_id,
        back.c.reverses_id == repayments.c.repayment_id,
    )
    return or_(repayments.c.amount_paise <= 0, named.correlate(repayments).exists())


class MonitorDues:
    """Dues and receipts of the part of a book that is looked at."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_due_date(self, cut: BookCut) -> tuple[DueSum, ...]:
        """The instalments of every due date up to the day, oldest first, as paid until now."""
        states = how_paid()
        due = instalments.c.due_date
        query = (
            select(
                due,
                func.count().label("due"),
                *(share_of(states[name]).label(name) for name in _STATES),
                money(ASKED).label("due_paise"),
                money(PAID).label("collected_paise"),
            )
            .select_from(instalments.join(loans, of_loan(instalments)))
            .where(due_by(cut))
            .group_by(due)
            .order_by(due)
        )
        names = [name for name in DueSum.__slots__ if name != "day"]
        return tuple(
            DueSum(row["due_date"], *(int(row[name]) for name in names))
            for row in self._session.rows(query)
        )

    def arrears_before(self, cut: BookCut, first: date) -> int:
        """What is still unpaid of the dues before a day, in paise."""
        query = (
            select(money(LEFT))
            .select_from(instalments.join(loans, of_loan(instalments)))
            .where(due_by(cut), instalments.c.due_date < first)
        )
        return int(self._session.one(query)[0])

    def by_method(self, cut: BookCut) -> tuple[ReceiptSum, ...]:
        """Receipts that stand, up to the day, by method of payment; the largest first."""
        method = repayments.c.method
        query = select(
            method.label("key"),
            func.coalesce(func.sum(_SIGN), 0).label("count"),
            money(repayments.c.amount_paise).label("sum"),
        )
        sums = [
            ReceiptSum(str(row["key"]), int(row["count"]), int(row["sum"]))
            for row in self._session.rows(_of_ledger(query, cut).group_by(method))
        ]
        met = (each for each in sums if each.rows or each.amount_paise)
        return tuple(sorted(met, key=lambda one: (-one.amount_paise, one.key)))

    def received_in(self, cut: BookCut, month: MonthSpan) -> int:
        """Everything received in a month, in paise."""
        span = repayments.c.value_date.between(month.first, month.last)
        query = _of_ledger(select(money(repayments.c.amount_paise)), cut).where(span)
        return int(self._session.one(query)[0])

    def receipts(self, cut: BookCut, spans: Sequence[MonthSpan]) -> tuple[int, ...]:
        """Received in each month without what was paid early, in paise; the oldest month first."""
        day, amount = repayments.c.value_date, money(repayments.c.amount_paise)
        month = month_start(day)
        told: Sequence[ColumnElement[Any]] = (month.label("month"), amount.label("sum"))
        query = (
            _of_ledger(select(*told), cut)
            .where(
                or_(text(f"NOT (repayments.{EARLY_ROWS})"), taken_back()),
                day.between(spans[0].first, spans[-1].last),
            )
            .group_by(month)
        )
        known = {row["month"]: int(row["sum"]) for row in self._session.rows(query)}
        return tuple(known.get(span.first, 0) for span in spans)

    def late_fees(self, cut: BookCut) -> int:
        """Charges received up to the day, in paise."""
        query = _of_ledger(select(money(repayments.c.charges_paise)), cut)
        return int(self._session.one(query)[0])

    def repaid(self, cut: BookCut) -> int:
        """Everything received up to the day, in paise."""
        return int(self._session.one(_of_ledger(select(money(repayments.c.amount_paise)), cut))[0])

    def bounced(self, cut: BookCut, month: MonthSpan) -> tuple[FigureRow, ...]:
        """Receipts that two people took back in the month because they bounced."""
        acts = loan_acts.c
        query = (
            select(loans.c.branch_id, loans.c.loan_id, loans.c.number, acts.terms, acts.value_date)
            .select_from(loan_acts.outerjoin(loans, of_loan(loan_acts)))
            .where(
                of_cut(cut), of_branch(loan_acts, cut.branch_id),
                text(f"loan_acts.{TAKEN_BACK}"), acts.state == ActState.POSTED,
                acts.reason == ReversalReason.REV_BOUNCE,
                acts.decided_at >= month.starts_at, acts.decided_at < month.ends_at,
            )
            .order_by(loans.c.branch_id, loans.c.number, acts.decided_at)
        )  # fmt: skip
        return tuple(
            FigureRow(
                row["branch_id"], row["loan_id"], format_reference("L", row["number"]),
                int(json.loads(row["terms"])["amount_paise"]), day=row["value_date"],
            )
            for row in self._session.rows(query)
        )  # fmt: skip

    def cohorts(self, cut: BookCut) -> tuple[CohortSum, ...]:
        """Loans by month of disbursement, and those first bad by month on book."""
        month, bads = month_start(loans.c.disbursement_date), first_bads.c
        none = literal(0)
        lent = select(
            month.label("month"), none.label("place"), literal(1).label("loans"),
            loans.c.principal_paise.label("principal"), none.label("bad"), none.label("bad_sum"),
        ).where(lent_by(cut))  # fmt: skip
        bad = (
            select(month, bads.months_on_book, none, none, literal(1), loans.c.principal_paise)
            .select_from(first_bads.join(loans, of_loan(first_bads)))
            .where(
                of_branch(first_bads, cut.branch_id), lent_by(cut), until(bads.first_bad_on, cut)
            )
        )
        both = union_all(lent, bad).subquery()
        keys = (both.c.month, both.c.place)
        names = ("loans", "principal", "bad", "bad_sum")
        query = select(*keys, *(money(both.c[name]).label(name) for name in names)).group_by(*keys)
        return tuple(
            CohortSum(row["month"], row["place"], *(int(row[name]) for name in names))
            for row in self._session.rows(query.order_by(*keys))
        )


def _of_ledger(query: Select[Any], cut: BookCut) -> Select[Any]:
    return query.select_from(repayments.join(loans, of_loan(repayments))).where(received_by(cut))
