"""The summaries of a branch counted from its books: what every cell has to equal.

Source: data-and-sync.md 3, lending-rules.md 14. On time = paid in full by the due date; a month of
a pause, which asks for nothing, is no due.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from db.repositories.cell_moves import APPROVALS, EARLY, FINAL
from db.repositories.cell_table import CellTable, Counted
from db.repositories.closing_sql import of_loan
from db.repositories.day_sql import india_month, month_start
from db.repositories.lent_loans import WAS_LENT
from db.repositories.portfolio_scope import share_of
from db.tables import monitor
from db.tables.applications import applications, decisions
from db.tables.loans import disbursements, instalments, loans, repayments

DAY, MONTH = "D", "M"
_DUE_SUMS = ("dues", "due_paise", "on_time", "late", "unpaid", "paid_paise")
_RECEIPT_SUMS = (
    "receipts", "received_paise", "interest_paise", "principal_paise", "fees_paise",
    "prepaid_paise",
)  # fmt: skip
REPAYMENTS = CellTable(
    monitor.repayment_cells,
    ("grain", "starts_on", "product_code", "method"),
    (*_DUE_SUMS, *_RECEIPT_SUMS),
    {},
)
MONTHS = CellTable(
    monitor.month_cells,
    ("month", "product_code"),
    ("decided", "approved", "disbursed_paise", "defaulted"),
    {},
)
VINTAGES = CellTable(
    monitor.vintage_cells,
    ("cohort", "product_code", "months_on_book"),
    ("loans", "principal_paise", "bad_loans", "bad_paise"),
    {},
)


def whole(amount: ColumnElement[Any]) -> ColumnElement[int]:
    """A sum of whole figures; no rows are 0."""
    return cast(func.coalesce(func.sum(amount), 0), BigInteger)


def repayments_of(branch_id: int) -> Counted:
    """Dues of a branch by day and by month, receipts by month."""
    return union_all(  # type: ignore[return-value]  # a compound select serves as one
        _dues(branch_id, DAY),
        _dues(branch_id, MONTH),
        _receipts(branch_id),
    )


def _dues(branch_id: int, grain: str) -> Select[Any]:
    part = instalments.c
    asked = part.interest_paise + part.principal_paise
    figures = (
        whole(literal(1)),
        whole(asked),
        share_of(part.paid_on <= part.due_date),
        share_of(part.paid_on > part.due_date),
        share_of(part.paid_on.is_(None)),
        whole(part.paid_interest_paise + part.paid_principal_paise),
    )
    sums = [
        *(each.label(name) for name, each in zip(_DUE_SUMS, figures, strict=True)),
        *(literal(0).label(name) for name in _RECEIPT_SUMS),
    ]
    starts_on = month_start(part.due_date) if grain == MONTH else part.due_date
    return _by_product(instalments, grain, starts_on, sums).where(
        part.branch_id == branch_id, asked > 0
    )


def _receipts(branch_id: int) -> Select[Any]:
    part = repayments.c
    amount = part.amount_paise
    figures = (
        whole(case((amount > 0, 1), (amount < 0, -1), else_=0)),
        whole(amount),
        whole(part.interest_paise),
        whole(part.principal_paise),
        whole(part.charges_paise),
        whole(case((_is_early(), amount), else_=0)),
    )
    sums = [
        *(literal(0).label(name) for name in _DUE_SUMS),
        *(each.label(name) for name, each in zip(_RECEIPT_SUMS, figures, strict=True)),
    ]
    months = _by_product(repayments, MONTH, month_start(part.value_date), sums)
    return months.where(part.branch_id == branch_id)


def _is_early() -> ColumnElement[bool]:
    """A prepayment or closing, or a reversal that takes one back."""
    row, undone = repayments.c, repayments.alias("undone")
    named = select(undone.c.repayment_id).where(
        undone.c.branch_id == row.branch_id,
        undone.c.repayment_id == row.reverses_id,
        undone.c.kind.in_(EARLY),
    )
    back = and_(row.reverses_id.is_not(None), named.correlate(repayments).exists())
    return or_(row.kind.in_(EARLY), back)


def _by_product(
    table: Any,  # noqa: ANN401  # instalments or repayments
    grain: str,
    starts_on: ColumnElement[Any],
    sums: Sequence[ColumnElement[Any]],
) -> Select[Any]:
    """Group by day or month, the loan's product and, of receipts, their method."""
    product, receipts = loans.c.product_code, table is repayments
    method = cast(repayments.c.method, String) if receipts else literal("")
    keys = (literal(grain), starts_on, product, method)
    query = select(
        *(key.label(name) for name, key in zip(REPAYMENTS.keys, keys, strict=True)), *sums
    ).select_from(table.join(loans, of_loan(table)))
    # A constant is no key to PostgreSQL.
    return query.group_by(starts_on, product, *([method] if receipts else []))


def months_of(branch_id: int) -> Counted:
    """Decisions and payments out of a branch, by month and product."""
    made, out = decisions.c, disbursements.c
    own = and_(
        applications.c.branch_id == made.branch_id,
        applications.c.application_id == made.application_id,
    )
    decided = (
        select(
            india_month(made.decided_at).label("month"),
            applications.c.product_code,
            literal(1).label("decided"),
            case((made.decision.in_(APPROVALS), 1), else_=0).label("approved"),
            literal(0).label("disbursed_paise"),
            literal(0).label("defaulted"),
        )
        .select_from(decisions.join(applications, own))
        .where(made.branch_id == branch_id, made.decision.in_(FINAL))
    )
    paid_out = (
        select(
            month_start(out.disbursement_date),
            loans.c.product_code,
            literal(0),
            literal(0),
            out.amount_paise,
            literal(0),
        )
        .select_from(disbursements.join(loans, of_loan(disbursements)))
        .where(out.branch_id == branch_id)
    )
    both = union_all(decided, paid_out, _turned(branch_id)).subquery()
    return select(
        both.c.month,
        both.c.product_code,
        *(whole(both.c[name]).label(name) for name in MONTHS.sums),
    ).group_by(both.c.month, both.c.product_code)


def _turned(branch_id: int) -> Select[Any]:
    """Loans that turned Defaulted, in the month in which they did."""
    on, nothing = loans.c.defaulted_on, literal(0)
    columns = (month_start(on), loans.c.product_code, nothing, nothing, nothing, literal(1))
    return select(*columns).where(loans.c.branch_id == branch_id, on.is_not(None))


def vintages_of(branch_id: int) -> Counted:
    """Loans lent by month of disbursement, and those that became bad by their month on book."""
    paid, bads = loans.c, monitor.first_bads.c
    own = and_(bads.branch_id == paid.branch_id, bads.loan_id == paid.loan_id)
    nothing = literal(0)
    started = select(
        month_start(paid.disbursement_date).label("cohort"),
        paid.product_code,
        nothing.label("months_on_book"),
        literal(1).label("loans"),
        paid.principal_paise.label("principal_paise"),
        nothing.label("bad_loans"),
        nothing.label("bad_paise"),
    ).where(paid.branch_id == branch_id, WAS_LENT)
    bad = (
        select(
            month_start(paid.disbursement_date),
            paid.product_code,
            bads.months_on_book,
            nothing,
            nothing,
            literal(1),
            paid.principal_paise,
        )
        .select_from(monitor.first_bads.join(loans, own))
        .where(bads.branch_id == branch_id)
    )
    both = union_all(started, bad).subquery()
    keys = [both.c[name] for name in VINTAGES.keys]
    sums = (whole(both.c[name]).label(name) for name in VINTAGES.sums)
    return select(*keys, *sums).group_by(*keys)
