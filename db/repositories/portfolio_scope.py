"""Expressions that several portfolio figures share."""

from typing import Any

from sqlalchemy import ColumnElement, Table, case, func, true

from db.tables.loans import loans
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
