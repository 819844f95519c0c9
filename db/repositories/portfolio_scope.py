"""Expressions that several portfolio figures share."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, Table, case, func, select, true

from db.tables.loans import loans, npa_tracking
from db.vocabulary.loan_life import LoanStatus

# Gross advances: NPA included, written-off loans not (lending-rules.md 9.4, 14).
IN_ADVANCES: ColumnElement[bool] = loans.c.status != LoanStatus.WRITTEN_OFF


def of_branch(table: Table, branch_id: int | None) -> ColumnElement[bool]:
    """One branch, or every one."""
    return true() if branch_id is None else table.c.branch_id == branch_id


def money(amount: ColumnElement[Any]) -> ColumnElement[int]:
    """Sum paise; no rows are 0."""
    return func.coalesce(func.sum(amount), 0)


def share_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Count the rows of which a condition holds."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def more_days_past_due(days: int, as_of: date) -> ColumnElement[bool]:
    """More than `days` past due at a day-end; the due date's own day-end is day 1."""
    return loans.c.oldest_unpaid_due <= as_of - timedelta(days=days)


def latest_entries(branch_id: int | None, until: date | None = None) -> Subquery:
    """The newest class entry of each loan: latest business date, then latest recorded."""
    entry = npa_tracking.c
    newest_first = (entry.business_date.desc(), entry.recorded_at.desc(), entry.entry_id.desc())
    rank = func.row_number().over(
        partition_by=(entry.branch_id, entry.loan_id), order_by=newest_first
    )
    query = select(
        entry.branch_id,
        entry.loan_id,
        entry.asset_class,
        entry.provision_paise,
        rank.label("newest"),
    ).where(of_branch(npa_tracking, branch_id))
    if until is not None:
        query = query.where(entry.business_date <= until)
    ranked = query.subquery()
    return select(ranked).where(ranked.c.newest == 1).subquery()
