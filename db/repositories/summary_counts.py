"""The summaries of a branch counted from its books: what every cell has to equal.

Source: data-and-sync.md 3, lending-rules.md 14. On time = paid in full by the due date; a month of
a pause, which asks for nothing, is no due.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
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
REPAYMENTS = CellTable(
    monitor.repayment_cells,
    ("grain", "starts_on", "product_code", "method"),
    (
        "dues", "due_paise", "on_time", "late", "unpaid", "paid_paise",
        "receipts", "received_paise", "interest_paise", "principal_paise", "fees_paise",
        "prepaid_paise",
    ),
    {},
)  # fmt: skip
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
    days = _dues(branch_id).cte("days_of_dues")
    receipts = union_all(_receipts(branch_id), _early_taken_back(branch_id)).subquery()
    return union_all(  # type: ignore[return-value]  # a compound select serves as one
        select(days), _by_month(days), _by_month(receipts)
    )


def _by_month(days: FromClause) -> Select[Any]:
    """Add days up to months: of many rows so few are left that their months cost nothing."""
    day = days.c
    month = month_start(day.starts_on)
    return select(
        literal(MONTH).label("grain"),
        month.label("starts_on"),
        day.product_code,
        day.method,
        *(whole(day[name]).label(name) for name in REPAYMENTS.sums),
    ).group_by(month, day.product_code, day.method)


def _dues(branch_id: int) -> Select[Any]:
    part = instalments.c
    asked = part.interest_paise + part.principal_paise
    sums = {
        "dues": whole(literal(1)),
        "due_paise": whole(asked),
        "on_time": share_of(part.paid_on <= part.due_date),
        "late": share_of(part.paid_on > part.due_date),
        "unpaid": share_of(part.paid_on.is_(None)),
        "paid_paise": whole(part.paid_interest_paise + part.paid_principal_paise),
    }
    days = _by_product(instalments, part.due_date, sums)
    return days.where(part.branch_id == branch_id, asked > 0)


def _receipts(branch_id: int) -> Select[Any]:
    part = repayments.c
    amount = part.amount_paise
    sums = {
        "receipts": whole(case((amount > 0, 1), (amount < 0, -1), else_=0)),
        "received_paise": whole(amount),
        "interest_paise": whole(part.interest_paise),
        "principal_paise": whole(part.principal_paise),
        "fees_paise": whole(part.charges_paise),
        "prepaid_paise": whole(case((part.kind.in_(EARLY), amount), else_=0)),
    }
    days = _by_product(repayments, part.value_date, sums)
    return days.where(part.branch_id == branch_id)


def _early_taken_back(branch_id: int) -> Select[Any]:
    """Reversals of prepayments and closings: only the row that one names tells what it was."""
    part, undone = repayments.c, repayments.alias("undone")
    days = _by_product(repayments, part.value_date, {"prepaid_paise": whole(part.amount_paise)})
    named = select(undone.c.repayment_id).where(
        undone.c.branch_id == part.branch_id,
        undone.c.repayment_id == part.reverses_id,
        undone.c.kind.in_(EARLY),
    )
    return days.where(
        part.branch_id == branch_id,
        part.reverses_id.is_not(None),
        named.correlate(repayments).exists(),
    )


def _by_product(
    table: Any,  # noqa: ANN401  # instalments or repayments
    day: ColumnElement[Any],
    sums: Mapping[str, ColumnElement[Any]],
) -> Select[Any]:
    """Group by day, the loan's product and, of receipts, their method; other sums are 0."""
    product, receipts = loans.c.product_code, table is repayments
    method = cast(repayments.c.method, String) if receipts else literal("")
    keys = (literal(DAY), day, product, method)
    query = select(
        *(key.label(name) for name, key in zip(REPAYMENTS.keys, keys, strict=True)),
        *(sums.get(name, literal(0)).label(name) for name in REPAYMENTS.sums),
    ).select_from(table.join(loans, of_loan(table)))
    # A constant is no key to PostgreSQL.
    return query.group_by(day, product, *([method] if receipts else []))


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
