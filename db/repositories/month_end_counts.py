"""What is kept of a month's last day: cells, sums for long lines, and where loans rolled to.

Source: data-and-sync.md 3, lending-rules.md 14 (roll rate). Written once at the day-end, after the
snapshots of single loans; the bank's rows are added up later.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    Date,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    true,
)

from db.repositories.cell_table import CellTable, Counted
from db.repositories.closing_sql import of_loan
from db.repositories.portfolio_cells import DIMENSIONS, SUMS
from db.repositories.portfolio_scope import share_of
from db.repositories.summary_counts import whole
from db.tables import monitor
from db.tables.loan_account import month_end_snapshots, portfolio_cells
from db.tables.loans import loans
from db.vocabulary.loan_life import LoanStatus

MONTH_END_CELLS = CellTable(
    monitor.month_end_cells,
    ("month_end", *DIMENSIONS, "state"),
    ("loans", *SUMS),
    {"officer_id": monitor.NO_OFFICER},
)
MONTH_END_SUMS = CellTable(
    monitor.month_end_sums,
    ("month_end", "product_code", "asset_class", "dpd_bucket"),
    ("loans", "outstanding_paise", "overdue_paise", "provision_paise", "defaulted_loans"),
    {},
)
ROLLS = CellTable(
    monitor.roll_cells,
    ("month_end", "product_code", "dpd_bucket", "outcome"),
    ("loans", "opening_paise"),
    {},
)


def cells_at(branch_id: int, month_end: date) -> Counted:
    """The branch's cells as they stand, kept under a month end."""
    now = portfolio_cells.c
    return select(
        literal(month_end, Date).label("month_end"),
        *(now[name] for name in (*DIMENSIONS, "state", "loans", *SUMS)),
    ).where(now.branch_id == branch_id, now.loans > 0)


def sums_of(branch_id: int, month_end: date | None = None) -> Counted:
    """The snapshots of a branch's month ends, or of one of them, added up."""
    kept = month_end_snapshots.c
    keys = (kept.month_end, loans.c.product_code, kept.asset_class, kept.dpd_bucket)
    figures = (kept.outstanding_paise, kept.overdue_paise, kept.provision_paise)
    return (
        select(
            *keys,
            whole(literal(1)).label("loans"),
            *(whole(each).label(each.name) for each in figures),
            share_of(loans.c.defaulted_on <= kept.month_end).label("defaulted_loans"),
        )
        .select_from(month_end_snapshots.join(loans, of_loan(month_end_snapshots)))
        .where(
            kept.branch_id == branch_id,
            true() if month_end is None else kept.month_end == month_end,
        )
        .group_by(*keys)
    )


def rolls_of(branch_id: int, month_end: date | None = None) -> Counted:
    """Where the loans of the month end before one stood at it, by count and by opening balance."""
    then, now = month_end_snapshots.alias("then"), month_end_snapshots.alias("now")
    ends = _pairs(branch_id).subquery()
    same = and_(
        now.c.branch_id == then.c.branch_id,
        now.c.loan_id == then.c.loan_id,
        now.c.month_end == ends.c.month_end,
    )
    written_off = and_(
        loans.c.status == LoanStatus.WRITTEN_OFF, loans.c.closed_on <= ends.c.month_end
    )
    outcome = case(
        (now.c.loan_id.is_not(None), cast(now.c.dpd_bucket, String)),
        (written_off, literal(str(LoanStatus.WRITTEN_OFF))),
        else_=literal(str(LoanStatus.CLOSED)),
    )
    keys = (ends.c.month_end, loans.c.product_code, then.c.dpd_bucket, outcome.label("outcome"))
    source = (
        then.join(ends, ends.c.before == then.c.month_end)
        .join(loans, of_loan(then))
        .outerjoin(now, same)
    )
    return (
        select(
            *keys,
            whole(literal(1)).label("loans"),
            whole(then.c.outstanding_paise).label("opening_paise"),
        )
        .select_from(source)
        .where(
            then.c.branch_id == branch_id,
            true() if month_end is None else ends.c.month_end == month_end,
        )
        .group_by(*keys)
    )


def _pairs(branch_id: int) -> Select[Any]:
    """Every month end of a branch that has one before it."""
    kept = month_end_snapshots.c
    ends = select(kept.month_end).where(kept.branch_id == branch_id).distinct().subquery()
    before = func.lag(ends.c.month_end).over(order_by=ends.c.month_end)
    pairs = select(ends.c.month_end, before.label("before")).subquery()
    return select(pairs).where(pairs.c.before.is_not(None))
