"""Dues, receipts and cohorts from the summaries that the book keeps; counted where none is kept.

Source: data-and-sync.md 3. Months that have gone by are read whole, the month looked at by days.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select, union_all

from db.records.monitor import BookCut, CohortSum, DueSum, ReceiptSum
from db.records.months import MonthSpan
from db.repositories.cell_grain import CellGrain
from db.repositories.monitor_dues import MonitorDues
from db.repositories.portfolio_scope import money
from db.repositories.session import Session
from db.repositories.summary_counts import DAY, MONTH
from db.tables.monitor import repayment_cells as cells
from db.tables.monitor import vintage_cells

_DUE_SUMS = ("dues", "on_time", "late", "unpaid", "due_paise", "paid_paise")


class KeptDues(MonitorDues):
    """Sums of the cells of dues, receipts and cohorts."""

    def __init__(self, session: Session, grain: CellGrain) -> None:
        super().__init__(session)
        self._grain = grain

    def by_due_date(self, cut: BookCut) -> tuple[DueSum, ...]:
        """The dues of every month gone by, on its first day, and of each day of the last month."""
        if cut.officer_id is not None:
            return super().by_due_date(cut)
        first, starts = cut.day.replace(day=1), cells.c.starts_on
        sums = [money(cells.c[name]).label(name) for name in _DUE_SUMS]
        # Two halves that each go by the key; of the days only those of the last month are read.
        halves = (
            select(starts, *sums)
            .where(
                self._grain.rows(cells, cut), cells.c.grain == grain,
                starts.between(since, until), cells.c.dues > 0,
            )
            .group_by(starts)
            for grain, since, until in (
                (MONTH, date.min, first - timedelta(days=1)),
                (DAY, first, cut.day),
            )
        )  # fmt: skip
        query = union_all(*halves).order_by("starts_on")
        return tuple(
            DueSum(row["starts_on"], *(int(row[name]) for name in _DUE_SUMS))
            for row in self._session.rows(query)
        )

    def arrears_before(self, cut: BookCut, first: date) -> int:
        """What is still unpaid of the dues before a month, in paise."""
        if cut.officer_id is not None:
            return super().arrears_before(cut, first)
        query = select(money(cells.c.due_paise - cells.c.paid_paise)).where(
            self._grain.rows(cells, cut), cells.c.grain == MONTH, cells.c.starts_on < first
        )
        return int(self._session.one(query)[0])

    def by_method(self, cut: BookCut) -> tuple[ReceiptSum, ...]:
        """Receipts that stand, up to the day, by method of payment; the largest first."""
        if cut.officer_id is not None:
            return super().by_method(cut)
        query = select(
            cells.c.method,
            money(cells.c.receipts).label("rows"),
            money(cells.c.received_paise).label("sum"),
        ).where(*self._received(cut), cells.c.method != "")
        sums = [
            ReceiptSum(row["method"], int(row["rows"]), int(row["sum"]))
            for row in self._session.rows(query.group_by(cells.c.method))
        ]
        met = (each for each in sums if each.rows or each.amount_paise)
        return tuple(sorted(met, key=lambda one: (-one.amount_paise, one.key)))

    def received_in(self, cut: BookCut, month: MonthSpan) -> int:
        """Everything received in a month, in paise."""
        if cut.officer_id is not None:
            return super().received_in(cut, month)
        return self._sum("received_paise", cut, cells.c.starts_on == month.first)

    def receipts(self, cut: BookCut, spans: Sequence[MonthSpan]) -> tuple[int, ...]:
        """Received in each month without what was paid early, in paise."""
        if cut.officer_id is not None:
            return super().receipts(cut, spans)
        starts, sums = cells.c.starts_on, ("received_paise", "prepaid_paise")
        query = (
            select(starts, *(money(cells.c[name]).label(name) for name in sums))
            .where(*self._received(cut), starts >= spans[0].first)
            .group_by(starts)
        )
        known = {
            row["starts_on"]: int(row["received_paise"]) - int(row["prepaid_paise"])
            for row in self._session.rows(query)
        }
        return tuple(known.get(span.first, 0) for span in spans)

    def late_fees(self, cut: BookCut) -> int:
        """Charges received up to the day, in paise."""
        if cut.officer_id is not None:
            return super().late_fees(cut)
        return self._sum("fees_paise", cut)

    def repaid(self, cut: BookCut) -> int:
        """Everything received up to the day, in paise."""
        if cut.officer_id is not None:
            return super().repaid(cut)
        return self._sum("received_paise", cut)

    def cohorts(self, cut: BookCut) -> tuple[CohortSum, ...]:
        """Loans by month of disbursement, and those first bad by month on book."""
        if cut.officer_id is not None or not cut.present:
            return super().cohorts(cut)
        kept = vintage_cells
        names = ("loans", "principal_paise", "bad_loans", "bad_paise")
        keys = (kept.c.cohort, kept.c.months_on_book)
        query = (
            select(*keys, *(money(kept.c[name]).label(name) for name in names))
            .where(self._grain.rows(kept, cut))
            .group_by(*keys)
            .order_by(*keys)
        )
        return tuple(
            CohortSum(row["cohort"], row["months_on_book"], *(int(row[name]) for name in names))
            for row in self._session.rows(query)
        )

    def _sum(self, name: str, cut: BookCut, *more: ColumnElement[bool]) -> int:
        query = select(money(cells.c[name])).where(*self._received(cut), *more)
        return int(self._session.one(query)[0])

    def _received(self, cut: BookCut) -> Sequence[Any]:
        """The months up to the one looked at; at present every one."""
        whole = and_(self._grain.rows(cells, cut), cells.c.grain == MONTH)
        return (whole,) if cut.present else (whole, cells.c.starts_on <= cut.day)
