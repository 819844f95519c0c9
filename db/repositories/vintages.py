"""The first day-end at which a loan was so late that its cohort counts it for good.

Source: lending-rules.md 14: ever 90+ by months on book. The day follows from the due dates: a due
of day d that is unpaid at the end of day d + n - 1 is n days late then, written off or not. Dues
that a later schedule replaced count until that schedule began.
"""

import calendar
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, union_all

from db.records.summaries import SummaryTerms
from db.repositories.cell_moves import CellMoves
from db.repositories.closing_sql import of_loan
from db.repositories.day_sql import days_between
from db.repositories.session import MOST_IDS, Session
from db.tables.loan_account import past_instalments, schedules
from db.tables.loans import instalments, loans
from db.tables.monitor import first_bads

_MONTHS = 12


def whole_months(start: date, end: date) -> int:
    """Whole months from one day to another; a month's last day ends one begun on a later day.

    >>> whole_months(date(2026, 1, 31), date(2026, 2, 28))
    1
    """
    months = (end.year - start.year) * _MONTHS + end.month - start.month
    last = calendar.monthrange(end.year, end.month)[1]
    return months if min(start.day, last) <= end.day else months - 1


def found_bad(
    session: Session, branch_id: int, terms: SummaryTerms, only: Collection[UUID] | None = None
) -> dict[UUID, tuple[date, date]]:
    """When loans were paid out, and first bad by the terms' day, from their dues."""
    both = union_all(_in_force(branch_id, terms), _replaced(branch_id, terms)).subquery()
    query = select(both.c.loan_id, both.c.disbursement_date, func.min(both.c.due_date).label("due"))
    if only is not None:
        query = query.where(both.c.loan_id.in_(only))
    rows = session.rows(query.group_by(both.c.loan_id, both.c.disbursement_date))
    later = timedelta(days=terms.bad_from_days - 1)
    return {row["loan_id"]: (row["disbursement_date"], row["due"] + later) for row in rows}


def turned_bad(session: Session, branch_id: int, terms: SummaryTerms) -> tuple[UUID, ...]:
    """Loans with a due that is bad from this very day-end on and that no cohort counts yet."""
    due = instalments.c
    known = select(first_bads.c.loan_id).where(
        first_bads.c.branch_id == branch_id, first_bads.c.loan_id == loans.c.loan_id
    )
    on = terms.day - timedelta(days=terms.bad_from_days - 1)
    query = (
        select(due.loan_id)
        .distinct()
        .select_from(instalments.join(loans, of_loan(instalments)))
        .where(
            due.branch_id == branch_id,
            due.due_date == on,
            or_(due.paid_on.is_(None), due.paid_on > terms.day),
            ~known.exists(),
        )
    )
    return tuple(row["loan_id"] for row in session.rows(query))


def review(
    session: Session, branch_id: int, terms: SummaryTerms, only: Sequence[UUID], moves: CellMoves
) -> None:
    """Bring the first days of these loans in line with their dues."""
    for start in range(0, len(only), MOST_IDS):
        some = only[start : start + MOST_IDS]
        wanted, kept = (
            found_bad(session, branch_id, terms, some),
            stored(session, branch_id, some),
        )
        gone = [one for one, on in kept.items() if one not in wanted or wanted[one][1] != on]
        for loan_id in gone:
            moves.turn(branch_id, loan_id, _drop(session, branch_id, loan_id), -1)
        new = {one: found for one, found in wanted.items() if kept.get(one) != found[1]}
        session.write(first_bads, [_row(branch_id, one, *found) for one, found in new.items()])
        for loan_id, found in new.items():
            moves.turn(branch_id, loan_id, whole_months(*found))


def rebuild(session: Session, branch_id: int, terms: SummaryTerms) -> None:
    """Find all first days of a branch anew."""
    found = found_bad(session, branch_id, terms)
    session.change(delete(first_bads).where(first_bads.c.branch_id == branch_id))
    session.write(first_bads, [_row(branch_id, one, *each) for one, each in found.items()])


def differences(session: Session, branch_id: int, terms: SummaryTerms) -> int:
    """How many loans have another first day than their dues say."""
    found = found_bad(session, branch_id, terms)
    wanted = {loan_id: on for loan_id, (_, on) in found.items()}
    return len(wanted.items() ^ stored(session, branch_id).items())


def _row(branch_id: int, loan_id: UUID, paid_out: date, on: date) -> dict[str, object]:
    months = whole_months(paid_out, on)
    return {
        "branch_id": branch_id, "loan_id": loan_id, "first_bad_on": on, "months_on_book": months,
    }  # fmt: skip


def stored(
    session: Session, branch_id: int, only: Collection[UUID] | None = None
) -> dict[UUID, date]:
    """The first days that are kept."""
    query = select(first_bads).where(first_bads.c.branch_id == branch_id)
    if only is not None:
        query = query.where(first_bads.c.loan_id.in_(only))
    return {row["loan_id"]: row["first_bad_on"] for row in session.rows(query)}


def _drop(session: Session, branch_id: int, loan_id: UUID) -> int:
    own = (first_bads.c.branch_id == branch_id, first_bads.c.loan_id == loan_id)
    months: int = session.one(select(first_bads.c.months_on_book).where(*own))[0]
    session.change(delete(first_bads).where(*own))
    return months


def _is_bad(part: Any, terms: SummaryTerms, ended: ColumnElement[Any] | None) -> Any:  # noqa: ANN401  # columns of either table of instalments
    days = terms.bad_from_days
    left = terms.day - timedelta(days=days - 1)
    unpaid = or_(part.paid_on.is_(None), days_between(part.paid_on, part.due_date) >= days)
    asked = part.interest_paise + part.principal_paise > 0
    found = and_(part.due_date <= left, unpaid, asked)
    return found if ended is None else and_(found, days_between(ended, part.due_date) >= days)


def _in_force(branch_id: int, terms: SummaryTerms) -> Select[Any]:
    part = instalments.c
    return (
        select(part.loan_id, loans.c.disbursement_date, part.due_date)
        .select_from(instalments.join(loans, of_loan(instalments)))
        .where(part.branch_id == branch_id, _is_bad(part, terms, None))
    )


def _replaced(branch_id: int, terms: SummaryTerms) -> Select[Any]:
    part, now = past_instalments.c, instalments.c
    later = and_(
        schedules.c.branch_id == part.branch_id,
        schedules.c.loan_id == part.loan_id,
        schedules.c.version == part.version + 1,
    )
    again = select(now.number).where(
        now.branch_id == part.branch_id,
        now.loan_id == part.loan_id,
        now.number == part.number,
        now.due_date == part.due_date,
    )
    source = past_instalments.join(loans, of_loan(past_instalments)).join(schedules, later)
    return (
        select(part.loan_id, loans.c.disbursement_date, part.due_date)
        .select_from(source)
        .where(
            part.branch_id == branch_id,
            _is_bad(part, terms, schedules.c.from_date),
            ~again.exists(),
        )
    )
