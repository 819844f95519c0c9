"""The lines behind every figure of the monitor: their count and sum are the figure.

A figure is named by words: `npa`, `class Standard`, `group city Mysuru`, `late 2026-09-05`. The
lines are loans; of dues they are instalments, of receipts ledger rows, of approvals decisions.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from db.identifiers import format_reference
from db.records.monitor import BookCut, FigureRow, FigureTerms
from db.repositories import monitor_flow_lines as flow
from db.repositories import monitor_loan_lines as own
from db.repositories.cell_moves import APPROVALS, FINAL
from db.repositories.closing_sql import PAID
from db.repositories.monitor_dues import ASKED
from db.repositories.monitor_positions import LATE_BUCKETS
from db.repositories.portfolio_scope import money
from db.repositories.session import Session

_STATES = ("due", "on_time", "late", "unpaid")


class MonitorFigures:
    """Reads the lines of one figure."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def total(self, words: Sequence[str], cut: BookCut, terms: FigureTerms) -> tuple[int, int]:
        """Count and sum of the lines of a figure.

        Raises:
            ValueError: there is no such figure.
        """
        each = lines_of(words, cut, terms).subquery()
        query = select(func.count().label("lines"), money(each.c.amount).label("sum"))
        (row,) = self._session.rows(query)
        return int(row["lines"]), int(row["sum"])

    def rows(
        self,
        words: Sequence[str],
        cut: BookCut,
        terms: FigureTerms,
        limit: int | None = None,
        before: int = 0,
    ) -> tuple[FigureRow, ...]:
        """The lines by branch and reference; so many after the ones before where a limit is given.

        Raises:
            ValueError: there is no such figure.
        """
        each = lines_of(words, cut, terms).subquery()
        order = (each.c.branch_id, each.c.number, each.c.day, each.c.item, each.c.amount)
        query = select(each).order_by(*order).limit(limit)
        found = self._session.rows(query.offset(before) if before else query)
        return tuple(_row(row) for row in found)


def lines_of(words: Sequence[str], cut: BookCut, terms: FigureTerms) -> Select[Any]:
    """The query for the lines of a figure.

    Raises:
        ValueError: there is no such figure.
    """
    kind, *keys = words or ("",)
    if not keys and kind in _PLAIN:
        return _PLAIN[kind](cut)
    maker = _KEYED.get((kind, len(keys)))
    if maker is None:
        message = f"there is no figure {' '.join(words)!r}"
        raise ValueError(message)
    return maker(cut, terms, *keys)


def _row(row: Any) -> FigureRow:  # noqa: ANN401  # a row by column name
    letter = "L" if row["loan_id"] is not None else "A"
    return FigureRow(
        row["branch_id"], row["loan_id"], format_reference(letter, row["number"]),
        int(row["amount"]), row["item"], row["day"],
    )  # fmt: skip


_PLAIN: Mapping[str, Callable[[BookCut], Select[Any]]] = {
    "loans": flow.lent,
    "active_loans": own.active,
    "defaulted_loans": flow.ever_defaulted,
    "disbursed": flow.disbursed,
    "repaid": flow.repaid,
    "late_fees": flow.fees,
    "outstanding": own.outstanding,
    "npa": own.npa_loans,
    "net_npa": own.net_npa,
    "net_advances": own.net_advances,
    "npa_provision": own.npa_provision,
    "provision": own.provision,
    **{f"par{days}": own.late_by(days) for days in LATE_BUCKETS},
    **{state: flow.all_dues(state) for state in _STATES},
}
_KEYED: Mapping[tuple[str, int], Callable[..., Select[Any]]] = {
    ("class", 1): own.of_class,
    ("group", 2): own.of_group(only_npa=False),
    ("group_npa", 2): own.of_group(only_npa=True),
    ("collateral", 1): own.of_kind,
    ("ltv", 1): own.of_band,
    ("ltv_breach", 0): own.breaching_loans,
    ("old_valuation", 0): own.stale_loans,
    ("moved", 3): own.moved,
    ("roll", 3): own.rolled,
    ("cohort", 1): flow.lent_in,
    ("cohort", 2): flow.turned_bad,
    ("paid_out", 1): flow.paid_out_in,
    ("decided", 1): flow.decided_in(FINAL),
    ("approved", 1): flow.decided_in(APPROVALS),
    **{(state, 1): flow.dues_on(state) for state in _STATES},
    ("demand", 1): flow.month_dues(ASKED),
    ("collected", 1): flow.month_dues(PAID),
    ("demand_all", 1): flow.with_arrears(ASKED, left=False),
    ("collected_all", 1): flow.with_arrears(PAID, left=True),
    ("receipts", 1): flow.receipts,
    ("method", 1): flow.by_method,
    ("prepayments", 1): flow.prepaid,
}
